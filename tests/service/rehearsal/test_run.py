"""Running stories: each scenario on its own, every failure told with its step and a reason."""

from pathlib import Path

from engine.service.policy.deployments import read_snapshot
from engine.service.rehearsal.run import FAILED, PASSED, not_yet, rehearse, totals
from engine.service.rehearsal.stage import Council
from webapp.demo.council import people, teams
from webapp.demo.town import of_stories

SNAPSHOT = read_snapshot(Path(__file__).parents[3])
COUNCIL = Council(list(people("people")), list(teams()), list(of_stories()))
START = "Feature: told in a test\n  Background:\n    Given the demonstration council\n"


def played(*lines, policy=SNAPSHOT):
    text = START + "  Scenario: one\n" + "".join(f"    {line}\n" for line in lines)
    (scenario,) = rehearse(policy, {"one.feature": text}, COUNCIL)
    return scenario


def test_a_story_that_holds_passes():
    scenario = played(
        "When case CF-30510 is assigned to Zoe for audit on Mon 4 Jan 2027",
        'Then Zoe has the task "Audit the case record" for CF-30510 due Mon 1 Feb 2027',
    )
    assert (scenario.status, scenario.step, scenario.message) == (PASSED, "", "")


def test_a_story_that_does_not_hold_says_what_was_found():
    scenario = played(
        "When case CF-30510 is assigned to Zoe for audit on Mon 4 Jan 2027",
        'Then Zoe has the task "Audit the case record" for CF-30510 due Tue 2 Feb 2027',
    )
    assert scenario.status == FAILED
    assert scenario.step.startswith("Zoe has the task")
    assert "is due Mon 1 Feb 2027, and the story says Tue 2 Feb 2027" in scenario.message


def test_what_the_council_refuses_is_told_in_its_own_words():
    scenario = played("When case CF-20931 is assigned to Mo for audit on Mon 4 Jan 2027")
    assert "own team" in scenario.message


def test_a_story_cannot_go_back_in_time():
    scenario = played("When it is Mon 4 Jan 2027 at 10:00", "And it is Mon 4 Jan 2027 at 09:00")
    assert "cannot go back" in scenario.message


def test_people_and_cases_nobody_knows_are_named():
    assert (
        "Nobody in the council is called Bob"
        in played("When Bob asks to close case CF-20931 on Mon 4 Jan 2027").message
    )
    unknown_case = played("When case CF-99999 is assigned to Kim for audit on Mon 4 Jan 2027")
    assert "CF-99999" in unknown_case.message


def test_a_notice_counts_only_when_the_last_events_caused_it():
    scenario = played(
        "When case CF-30510 is assigned to Zoe for audit on Mon 4 Jan 2027",
        "Then Zoe is notified about CF-30510",
        "When it is Tue 5 Jan 2027 at 12:00",
        "Then Zoe is notified about CF-30510",
    )
    assert scenario.status == FAILED
    assert "The last was sent Mon 4 Jan 2027 09:00" in scenario.message


def test_what_is_kept_of_a_column_is_told():
    uploaded = (
        "When Hal uploads the population list on Mon 12 Oct 2026 with the rows",
        "  | case_reference | service_area | team              | status | restricted | child        |",
        "  | CF-800001      | LAC          | East Looked After | open   | no         | Ivy Invented |",
    )
    kept = 'Then nothing is kept of the column "{}" of the population list'
    assert played(*uploaded, kept.format("child")).status == PASSED
    assert played(*uploaded, kept.format("team")).message == "Kept is: East Looked After."
    assert "no column “name”" in played(*uploaded, kept.format("name")).message


def test_a_part_of_an_action_that_may_stay_blank_is_told():
    assigned = "When case CF-30510 is assigned to Zoe for audit on Mon 4 Jan 2027"
    left_out = 'Then Zoe may not authorise the audit of CF-30510 with a remedial action that leaves "{}" blank'
    assert played(assigned, left_out.format("Who does it?")).status == PASSED
    assert "no question “Who paid?”" in played(assigned, left_out.format("Who paid?")).message
    form = SNAPSHOT["forms/audit.json"].replace(b'"required": "Enter who does it."', b'"required": false')
    lenient = {**SNAPSHOT, "forms/audit.json": form}
    assert played(assigned, left_out.format("Who does it?"), policy=lenient).message == "It is allowed."


def test_a_missing_column_of_a_table_is_named():
    scenario = played(
        "When Hal uploads the population list on Mon 12 Oct 2026 with", "  | area | cases |", "  | LAC  | 3     |"
    )
    assert scenario.message == "The table has no column “service area”."


def test_one_bad_scenario_does_not_hide_the_next_and_a_bad_file_not_the_others():
    good = START + '  Scenario: good\n    Then nobody has the task "Audit the case record"\n'
    last = "  Scenario: good again\n    When it is Mon 4 Jan 2027 at 10:00\n"
    bad = good + "  Scenario: bad\n    Then pigs fly\n" + last
    found = rehearse(
        SNAPSHOT, {"bad.feature": bad, "none.feature": "This is no Gherkin", "good.feature": good}, COUNCIL
    )
    assert [one.status for one in found] == [PASSED, FAILED, PASSED, FAILED, PASSED]
    assert "it is not Gherkin" in found[3].message
    counted = totals(found)
    assert (counted["passed"], counted["failed"]) == (3, 2)
    assert set(counted["scenarios"][0]) == {"feature", "scenario", "status", "step", "message"}


def test_files_left_for_later_are_listed_by_name():
    listed = {"processes/stories/not_yet.txt": b"# later\n\nb.feature\n"}
    assert not_yet(listed) == {"b.feature"}
