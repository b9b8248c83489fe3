"""Reports about one person or one team: whose they are, and what they say (R-59, R-71, R-119 to R-122)."""

import pytest

from engine.errors import NotAllowed, NotFound
from engine.service.reports import reading
from engine.service.reports.reading import Wanted
from engine.store import audits, cycles
from engine.store.reporting import audits_of_cycles
from tests.factories.council import at
from tests.factories.reported import cases
from tests.service.reports.reading import figures, made, table

CASE, TEAM = "CF-20931", "North CIN"


def entries(council, person):
    return {(one.report.name, one.person, one.team) for one in reading.entries(council.engine, person)}


def profile(council, person):
    return figures(made(council, "auditor_profile", "2027-01", person=person).report)


def test_an_auditor_reads_their_own_profile_and_the_service_manager_everybodys(council):
    assert ("auditor_profile", "kim", None) in entries(council, "kim")
    for reader, person in (("kim", "kim"), ("asha", "kim"), ("asha", "bev")):
        assert reading.read(council.engine, reader, Wanted("auditor_profile", person=person))["about"]
    for reader, person in (("zoe", "kim"), ("bev", "dan"), ("ian", "kim"), ("kim", None)):
        with pytest.raises(NotAllowed, match="other readers"):
            reading.read(council.engine, reader, Wanted("auditor_profile", person=person))
    with pytest.raises(NotFound, match="person"):
        reading.read(council.engine, "asha", Wanted("auditor_profile", person="nobody"))


def test_a_profile_counts_the_auditors_own_audits_alone(reported):
    rows = [reported.audit(audit) for audit in _audits(reported)]
    done = [one for one in rows if one.auditor == "bev" and one.authorised_at is not None]
    found = profile(reported, "bev")
    assert found["profile.graded"]["value"] == len(done) > 0
    assert sum(one["value"] for name, one in found.items() if name.startswith("profile.grade ")) == len(done)


def _audits(council):
    known = council.ask(lambda q: [row.id for row in cycles.every(q.connection)])
    found = [row.id for row in council.ask(lambda q: audits_of_cycles(q.connection, known))]
    assert len(found) >= len(cases(council))
    for case in ("CF-90001", "CF-90002", "CF-90003"):
        found += [row.id for row in council.ask(lambda q, case=case: audits.of_case(q.connection, case))]
    return found


def test_nothing_is_said_of_grades_before_enough_audits(reported):
    found = profile(reported, "kim")
    assert found["profile.drift"]["value"] is None
    assert found["profile.drift"]["sentence"]


def listed(council):
    """An audit with three actions, reviewed four months on and put on the list of North CIN."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 3)
    council.pass_to(at(2027, 4, 1))
    facts = {"1": ("yes", "yes", "yes"), "2": ("no", "yes", "yes"), "3": ("yes", "no", "no")}
    rows = [
        {"action": int(number), "fulfilled": done, "completed": signed, "authorised": confirmed}
        for number, (done, signed, confirmed) in facts.items()
    ]
    task = council.task("Review the remedial actions", CASE)
    council.complete(council.holders(task)[0], "Review the remedial actions", CASE, findings=rows)
    council.pass_to(at(2027, 4, 5, 12))
    council.complete("gail", "Distribute the compliance list")


def test_a_team_reads_its_own_list_and_no_other(council):
    listed(council)
    assert ("team_list", None, TEAM) in entries(council, "mo")
    assert ("team_list", None, None) in entries(council, "gail")
    wanted = Wanted("team_list", "2027-04", team=TEAM)
    for reader in ("mo", "oz", "pat", "gail"):
        report = reading.read(council.engine, reader, wanted)
        assert [row[:4] for row in table(report, "lists", "list")] == [
            [CASE, 1, "Record accuracy", "Yes"],
            [CASE, 2, "Record accuracy", "No"],
            [CASE, 3, "Record accuracy", "Yes"],
        ]
    for reader, team in (("quin", TEAM), ("mo", None), ("mo", "South CIN"), ("nia", TEAM)):
        with pytest.raises(NotAllowed, match="other readers"):
            reading.read(council.engine, reader, Wanted("team_list", "2027-04", team=team))
    with pytest.raises(NotFound, match="team Nowhere"):
        reading.read(council.engine, "gail", Wanted("team_list", team="Nowhere"))


def test_the_summary_keeps_the_three_facts_apart(council):
    listed(council)
    found = figures(made(council, "compliance_summary", "2027-04").report)
    numbers = {
        name: found[f"compliance.{name}"]["value"] for name in ("actions", "outstanding", "claimed", "fulfilled")
    }
    assert numbers == {"actions": 3, "outstanding": 2, "claimed": 1, "fulfilled": pytest.approx(2 / 3)}
    standings = [one for name, one in found.items() if name.startswith("compliance.standing")]
    assert sum(one["value"] for one in standings) == 3
    assert figures(made(council, "compliance_summary", "2027-03").report)["compliance.actions"]["value"] == 0
