"""Cases and auditors: who must not audit a case is told with the reason, as it was when they were proposed."""

import pytest
from sqlalchemy import update

from engine.service.audits import conflicts
from engine.service.periods import matching
from engine.store import cycles
from engine.store.schema.council import barring, frame
from tests.service.monthly import PERIOD, assigned, draw, population, release, upload


def test_everybody_kept_from_a_case_is_told_with_the_reason(council):
    draw(council)
    rows = council.ask(lambda question: cycles.frame_of(question.connection, PERIOD))
    found = matching.of_period(council.engine, "asha", PERIOD)
    asked = {row.auditor for row in assigned(council)}
    for pair in found.pairs:
        (row,) = [one for one in rows if one.case_ref == pair.case]
        told = {(barred.reason, name) for barred in pair.barred for name in barred.names}
        known = council.ask(lambda question, row=row: conflicts.forbidden(question, [row], sorted(asked)))
        names = council.ask(lambda question: {one: question.directory.people[one].name for one in asked})
        assert {(reason, names[auditor]) for (_, auditor), reason in known.items()} <= told
        assert pair.auditor not in {name for _, name in told}
    assert (found.total, len(found.pairs)) == (14, 14)


def test_what_was_recorded_does_not_change_with_the_release(council):
    """Whoever has a case now has audited it lately; that is no reason why they were given it."""
    draw(council)
    before = matching.of_period(council.engine, "asha", PERIOD).pairs
    release(council)
    assert matching.of_period(council.engine, "asha", PERIOD).pairs == before


def test_a_second_draw_takes_the_place_of_the_first(council):
    draw(council)
    release(council, outcome="draw_again", reason="an auditor fell ill")
    shown = {pair.case for pair in matching.of_period(council.engine, "asha", PERIOD).pairs}
    assert shown == {row.case_ref for row in assigned(council)}
    kept = council.ask(lambda question: {row.case_ref for row in question.connection.execute(barring.select())})
    assert kept == shown


def test_many_names_are_counted_and_the_file_has_them_all(council, monkeypatch):
    monkeypatch.setattr(matching, "NAMED", 1)
    draw(council, content=population({"CP&P/CIN": 9}))
    pair = matching.of_period(council.engine, "asha", PERIOD).pairs[0]
    many = [one for one in pair.barred if one.number > 1]
    assert all(len(one.names) == 1 for one in pair.barred)
    found = matching.export(council.engine, "asha", PERIOD, "xlsx")
    (row,) = [one for one in found.rows if one[0] == pair.case]
    for one in many:
        assert row[4].split(one.reason)[1].split(";")[0].count(",") == one.number - 1
    assert council.events(f"cycle {PERIOD}")[-1].details == {"what": "assignments", "form": "xlsx"}


def test_a_case_for_nobody_is_told_with_what_kept_everybody_from_it(council):
    content = population({"LAC": 2}) + b"\nCF-700001,LAC,East Looked After,,open,yes"
    draw(council, 15, 2, content)
    found = matching.of_period(council.engine, "asha", PERIOD)
    (one,) = found.unmatched
    assert one.case == "CF-700001"
    assert "the record is restricted and the auditor is not cleared for it" in one.barred


def test_pairs_come_a_page_at_a_time(council, monkeypatch):
    draw(council)
    monkeypatch.setattr(matching, "PAGE", 5)
    pages = [matching.of_period(council.engine, "asha", PERIOD, number).pairs for number in (1, 2, 3)]
    cases = [pair.case for page in pages for pair in page]
    assert cases == sorted(row.case_ref for row in assigned(council))


def test_a_period_from_before_it_was_recorded_says_so(council):
    draw(council)
    council.run(lambda command: cycles.replace_barrings(command.connection, PERIOD, {}))
    gone = update(frame).where(frame.c.cycle == PERIOD).values(cycle="2026-01")
    council.run(lambda command: command.connection.execute(gone) and None)
    found = matching.of_period(council.engine, "asha", PERIOD).pairs
    assert {(pair.barred, pair.stratum) for pair in found} == {(None, "")}


@pytest.mark.parametrize("act", [matching.of_period, lambda *given: matching.export(*given, "csv")])
def test_before_the_draw_there_are_none(council, act):
    upload(council)
    found = act(council.engine, "asha", PERIOD)
    assert not (found.pairs if isinstance(found, matching.MatchingPage) else found.rows)
