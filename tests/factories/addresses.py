"""The addresses of the pages about somebody, which name nobody."""

from webapp.config import DEMONSTRATION_KEY
from webapp.someone import number_of


def number(username: str) -> str:
    """What stands for somebody in an address."""
    return number_of(DEMONSTRATION_KEY, username)


def of_person(username: str, more: str = "", key: str = DEMONSTRATION_KEY) -> str:
    """The page of somebody in the directory, or one that follows from it such as "/change"."""
    return f"/directory/people/{number_of(key, username)}{more}"
