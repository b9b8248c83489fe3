"""A policy by which clearance alone does not open restricted records: whoever has one post is barred all the same."""

from tests.factories.council import policy

TABLE = "processes/restricted_records.dmn"


def bars(post: str) -> dict[str, bytes]:
    """The table of restricted records in which the row for the cleared does not fit a post."""
    before, marker, after = policy()[TABLE].partition(b'<inputEntry id="cleared_post_in">')
    return {TABLE: before + marker + after.replace(b"<text></text>", f'<text>!= "{post}"</text>'.encode(), 1)}
