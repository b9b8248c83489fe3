"""How a lane finds its holder, and who stands in: one deployment's tables, asked once a post (I-06)."""

import pytest

from engine.service import posts
from engine.service.council import leavers
from engine.store import cases
from tests.factories.council import AUDIT

CASE = "CF-20931"
DATA = {"auditor": "kim", "reviewer": "bev"}


@pytest.mark.parametrize(
    ("lane", "data", "place"),
    [
        ("Auditor", {"auditor": "kim"}, (None, None, "kim")),
        ("Auditor", {}, (None, None, None)),
        ("Quality Assurance Officer", {"reviewer": "bev"}, ("Quality Assurance Officer", None, "bev")),
        ("Quality Assurance Officer", {}, ("Quality Assurance Officer", None, None)),
        ("Practice Manager", {"case": CASE}, ("Practice Manager", "North CIN", None)),
        ("Practice Manager", {}, ("Practice Manager", None, None)),
        ("Practice Manager", {"case": "CF-99999"}, ("Practice Manager", None, None)),
        ("Social Worker", {"case": CASE}, (None, None, "nia")),
        ("Head of Safeguarding", {"case": CASE}, ("Head of Safeguarding", None, None)),
        ("A post that no table knows", {"case": CASE}, ("A post that no table knows", None, None)),
    ],
)
def test_a_lane_is_a_post_a_team_or_a_person(council, lane, data, place):
    assert council.ask(lambda question: posts.place(question, lane, data)) == place


def test_who_was_allocated_and_has_left_is_nobody_and_neither_is_the_worker_of_a_case(council):
    for username in ("bev", "nia", "kim"):
        leavers.leave(council.engine, "gail", username)
    where = {
        lane: council.ask(lambda question, lane=lane: posts.place(question, lane, {**DATA, "case": CASE}))
        for lane in ("Quality Assurance Officer", "Social Worker", "Auditor")
    }
    assert where == {
        "Quality Assurance Officer": ("Quality Assurance Officer", None, None),
        "Social Worker": ("Social Worker", "North CIN", None),
        "Auditor": (None, None, "kim"),
    }


@pytest.mark.parametrize(
    ("post", "people"),
    [
        ("Auditor", ("kim",)),
        ("Quality Assurance Officer", ("bev", "dan", "eve", "finn")),
        ("Practice Manager", ("mo",)),
        ("Service Manager", ("oz",)),
        ("Head of Service", ("pat",)),
        ("Another Service Manager", ("oz", "ravi", "ros")),
        ("Social Worker", ("nia",)),
        ("Service Manager, Quality Assurance", ("asha",)),
        ("Strategic Director, Children's Services", ("una",)),
        ("A post that nobody has", ()),
    ],
)
def test_a_notice_reaches_whoever_the_post_means_for_the_case(council, post, people):
    data = {"case": CASE, "auditor": "kim"}
    assert council.ask(lambda question: posts.people_at(question, post, data)) == people


def test_a_case_without_a_social_worker_is_told_to_who_stands_in(council):
    council.run(lambda command: cases.change(command.connection, CASE, {"social_worker": None}))
    assert council.ask(lambda question: posts.people_at(question, "Social Worker", {"case": CASE})) == ("mo",)


def test_every_lane_of_every_diagram_is_a_post(council):
    lanes = council.ask(lambda question: question.posts.lanes)
    assert list(lanes) == sorted(set(lanes))
    assert {"Practice Manager", "Auditor", "Quality Assurance Team Administrator"} <= set(lanes)


def test_stand_ins_come_in_the_order_of_the_table(council):
    chain = council.ask(lambda question: question.posts.chain("Practice Manager"))
    assert list(chain) == ["Service Manager", "Head of Service"]
    assert council.ask(lambda question: list(question.posts.chain("Auditor"))) == []


def test_a_named_task_stays_with_its_person(council):
    council.assign(CASE, "kim")
    assert council.holders(council.task(AUDIT, CASE)) == ("kim",)
