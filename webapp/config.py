"""Settings of the web application, from the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from engine.errors import Refusal
from webapp import provider
from webapp.provider import Provider

DEMONSTRATION_KEY = "this key protects nothing and is for the demonstration only"
SHORTEST_KEY = 32
COUNCIL = "Children’s Services"


class UnsafeSetting(Refusal):
    """Casefile does not start: {setting} {reason}."""

    status = 500


@dataclass(frozen=True)
class Config:
    """How one council runs the application. `hosts` are the names it answers to; times are of a sign-in: how long it
    lasts while nothing is done, at the longest, and how long before its end a page warns. `requests_a_minute` are of
    each token of the interface. People sign in by the `provider` where there is one. `policy` is the folder of the
    policy that the first set-up puts into force, the current one unless given.

    In the demonstration everybody signs in by choosing a name, and cookies travel without encryption on this
    machine. Raises UnsafeSetting for a secret key that others know or could guess.
    """

    secret_key: str
    demonstration: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    council: str = COUNCIL
    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=10)
    warning: timedelta = timedelta(minutes=2)
    requests_a_minute: int = 600
    provider: Provider | None = None
    policy: Path = field(default_factory=Path)

    def __post_init__(self) -> None:
        """Refuse a key that protects nothing, except in the demonstration."""
        if self.demonstration:
            return
        if self.secret_key == DEMONSTRATION_KEY:
            raise UnsafeSetting(setting="CASEFILE_SECRET_KEY", reason="is the key of the demonstration, which all know")
        if len(self.secret_key) < SHORTEST_KEY:
            raise UnsafeSetting(
                setting="CASEFILE_SECRET_KEY", reason=f"is missing or shorter than {SHORTEST_KEY} characters"
            )


def for_demonstration(council: str = COUNCIL) -> Config:
    """Return the settings of the demonstration."""
    return Config(DEMONSTRATION_KEY, demonstration=True, council=council, idle=timedelta(hours=10))


def from_environment(environ: Mapping[str, str]) -> Config:
    """Return the settings in CASEFILE_SECRET_KEY, CASEFILE_HOSTS (names with commas between) and CASEFILE_COUNCIL, and
    those of the provider. Raises UnsafeSetting, UnsuitableSetting.
    """
    hosts = tuple(name.strip() for name in environ.get("CASEFILE_HOSTS", "").split(",") if name.strip())
    if not hosts:
        raise UnsafeSetting(setting="CASEFILE_HOSTS", reason="names no host, such as casefile.example.gov.uk")
    return Config(
        environ.get("CASEFILE_SECRET_KEY", ""),
        hosts=hosts,
        council=environ.get("CASEFILE_COUNCIL", COUNCIL),
        provider=provider.from_environment(environ),
    )
