"""What a reliability exercise shows: readings of one's own until revealed, agreement afterwards (R-73, R-74)."""

from engine.domain.agreement import ExerciseAgreement, agreement_of_exercise
from engine.errors import NotAllowed
from engine.service.command import Question
from engine.service.engine import Engine
from engine.store import exercises

GRADES = "grades"


def readings_of(engine: Engine, person: str, exercise: str, officer: str) -> dict[str, int]:
    """Return the readings of an officer's copy by item. NotAllowed for others than the officer until it is revealed."""

    def work(question: Question) -> dict[str, int]:
        row = exercises.get(question.connection, exercise)
        if person != officer and row.revealed_at is None:
            raise NotAllowed(doing="see this copy", reason="the exercise is blind until all copies are in")
        copies = exercises.copies(question.connection, exercise)
        return next((dict(one.readings or {}) for one in copies if one.reviewer == officer), {})

    return engine.ask(work)


def compared(question: Question, exercise: str) -> ExerciseAgreement:
    """Return how the readings of all submitted copies agree, on the scale of grades.dmn."""
    copies = exercises.copies(question.connection, exercise)
    count = exercises.get(question.connection, exercise).items
    answers = {
        str(item): {row.reviewer: (row.readings or {}).get(str(item)) for row in copies} for item in range(1, count + 1)
    }
    return agreement_of_exercise(answers, scale(question))


def scale(question: Question) -> list[int]:
    """Return the ranks of the grades, lowest first, as grades.dmn has them."""
    decision, language = question.policy.decision(GRADES), question.language
    column = next(place for place, output in enumerate(decision.outputs) if output.name == "rank")
    ranks = (language.evaluate(rule.outputs[column], {}) for rule in decision.rules)
    return sorted(rank for rank in ranks if isinstance(rank, int))
