"""Random lives of a council, played against a small model and shrunk to the shortest that goes wrong."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from engine.errors import Refusal, StepFailed
from tests.factories.council import Council
from tests.lives.town import Town, in_memory
from tests.lives.watch import Watch

SOME = st.integers(0, 11)
MANY = st.integers(0, 999)


class Life(RuleBasedStateMachine):
    """People come and go, audits are given, done, put off and reviewed, and cases move, close and open again.

    `lives_in` gives each life a council of its own: in memory, unless a subclass says where.
    """

    lives_in: ClassVar[Callable[[], AbstractContextManager[Council]]] = staticmethod(in_memory)

    def __init__(self) -> None:
        super().__init__()
        self._life = ExitStack()
        self.town = Town(self._life.enter_context(self.lives_in()))
        self.watch = Watch(self.town.council)

    def teardown(self) -> None:
        self._life.close()

    def happens(self, doing: Callable[[], None]) -> None:
        """Whatever is refused changes nothing; whatever is done leaves the council whole. No diagram fails."""
        try:
            doing()
        except StepFailed:
            raise
        except Refusal:
            self.watch.refused()
        else:
            self.watch.look()

    @rule(case=SOME, auditor=SOME, drawn=st.booleans())
    def an_audit_is_given(self, case: int, auditor: int, drawn: bool) -> None:
        self.happens(lambda: self.town.give_audit(case, auditor, drawn))

    @rule(which=MANY, how=MANY)
    def a_task_is_completed(self, which: int, how: int) -> None:
        self.happens(lambda: self.town.complete(which, how))

    @rule(which=MANY, how=MANY)
    def another_task_is_completed(self, which: int, how: int) -> None:
        self.happens(lambda: self.town.complete(which, how))

    @rule(which=MANY, how=MANY)
    def one_more_task_is_completed(self, which: int, how: int) -> None:
        self.happens(lambda: self.town.complete(which, how))

    @rule(case=SOME, person=SOME, which=MANY)
    def something_is_begun(self, case: int, person: int, which: int) -> None:
        self.happens(lambda: self.town.begin(case, person, which))

    @rule(case=SOME, person=SOME, which=MANY)
    def something_else_is_begun(self, case: int, person: int, which: int) -> None:
        self.happens(lambda: self.town.begin(case, person, which))

    @rule(which=SOME, person=SOME)
    def an_action_is_signed_off(self, which: int, person: int) -> None:
        self.happens(lambda: self.town.sign_off(which, person))

    @rule(which=SOME, days=st.sampled_from((-10, 0, 1, 14, 60)))
    def a_deferment_is_asked_for(self, which: int, days: int) -> None:
        self.happens(lambda: self.town.ask_for_deferment(which, days))

    @rule(which=SOME, days=st.sampled_from((-10, 0, 1, 14, 60)))
    def a_deferment_is_granted(self, which: int, days: int) -> None:
        self.happens(lambda: self.town.grant_deferment(which, days))

    @rule(hours=st.sampled_from((1, 24, 24 * 6, 24 * 21, 24 * 45, 24 * 130)))
    def time_passes(self, hours: int) -> None:
        self.happens(lambda: self.town.pass_time(hours))

    @rule(person=SOME, days=st.sampled_from((0, 5, 60)))
    def somebody_is_away(self, person: int, days: int) -> None:
        self.happens(lambda: self.town.be_away(person, days))

    @rule(person=SOME)
    def somebody_leaves_the_pool(self, person: int) -> None:
        self.happens(lambda: self.town.leave_pool(person))

    @rule(person=SOME, days=st.sampled_from((None, 0, 10, 40)))
    def somebody_leaves_for_good(self, person: int, days: int | None) -> None:
        self.happens(lambda: self.town.leave(person, days))

    @rule(person=SOME)
    def somebody_stays_or_is_back(self, person: int) -> None:
        self.happens(lambda: self.town.be_back(person))

    @rule(first=st.integers(-3, 40), days=st.integers(0, 3))
    def the_council_closes(self, first: int, days: int) -> None:
        self.happens(lambda: self.town.close_offices(first, days))

    @rule(case=SOME, team=SOME, status=st.sampled_from((None, "open", "closed")))
    def the_record_system_speaks(self, case: int, team: int, status: str | None) -> None:
        self.happens(lambda: self.town.extract(case, team, status))

    @rule(case=SOME, restricted=st.booleans())
    def a_record_is_restricted_or_no_longer(self, case: int, restricted: bool) -> None:
        self.happens(lambda: self.town.restrict(case, restricted))
