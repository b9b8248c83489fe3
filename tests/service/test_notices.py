"""Letters: to whom the post means, once for each occasion, without a child's name (I-11)."""

import pytest

from engine.errors import NotFound
from engine.service import notices
from engine.store import outbox

CASE = "CF-20931"


def send(council, to, notice="assigned", occasion="o", **data):
    council.run(lambda command: notices.send(command, to, notice, {"case": CASE, "auditor": "kim", **data}, occasion))


def letters(council, person):
    return [(letter.notice, letter.dedup_key) for letter in council.letters(person, CASE)]


def test_a_notice_goes_once_to_everybody_that_the_post_means(council):
    send(council, "Quality Assurance Officer", "review_assigned")
    for person in ("bev", "dan", "eve", "finn"):
        assert letters(council, person) == [("review_assigned", f"o:review_assigned:{person}")]
    assert letters(council, "gail") == []


def test_the_same_occasion_is_written_of_once(council):
    for occasion in ("o", "o", "p"):
        send(council, "Auditor", occasion=occasion)
    assert [key for _, key in letters(council, "kim")] == ["o:assigned:kim", "p:assigned:kim"]


def test_twice_in_one_command_is_once(council):
    def both(command):
        for _ in range(2):
            notices.send(command, "Auditor", "assigned", {"case": CASE, "auditor": "kim"}, "o")

    council.run(both)
    assert len(letters(council, "kim")) == 1


def test_nobody_hears_of_what_was_rolled_back(council):
    def refused(command):
        notices.send(command, "Auditor", "assigned", {"case": CASE, "auditor": "kim"}, "o")
        raise NotFound(what="anything")

    with pytest.raises(NotFound):
        council.run(refused)
    assert letters(council, "kim") == []


def test_a_letter_waits_to_be_sent_and_names_case_and_reader(council):
    send(council, "Auditor")
    (letter,) = council.letters("kim", CASE)
    assert (letter.status, letter.tries, letter.created_at) == (outbox.WAITING, 0, council.clock.now())
    assert CASE in letter.subject + letter.body
    assert "Kim" in letter.body


def test_somebody_the_directory_does_not_know_is_called_by_username(council):
    council.run(lambda command: notices.write(command, "who", "assigned", {"case": CASE}, "o"))
    assert "who" in council.letters("who", CASE)[0].body


def test_a_notice_that_the_policy_does_not_have_is_not_found(council):
    before = council.dump()
    with pytest.raises(NotFound, match="no notice called “nothing”"):
        send(council, "Auditor", "nothing")
    assert council.dump() == before


def test_no_letter_of_the_demonstration_names_a_worker_or_more_than_the_reference_of_a_case(council):
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 2)
    names = council.ask(lambda question: {one.name: one.username for one in question.directory.people.values()})
    for person in names.values():
        for letter in council.letters(person):
            mentioned = {name for name in names if name in letter.subject.split()}
            assert not mentioned


def test_the_longest_names_make_a_key_that_fits(council):
    longest = "x" * 64
    council.run(
        lambda command: notices.write(
            command, longest, "work_passed_to_practice_manager", {"case": CASE}, f"{'0' * 16}:work:{longest}"
        )
    )
    assert len(council.letters(longest)) == 1
