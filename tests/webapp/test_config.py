"""Settings: a key that protects nothing is refused, except in the demonstration."""

import pytest

from engine.errors import UnsuitableSetting
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


def test_a_provider_of_identities_is_named_whole_or_not_at_all() -> None:
    named = {"CASEFILE_OIDC_METADATA": "https://login.example/metadata", "CASEFILE_OIDC_CLIENT": "casefile"}
    environ = {"CASEFILE_SECRET_KEY": "k" * 40, "CASEFILE_HOSTS": "casefile.example.gov.uk"}
    assert from_environment(environ).provider is None
    with pytest.raises(UnsuitableSetting, match="CASEFILE_OIDC_SECRET"):
        from_environment({**environ, **named})
    with pytest.raises(UnsuitableSetting, match="CASEFILE_OIDC_METADATA"):
        from_environment({**environ, **named, "CASEFILE_OIDC_METADATA": "http://login.example/metadata"})
    found = from_environment({**environ, **named, "CASEFILE_OIDC_SECRET": "the secret of Casefile"}).provider
    assert (found.subject, found.username, found.role) == ("sub", "", "")
    assert "the secret" not in repr(found)
