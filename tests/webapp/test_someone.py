"""An address names nobody: whoever reads it in a log learns a number, and who has another key learns none (I-11)."""

from tests.factories.addresses import of_person
from tests.factories.council import people
from webapp.someone import number_of


def test_no_address_of_the_directory_has_a_username_in_it(visit):
    page = visit("gail").open("/directory")
    links = [address for address in page.links().values() if address.startswith("/directory/people/")]
    assert of_person("mo") in links
    names = {row["username"] for row in people()}
    assert [address for address in links if names & set(address.split("/"))] == []


def test_a_number_leads_to_its_person_and_any_other_to_nobody(visit):
    visitor = visit("gail")
    assert visitor.open(of_person("mo")).all("h1") == ["Mo"]
    assert visitor.open("/directory/people/mo").status == 404
    assert visitor.open("/directory/people/0123456789abcdef").status == 404


def test_numbers_are_of_one_key(council):
    usernames = [row["username"] for row in people()]
    assert len({number_of("a key", one) for one in usernames}) == len(usernames)
    assert number_of("a key", "mo") != number_of("another", "mo")
