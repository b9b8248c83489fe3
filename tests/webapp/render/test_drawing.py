"""A picture says in words, in numbers and in looks what stands where."""

import pytest

from engine.bpmn.picture import picture_of
from engine.service.overview.standing import Mark
from tests.factories.council import ROOT
from webapp.render.drawing import LATE, TIME, drawing_of, told

PICTURE = picture_of((ROOT / "processes" / "case_audit.bpmn").read_bytes())
STEP, OTHER = "audit_case_record", "reassign_audit"


def drawn(marks, element=STEP, **how):
    drawing = drawing_of(PICTURE, marks, **how)
    return next(one for one in drawing.shapes if one.shape.id == element)


@pytest.mark.parametrize(
    ("mark", "look", "words"),
    [
        (Mark(waiting=3), "waiting", "3 waiting"),
        (Mark(waiting=3, overdue=1), "overdue", "3 waiting, 1 overdue"),
        (Mark(waiting=3, overdue=1, stopped=2), "stopped", "3 waiting, 1 overdue, 2 stopped"),
        (Mark(done=4, late=1, days=2.0), "", ""),
    ],
)
def test_the_worst_of_what_waits_gives_the_look(mark, look, words):
    one = drawn({STEP: mark})
    assert (one.look, told(mark)) == (look, words)
    assert one.words == (f"Audit the case record: {words}" if words else "Audit the case record")
    assert dict(one.badges).get("count", "") == ("3" if mark.waiting else "")


def test_what_was_passed_is_shown_where_nothing_waits():
    assert drawn({}, passed=frozenset((STEP,))).look == "passed"
    assert drawn({STEP: Mark(waiting=1)}, passed=frozenset((STEP,))).look == "waiting"
    assert drawn({STEP: Mark(waiting=1)}, OTHER).look == ""


def test_the_longest_is_the_darkest():
    marks = {STEP: Mark(done=3, days=12.0), OTHER: Mark(done=1, days=1.0)}
    assert (drawn(marks, show=TIME).look, drawn(marks, show=TIME).badges) == ("heat-4", (("count", "12 d"),))
    assert (drawn(marks, OTHER, show=TIME).look, drawn(marks, OTHER, show=TIME).badges) == (
        "heat-1",
        (("count", "1 d"),),
    )


def test_lateness_is_a_share_of_what_was_done():
    marks = {STEP: Mark(done=4, late=1, days=1.0), OTHER: Mark(waiting=2)}
    assert (drawn(marks, show=LATE).look, drawn(marks, show=LATE).badges) == ("heat-4", (("count", "25%"),))
    assert (drawn(marks, OTHER, show=LATE).look, drawn(marks, OTHER, show=LATE).badges) == ("", ())


def test_nothing_done_is_drawn_without_heat():
    assert drawn({STEP: Mark()}, show=TIME).look == ""


def test_each_state_has_a_badge_of_its_own():
    assert drawn({STEP: Mark(waiting=1_200, overdue=2, stopped=1)}).badges == (
        ("count", "1,200"),
        ("late", "2 late"),
        ("stopped", "1 stopped"),
    )


def test_an_element_leads_to_the_list_of_what_waits_there():
    def list_at(element):
        return f"/list?{element}"

    assert drawn({STEP: Mark(waiting=1)}, list_at=list_at).href == f"/list?{STEP}"
    assert drawn({STEP: Mark(done=1)}, list_at=list_at).href == ""
    assert drawn({STEP: Mark(waiting=1)}).href == ""


def test_a_script_is_told_of_the_elements_that_have_a_mark_and_no_others():
    drawing = drawing_of(PICTURE, {STEP: Mark(waiting=1), "gone_since": Mark(waiting=1)})
    words = "Audit the case record: 1 waiting"
    assert drawing.marks == {STEP: {"look": "waiting", "badges": (("count", "1"),), "words": words, "href": ""}}


def test_a_wide_picture_is_never_so_small_that_it_cannot_be_read():
    drawing = drawing_of(PICTURE, {})
    assert drawing.is_wide and drawing.least_width >= PICTURE.frame.width / 2
    narrow = drawing_of(picture_of((ROOT / "processes" / "training.bpmn").read_bytes()), {})
    assert not narrow.is_wide and narrow.least_width == narrow.picture.frame.width


def test_names_are_broken_into_lines_that_fit():
    for one in drawing_of(PICTURE, {}).shapes:
        assert " ".join(one.text.lines) == one.shape.name
        assert len(one.text.lines) <= 4
