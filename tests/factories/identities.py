"""A provider of identities (OpenID Connect) on the loopback address, which answers as well or badly as it is told."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.factories.loopback import Asked, serving

CLIENT, SECRET, CODE = "casefile", "a secret of Casefile at the provider", "the code"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
STRANGE = RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Identities:
    """What it answers: `claims` over the usual ones (None takes one away), the `key`, `header` and `token` answer."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    answer: Mapping[str, Any] | None = None
    status: int = 200
    asked: dict[str, str] = field(default_factory=dict)

    def metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [KEY.as_dict(private=False)]}

    def token(self, form: Mapping[str, str]) -> tuple[int, Any]:
        challenge = _encoded(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if form.get("code") != CODE or challenge != self.asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        usual = {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token()}
        return self.status, usual if self.answer is None else self.answer

    def id_token(self) -> str:
        now = int(time())
        usual = {"iss": self.address, "aud": CLIENT, "sub": "subject of kim", "iat": now, "exp": now + 300}
        told = {**usual, "nonce": self.asked.get("nonce"), **self.claims}
        claims = {name: value for name, value in told.items() if value is not None}
        header = {"alg": "RS256", "kid": "one", **self.header}
        if header["alg"] == "RS256":
            return jwt.encode(header, claims, self.key, algorithms=["RS256"])
        text = ".".join(_encoded(json.dumps(one).encode()) for one in (header, claims))
        # No library signs with a public key as a shared secret.
        shared = hmac.new(KEY.as_pem(private=False), text.encode(), hashlib.sha256).digest()
        return f"{text}.{_encoded(shared) if header['alg'] == 'HS256' else ''}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def provider() -> Iterator[Identities]:
    """Let a provider answer as long as the context lasts."""
    found = Identities()

    def answer(asked: Asked) -> tuple[int, Any]:
        if asked.method == "POST":
            return found.token({name: values[0] for name, values in parse_qs(asked.body.decode()).items()})
        return 200, found.keys() if urlsplit(asked.path).path == "/keys" else found.metadata()

    with serving(answer) as found.address:
        yield found
