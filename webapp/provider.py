"""The council's provider of identities (OpenID Connect), such as Microsoft Entra ID, as settings name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.errors import UnsuitableSetting
from engine.service.mail.posting import check_address

METADATA, CLIENT, SECRET = "CASEFILE_OIDC_METADATA", "CASEFILE_OIDC_CLIENT", "CASEFILE_OIDC_SECRET"
SUBJECT, USERNAME, ROLE = "CASEFILE_OIDC_SUBJECT", "CASEFILE_OIDC_USERNAME", "CASEFILE_OIDC_ROLE"
EXAMPLE: Final = "https://login.microsoftonline.com/TENANT/v2.0/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """Where the provider's metadata is, and who Casefile is there.

    `subject` is the claim that people are known by for good, such as oid or sub. `username`, when it is set, is a claim
    that the provider vouches for and that holds the username of the directory: whoever signs in for the first time is
    linked by it. `role`, when it is set, must be among the claim roles.
    """

    metadata: str
    client: str
    secret: str = field(repr=False)
    subject: str = "sub"
    username: str = ""
    role: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be used safely."""
        check_address(METADATA, self.metadata, EXAMPLE)
        for setting, value in ((CLIENT, self.client), (SECRET, self.secret)):
            if not value:
                raise UnsuitableSetting(setting=setting, reason="it is missing")


def from_environment(environ: Mapping[str, str]) -> Provider | None:
    """Return the provider of the environment, None when it names none; UnsuitableSetting."""
    if not environ.get(METADATA):
        return None
    return Provider(
        environ[METADATA],
        environ.get(CLIENT, ""),
        environ.get(SECRET, ""),
        environ.get(SUBJECT) or "sub",
        environ.get(USERNAME, ""),
        environ.get(ROLE, ""),
    )
