"""Settings: a key that protects nothing is refused, except in the demonstration."""

import pytest

from webapp.config import DEMONSTRATION_KEY, Config, UnsafeSetting, for_demonstration, from_environment

GOOD = {"CASEFILE_SECRET_KEY": "k" * 40, "CASEFILE_HOSTS": "casefile.example, www.casefile.example"}


def test_settings_come_from_the_environment():
    config = from_environment(GOOD)
    assert config.hosts == ("casefile.example", "www.casefile.example")
    assert not config.demonstration


@pytest.mark.parametrize("key", ["", "short", DEMONSTRATION_KEY])
def test_a_key_that_others_know_or_could_guess_is_refused(key):
    with pytest.raises(UnsafeSetting, match="CASEFILE_SECRET_KEY"):
        from_environment({**GOOD, "CASEFILE_SECRET_KEY": key})


def test_the_hosts_must_be_named():
    with pytest.raises(UnsafeSetting, match="CASEFILE_HOSTS"):
        from_environment({"CASEFILE_SECRET_KEY": "k" * 40})


def test_the_demonstration_needs_no_key():
    assert for_demonstration().demonstration
    assert not Config("k" * 40).demonstration
