"""The addresses of the pages about somebody, which name nobody."""

from webapp.config import DEMONSTRATION_KEY
from webapp.someone import number_of


def of_person(username: str, more: str = "", key: str = DEMONSTRATION_KEY) -> str:
    """The page of somebody in the directory, or one that follows from it such as "/change"."""
    return f"/directory/people/{number_of(key, username)}{more}"
