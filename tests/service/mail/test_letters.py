"""Somebody's letters, newest first, a page at a time."""

from engine.service.mail import letters
from tests.factories.council import at


def test_only_ones_own_letters_newest_first(council, monkeypatch):
    monkeypatch.setattr(letters, "PAGE", 1)
    council.assign("CF-20931", "kim")
    council.pass_to(at(2026, 12, 2))
    council.assign("CF-30510", "kim")
    council.assign("CF-40077", "zoe")
    pages = [letters.letters_of(council.engine, "kim", number) for number in (1, 2, 3)]
    assert [[letter.case_ref for letter in page.letters] for page in pages] == [["CF-30510"], ["CF-20931"], []]
    assert {page.total for page in pages} == {2}


def test_a_letter_on_a_page_closes_with_the_council_and_has_no_address_of_its_own(council):
    council.assign("CF-20931", "kim")
    (letter,) = letters.letters_of(council.engine, "kim", council="Northshire").letters
    assert letter.text.splitlines()[-1] == "Northshire"
    assert not any(word in letter.text for word in ("{", "}", "Open it"))
