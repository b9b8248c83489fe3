"""What a report says of reliability exercises: every figure by its name, every reading with what became of it."""

from engine.service.tasks import work
from engine.store import exercises, tasks
from tests.factories.doing import begin
from tests.service.reports.reading import figures, made, table

CASES, ITEMS, COPY = ("CF-30510", "CF-20931"), 10, "Audit the shared case record"


def submit(council, case):
    """Let all officers answer alike but for the first one's first item."""
    exercise = begin(council, "asha", "reliability_exercise", {"case": case}, items=ITEMS)
    copies = council.ask(lambda question: exercises.copies(question.connection, exercise))
    waiting = council.ask(lambda question: tasks.open_titled(question.connection, COPY, case))
    for place, copy in enumerate(copies):
        (task,) = [one for one in waiting if one.instance == copy.instance]
        readings = [{"item": n, "reading": 2 if (place, n) == (0, 1) else 3} for n in range(1, ITEMS + 1)]
        work.complete(council.engine, copy.reviewer, task.id, council.filled(task, readings=readings))


def test_coefficients_over_several_exercises_have_their_names(council):
    for case in CASES:
        submit(council, case)
    pooled = [
        one for name, one in figures(made(council, "reliability_report", "2026-12").report).items() if "pooled" in name
    ]
    assert [one["title"] for one in pooled] == ["Gwet’s AC2 over 2 exercises", "Krippendorff’s alpha over 2 exercises"]
    assert all("_" not in one["title"] + one["sentence"] for one in pooled)


def test_an_item_that_nobody_discussed_yet_says_so(council):
    submit(council, CASES[0])
    rows = table(made(council, "reliability_report", "2026-12").report, "exercises", "spread")
    assert [row[4] for row in rows[:2]] == ["Not discussed yet", "All answered alike"]
