"""Population lists that are damaged, too large, from the wrong person or too late: nothing of them is kept (R-23)."""

import pytest

from engine.errors import Invalid, NotAllowed, NotFound, NotNow, TooLarge, Unreadable
from engine.service.audits import cycles
from engine.service.tasks import work
from tests.factories.refusals import refused
from tests.service.monthly import LOCK, PERIOD, UPLOAD, draw, population, upload

GOOD = population()
HEADER = GOOD.partition(b"\n")[0]
DAMAGED = {
    "nothing": (b"", "cases.csv cannot be read: there is nothing in it."),
    "names of columns alone": (HEADER, "it has column names but no case below them."),
    "a missing column": (GOOD.replace(b"service_area", b"area_code", 1), "these columns are missing: "),
    "a cell that never ends": (GOOD + b'\n"CF-1', "does not end where it should; a quotation mark may be missing."),
    "a picture": (b"\0" * 4000, "its characters could not be understood. Save it as “CSV UTF-8”"),
    "a damaged workbook": (b"PK\3\4" + b"\0" * 100, "cases.csv cannot be read: "),
}


def sending(council, content, person="hal", period=PERIOD):
    return lambda: cycles.upload(council.engine, person, period, "cases.csv", content)


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_list_is_refused_with_what_to_do(council, what):
    content, words = DAMAGED[what]
    assert words in refused(council, Unreadable, sending(council, content))


def test_a_damaged_list_leaves_the_list_before_it(council):
    upload(council, GOOD)
    refused(council, Unreadable, sending(council, b""))
    council.complete("gail", LOCK)


def test_a_list_above_twenty_megabytes_is_refused(council):
    sentence = refused(council, TooLarge, sending(council, GOOD + b"\n" * (20 * 1024 * 1024)))
    assert sentence == "cases.csv is too large: 21 MB, and the most is 20 MB."


@pytest.mark.parametrize("person", ["kim", "mo", "ghost"])
def test_a_list_comes_from_whoever_has_work_of_its_period(council, person):
    sentence = refused(council, NotAllowed, sending(council, GOOD, person))
    assert sentence.startswith("You may not upload a population list: ")


def test_a_list_is_for_a_period_that_is_open(council):
    sentence = refused(council, NotFound, sending(council, GOOD, period="1999-01"))
    assert sentence.startswith("There is no ")
    assert "1999-01" in sentence
    draw(council)
    assert refused(council, NotNow, sending(council, GOOD)) == (
        "Uploading another list is not possible now: the population list of this period is locked."
    )


@pytest.mark.parametrize("given", [{}, {"population_list": "feedfeedfeedfeed"}, {"population_list": "cases.csv"}])
def test_a_task_is_not_completed_with_a_list_that_was_never_uploaded(council, given):
    task = council.task(UPLOAD)
    refused(council, Invalid, lambda: work.complete(council.engine, "hal", task.id, given))
