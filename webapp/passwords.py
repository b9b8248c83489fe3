"""Passwords: how they are kept, and when one is good enough (NIST SP 800-63B: length, and nothing else)."""

from typing import Final

from argon2 import PasswordHasher

HASHER: Final = PasswordHasher()
SHORTEST: Final = 15
LONGEST: Final = 200


def reason_against(password: str, username: str) -> str | None:
    """Return why a password is not good enough, None when it is."""
    if len(password) < SHORTEST:
        return f"Choose at least {SHORTEST} characters. Three or four words that do not belong together are good."
    if len(password) > LONGEST:
        return f"Choose at most {LONGEST} characters."
    if len(username) > 3 and username in password.casefold():
        return "Choose a password without your username in it."
    if len(set(password)) < 5:
        return "Choose a password of more than a few different characters."
    return None
