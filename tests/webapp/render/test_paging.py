"""Pages of a long list."""

from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from webapp.render.paging import Paging


@given(st.integers(1, 50), st.integers(0, 5000))
def test_every_thing_is_on_some_page(size, total):
    pages = Paging(1, size, total).pages
    assert size * (pages - 1) < max(total, 1) <= size * pages


@given(st.text())
def test_any_words_in_the_address_are_some_page(words):
    with Flask("trial").test_request_context("/", query_string={"page": words}):
        assert Paging.wanted(request) >= 1
