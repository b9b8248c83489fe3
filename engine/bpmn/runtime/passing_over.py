"""Steps that are left out of a run, because people agreed to that."""

from dataclasses import dataclass, field


@dataclass
class PassingOver:
    """Service tasks, by the ids of their elements, each of which is taken once as done without being done; `done` are
    those to which it came, in their order.
    """

    elements: frozenset[str]
    done: list[str] = field(default_factory=list)

    def takes(self, element: str) -> bool:
        """Tell whether an element that is to run now is passed over, and remember it."""
        if element not in self.elements or element in self.done:
            return False
        self.done.append(element)
        return True
