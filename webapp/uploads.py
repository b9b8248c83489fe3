"""Files that come with a page: a population list, or a changed policy."""

from typing import Final

from flask import request

from engine.errors import Invalid, NotDeployable, Refusal, TooLarge, Unreadable
from engine.service.policy import archives, variations
from webapp.reach import engine, me

CHOOSE_FILE: Final = "Choose a file, then upload it."
LIST_KEPT: Final = "The list is uploaded. Check the report below."
MOST_TOLD: Final = 10
UNUSABLE_FILE: Final = (Invalid, NotDeployable, TooLarge, Unreadable)


def uploaded_file() -> tuple[str, str, bytes] | None:
    """Return the question, the name and the content of the file that came with the page, None without one.

    The field of a file is named by its question with "-file" after it.
    """
    for field, file in request.files.items():
        if file.filename:
            return field.removesuffix("-file"), file.filename, file.read()
    return None


def keep_policy(name: str, content: bytes) -> tuple[str, str]:
    """Keep a changed policy for a proposal; return its id and what to say of it. Raises UNUSABLE_FILE."""
    identifier = variations.keep(engine(), me(), archives.files_in(name, content))
    changed = ", ".join(variations.changed_by(engine(), identifier))
    return identifier, f"The changed policy is uploaded, and passes its checks. It changes {changed}."


def why_unusable(refusal: Refusal) -> list[str]:
    """Return what is wrong with a file, in sentences: the first MOST_TOLD problems of a policy, and how many more."""
    if isinstance(refusal, Invalid):
        return [sentence for found in refusal.errors.values() for sentence in found]
    if isinstance(refusal, NotDeployable):
        more = len(refusal.problems) - MOST_TOLD
        return [*refusal.sentences[:MOST_TOLD], *([f"There are {more} more problems."] if more > 0 else [])]
    return [refusal.sentence]
