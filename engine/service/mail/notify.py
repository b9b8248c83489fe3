"""Letters go out by GOV.UK Notify: one template with the placeholders ((subject)) and ((body)) carries all of them.

A request is signed with a JSON Web Token (RFC 7519, HS256) that the API key makes, which is why the clock of the
machine must be right within 30 seconds. Notify is told the key of a letter's occasion as `reference`, by which it is
asked whether it has a letter already (it remembers for seven days). The key is never used again, as the number of a row
would be after a database was made anew. See docs.notifications.service.gov.uk/rest-api.html.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Final
from urllib.parse import unquote, urlencode

import orjson

from engine.errors import NeverSent, NotSent, UnsuitableSetting
from engine.service.clock import Clock
from engine.service.mail.posting import check_address, fetch, post

KEY, TEMPLATE, ADDRESS = "CASEFILE_NOTIFY_KEY", "CASEFILE_NOTIFY_TEMPLATE", "CASEFILE_NOTIFY_ADDRESS"
HOST: Final = "https://api.notifications.service.gov.uk"
PATH: Final = "/v2/notifications/email"
RECORD: Final = "/v2/notifications"
TAKEN: Final = 201
FOUND: Final = 200
# What another letter, or the same one later, might still be taken after: a key or clock to be set right, a full minute
# or day. Any other status from 400 to 499 is about this letter and stays so.
NOT_FOR_GOOD: Final = frozenset((401, 403, 408, 425, 429))

_UUID: Final = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_API_KEY: Final = re.compile(f".+-({_UUID})-({_UUID})")
_LONGEST_REASON: Final = 500


@dataclass(frozen=True)
class NotifySender:
    """Sends by GOV.UK Notify with an API key and the id of a template. `timeout` is in seconds.

    UnsuitableSetting for what is no key, no template's id, or an address without encryption.
    """

    key: str = field(repr=False)
    template: str
    clock: Clock = field(repr=False)
    address: str = HOST
    timeout: float = 15

    def __post_init__(self) -> None:
        """Refuse what could not be used."""
        if not _API_KEY.fullmatch(self.key):
            raise UnsuitableSetting(setting=KEY, reason="it is no API key of GOV.UK Notify")
        if not re.fullmatch(_UUID, self.template):
            raise UnsuitableSetting(setting=TEMPLATE, reason="it is no id of a template of GOV.UK Notify")
        check_address(ADDRESS, self.address, HOST)

    def send(self, message: EmailMessage) -> None:
        """Hand one letter to Notify; NeverSent when it will not take this one, NotSent when it might later."""
        headers = {**self._signature(), "Content-Type": "application/json"}
        status, answer = post(self._at(PATH), orjson.dumps(self._letter(message)), headers, self.timeout)
        if status == TAKEN:
            return
        refused = NeverSent if 400 <= status < 500 and status not in NOT_FOR_GOOD else NotSent
        raise refused(reason=_reason(status, answer))

    def has_taken(self, message: EmailMessage) -> bool:
        """Tell whether Notify has a letter with this reference; NotSent when it does not say."""
        address = f"{self._at(RECORD)}?{urlencode({'reference': reference_of(message)})}"
        status, answer = fetch(address, self._signature(), self.timeout)
        try:
            if status == FOUND:
                return bool(orjson.loads(answer)["notifications"])
        except (ValueError, KeyError, TypeError):
            pass
        raise NotSent(reason=_reason(status, answer))

    def close(self) -> None:
        """Do nothing: nothing is held between letters."""

    def _letter(self, message: EmailMessage) -> Mapping[str, Any]:
        return {
            "email_address": str(message["To"]),
            "template_id": self.template,
            "personalisation": {"subject": str(message["Subject"]), "body": message.get_content()},
            "reference": reference_of(message),
        }

    def _at(self, path: str) -> str:
        return f"{self.address.rstrip('/')}{path}"

    def _signature(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token()}"}

    def _token(self) -> str:
        found = _API_KEY.fullmatch(self.key)
        service, secret = found.groups() if found is not None else ("", "")
        claims = {"iss": service, "iat": int(self.clock.now().timestamp())}
        return signed(claims, secret)


def reference_of(message: EmailMessage) -> str:
    """Return the key of a letter's occasion, as its Message-ID holds it."""
    name = str(message["Message-ID"]).removeprefix("<casefile.").rpartition("@")[0]
    return unquote(name)


def signed(claims: Mapping[str, Any], secret: str) -> str:
    """Return the JSON Web Token of `claims`, signed by HMAC-SHA256 (RFC 7515)."""
    parts = (_encoded(orjson.dumps(one)) for one in ({"typ": "JWT", "alg": "HS256"}, claims))
    text = ".".join(parts)
    return f"{text}.{_encoded(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _reason(status: int, answer: bytes) -> str:
    return f"GOV.UK Notify answered {status}{_said(answer)}"


def _said(answer: bytes) -> str:
    """Return what an answer, {"errors": [{"message"}]}, says is wrong, with a colon before it; "" when nothing."""
    try:
        messages = [str(one["message"]) for one in orjson.loads(answer)["errors"]]
    except (ValueError, KeyError, TypeError):
        return ""
    return f": {' '.join('; '.join(messages).split())}"[:_LONGEST_REASON].rstrip(".")
