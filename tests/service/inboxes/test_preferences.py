"""What people choose for themselves, and what the policy says until they do."""

import pytest

from engine.errors import NotFound
from engine.service.inboxes import preferences
from engine.service.inboxes.filters import STREAM


def test_until_somebody_chooses_the_policy_says_who_gets_a_digest(council):
    assert preferences.of_person(council.engine, "kim") == preferences.Preferences(True, 8, True)
    assert preferences.of_person(council.engine, "una") == preferences.Preferences(False, 8, True)


def test_a_choice_is_kept_for_its_person_and_on_record(council):
    preferences.choose(council.engine, "kim", digest=False, shortcuts=False)
    preferences.choose(council.engine, "una", digest=True, shortcuts=True)
    preferences.choose(council.engine, "una", digest=True, shortcuts=False)
    assert preferences.of_person(council.engine, "kim") == preferences.Preferences(False, 8, False)
    assert preferences.of_person(council.engine, "una") == preferences.Preferences(True, 8, False)
    assert preferences.of_person(council.engine, "zoe") == preferences.Preferences(True, 8, True)
    assert not preferences.may_use_shortcuts(council.engine, "kim")
    assert preferences.may_use_shortcuts(council.engine, "zoe")
    assert council.events(STREAM)[0].details == {"person": "kim", "digest": False, "shortcuts": False}


def test_a_policy_without_the_table_sends_nobody_a_digest(council):
    council.deploy({"processes/daily_digest.dmn": None})
    assert preferences.of_person(council.engine, "kim") == preferences.Preferences(False, None, True)


def test_nobody_unknown_chooses(council):
    with pytest.raises(NotFound):
        preferences.choose(council.engine, "nobody", digest=True, shortcuts=True)
    with pytest.raises(NotFound):
        preferences.of_person(council.engine, "nobody")
