"""Parameters without None, at every depth."""

from hypothesis import given as examples
from hypothesis import strategies as st

from webapp.render.given import given

PARAMETERS = st.recursive(
    st.none() | st.booleans() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def has_none(value):
    if isinstance(value, dict):
        return any(map(has_none, value.values()))
    return any(map(has_none, value)) if isinstance(value, list) else value is None


@examples(PARAMETERS.filter(lambda value: value is not None))
def test_no_none_is_left(value):
    assert not has_none(given(value))


def test_what_is_false_or_blank_stays():
    assert given({"value": "", "checked": False, "hint": None}) == {"value": "", "checked": False}
