"""My notices: the letters to the reader and nobody else's, newest first."""

from tests.factories.council import at


def test_everybody_reads_their_own_letters_newest_first(council, visit):
    council.assign("CF-20931", "kim")
    council.pass_to(at(2026, 12, 2))
    council.assign("CF-30510", "kim")
    council.assign("CF-40077", "zoe")
    page = visit("kim").open("/notices")
    assert page.title == "My notices (2) – Casefile"
    assert [next(case for case in ("CF-30510", "CF-20931") if case in one) for one in page.all("article")] == [
        "CF-30510", "CF-20931",
    ]  # fmt: skip
    assert "CF-40077" not in page.text


def test_no_letters_are_said_to_be_none(visit):
    assert "You have no notices." in visit("una").open("/notices").text
