"""A whole month in the browser, from the population list to the compliance list, by everybody whose work it is."""

import pytest

from tests.browser.month import Month
from tests.factories.council import at

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture
def month(council, sign_in, tmp_path, scripts):
    return Month(council, sign_in, tmp_path, scripts)


@SCRIPTS
def test_a_month(month):
    the_list_is_uploaded_and_locked(month)
    the_sample_is_drawn_and_drawn_again(month)
    the_assignments_are_released(month)


def the_list_is_uploaded_and_locked(month):
    hal = month.desk("hal").task("Upload the case population list")
    hal.page.get_by_label("Case population list").set_input_files(month.list_of_cases())
    hal.press("Upload and check the list").sees("DAT").picture("1-list-checked").complete()
    gail = month.desk("gail").task("Check and lock the population list")
    gail.picture("2-list-to-lock").press("Complete the task")
    gail.refused("Select whether to lock the list or return it.")
    gail.choose("Is the list right?", "Accept and lock the list").complete()


def the_sample_is_drawn_and_drawn_again(month):
    gail = month.desk("gail").task("Confirm auditor capacity")
    gail.write("Pool auditors", "6").write("Audits for each Quality Assurance Officer", "2").complete()
    gail.follow("Audit periods").follow("November 2026").picture("3-period").follow("The draw and its certificate")
    gail.press("Draw it again and compare").sees("Drawn again, the sample is the same: 14 cases").picture("4-draw")


def the_assignments_are_released(month):
    gail = month.desk("gail").task("Release the assignments").picture("5-release")
    gail.choose("What do you want to do?", "Release the assignments").answer().complete()
    gail.follow("Audit periods").follow("November 2026").follow("The audits, auditor by auditor").picture("6-progress")
