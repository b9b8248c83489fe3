"""Which part of the help is about a page."""

from collections.abc import Mapping
from typing import Final

# By the room of a page; a page that needs other help than its room stands here by its own name.
TOPICS: Final[Mapping[str, str]] = {
    "absences": "directory",
    "cases": "cases",
    "cases.compare": "reviews",
    "compliance_lists": "actions",
    "days_off": "directory",
    "delegating": "posts",
    "figures": "figures",
    "imports": "directory",
    "inbox": "tasks",
    "incidents": "standing",
    "invitations": "directory",
    "manual": "policy",
    "notices": "notices",
    "people": "directory",
    "periods": "periods",
    "practice": "practising",
    "remedial": "actions",
    "reports": "figures",
    "set_up": "directory",
    "settings": "away",
    "standing": "standing",
    "standing_changes": "standing",
    "starts": "starting",
    "steering": "tasks",
    "tasks": "forms",
    "teams": "directory",
    "training": "directory",
}


def topic_of(endpoint: str | None) -> str:
    """Return the anchor on the help page for a page, "" where there is none."""
    name = endpoint or ""
    return TOPICS.get(name) or TOPICS.get(name.partition(".")[0], "")
