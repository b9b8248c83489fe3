"""The public language of stories: found by text alone, with values of any kind, and plain about what it cannot read."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.service.rehearsal import run
from engine.service.rehearsal.book import BOOK
from engine.service.rehearsal.phrases import KINDS, Moment, StoryError, days_in, read_day

assert run.ROOMS, "importing the rooms writes all phrases into the book"

EXAMPLES = {
    "person": "Kim",
    "people": "Bev, Dan and Eve",
    "case": "CF-20931",
    "day": "Thu 10 Dec 2026",
    "when": "Thu 10 Dec 2026 at 09:30",
    "number": "3",
    "percent": "53.6%",
    "decimal": "0.527",
    "quoted": '"Audit the case record"',
    "words": "South CIN",
    "word": "necessity",
    "month": "October 2026",
}


def said(phrase, *, optional):
    text = phrase.text
    while "[" in text:
        start, end = text.index("["), text.index("]")
        text = text[:start] + (text[start + 1 : end] if optional else "") + text[end + 1 :]
    for kind in KINDS:
        text = text.replace("{" + kind + "}", EXAMPLES[kind])
    return text


@pytest.mark.parametrize("phrase", BOOK.phrases, ids=lambda phrase: phrase.text)
@pytest.mark.parametrize("optional", [True, False])
def test_every_phrase_is_found_by_its_own_text_and_by_no_other(phrase, optional):
    text = said(phrase, optional=optional)
    found = [one.act for one in BOOK.phrases if one.pattern.fullmatch(text)]
    assert found[0] is phrase.act
    assert set(found) == {phrase.act}, text


def test_every_phrase_explains_itself():
    assert [phrase.text for phrase in BOOK.phrases if not (phrase.act.__doc__ or "").strip()] == []


def test_blanks_are_read_as_what_they_mean():
    _, values = BOOK.find('Gail completes "Release the assignments" for CF-20931 on Wed 14 Oct 2026 at 16:45 with')
    assert values == ["Gail", "Release the assignments", "CF-20931", Moment(date(2026, 10, 14), time(16, 45))]
    _, values = BOOK.find('Gail completes "Release the assignments"')
    assert values == ["Gail", "Release the assignments", None, None]
    _, values = BOOK.find('one of Bev, Dan, Eve, Finn has the task "Review the audit" for CF-20931')
    assert values[0] == ("Bev", "Dan", "Eve", "Finn")


def test_a_date_on_the_wrong_weekday_is_named():
    with pytest.raises(StoryError, match="10 Dec 2026 is a Thursday, and the story says Fri"):
        BOOK.find("it is Fri 10 Dec 2026 at 09:00")


@pytest.mark.parametrize("text", ["Mon 31 Feb 2027", "Tue 0 Mar 2027"])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(StoryError, match="is not a date"):
        read_day(text)


def test_an_hour_that_is_none_is_refused():
    with pytest.raises(StoryError, match="no real time of day"):
        BOOK.find("it is Thu 10 Dec 2026 at 25:00")


def test_an_unknown_phrase_is_answered_with_the_nearest():
    with pytest.raises(StoryError) as refused:
        BOOK.find("Mo signs of remedial action 1 of CF-20931 on Wed 2 Dec 2026")
    assert "No phrase says “Mo signs of remedial action 1" in str(refused.value)
    assert "{person} signs off remedial action {number} of {case} on {when}" in str(refused.value)


def test_nothing_near_leads_to_the_list():
    with pytest.raises(StoryError, match="casefile describe steps"):
        BOOK.find("zzz")


@given(st.text(max_size=200))
def test_whatever_is_written_is_a_phrase_or_is_refused_with_a_sentence(text):
    try:
        BOOK.find(text)
    except StoryError as refused:
        assert str(refused).endswith(".")


def test_days_and_months_of_a_story_are_found():
    text = "the October 2026 cycle closes provisionally on Wed 18 Nov 2026 with, not on Mon 18 Nov 2026"
    assert days_in(text) == [date(2026, 10, 1), date(2026, 11, 18)]
