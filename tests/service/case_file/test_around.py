"""What a task's page tells of what happened, who is next and who else is at it."""

from engine.service.case_file import around
from engine.service.tasks import work
from tests.factories.council import AUDIT, REMEDY, REVIEW, at

CASE = "CF-20931"


def surroundings(council, person, title):
    return around.of_task(council.engine, person, council.task(title, CASE).id)


def test_it_tells_who_is_next_by_name_where_one_person_holds_the_post(council):
    council.assign(CASE, "kim")
    found = {one.title: (one.post, one.names) for one in surroundings(council, "kim", AUDIT).next}
    assert found[REVIEW] == ("Quality Assurance Officer", ())
    assert found[REMEDY] == ("Practice Manager", ("Mo",))


def test_an_auditor_is_told_the_same_whether_the_audit_was_drawn_or_not(council):
    council.assign(CASE, "kim", drawn=True)
    council.assign("CF-20932", "kim")
    other = around.of_task(council.engine, "kim", council.task(AUDIT, "CF-20932").id)
    assert surroundings(council, "kim", AUDIT) == other


def test_it_tells_the_last_things_that_happened_to_the_case(council):
    council.assign(CASE, "kim")
    council.clock.move_to(at(2026, 12, 2))
    council.authorise_audit(CASE, 1)
    found = surroundings(council, "mo", REMEDY).so_far
    assert ("done", AUDIT, "Kim") in [(one.kind, one.about, one.who) for one in found]
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_work_about_no_case_tells_what_happened_in_its_own_process(council):
    task = council.task("Upload the case population list")
    found = around.of_task(council.engine, "hal", task.id)
    assert [one.kind for one in found.so_far] == ["began"]
    assert found.next[0].title == "Check and lock the population list"


def test_somebody_else_of_the_post_who_has_begun_is_named(council):
    council.assign(CASE, "kim", drawn=True)
    council.authorise_audit(CASE)
    task = council.task(REVIEW, CASE)
    holders = council.ask(lambda question: question.holders(task.post, task.team))
    first, second = holders[0], holders[1]
    assert surroundings(council, first, REVIEW).at_it == ()
    work.save_draft(council.engine, second, task.id, {"reason": "a thought"})
    assert [one.person for one in surroundings(council, first, REVIEW).at_it] == [second]
    assert surroundings(council, second, REVIEW).at_it == ()
