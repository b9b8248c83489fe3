"""A page is made of one view of the council, and asks what all its parts want to know once."""

from sqlalchemy import event

from webapp.reach import engine, once_a_page


def test_a_page_is_one_transaction_however_much_it_asks(council, app, visit):
    council.assign("CF-20931", "kim")
    kim, begun = visit("kim"), []
    event.listen(council.database.engine, "begin", begun.append)
    page = kim.open("/")
    assert "CF-20931" in page.text
    assert len(begun) == 1


def test_the_view_of_a_page_ends_with_it(council, app):
    with app.test_request_context():
        seen = engine()
        assert engine() is seen
        seen.ask(lambda question: question.connection)
        assert council.database.engine.pool.checkedout() == 1
    assert council.database.engine.pool.checkedout() == 0


def test_what_every_part_of_a_page_asks_is_asked_once_for_each_page(app):
    asked = []

    @once_a_page
    def ask() -> int:
        asked.append(1)
        return len(asked)

    for page in (1, 2):
        with app.test_request_context():
            assert [ask(), ask()] == [page, page]
