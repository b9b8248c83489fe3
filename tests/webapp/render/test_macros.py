"""The component macros print what the design system's own examples show: a new version is a measured decision."""

import json

import pytest
from jinja2 import Environment, PackageLoader, PrefixLoader
from lxml import html

from tests.factories.council import ROOT

COMPONENTS = ROOT / "webapp" / "assets" / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
USED = (
    "back-link", "button", "character-count", "checkboxes", "date-input", "details", "error-summary", "file-upload",
    "generic-header", "input", "inset-text", "notification-banner", "pagination", "password-input", "phase-banner",
    "radios", "select", "service-navigation", "summary-list", "tag", "task-list", "textarea",
)  # fmt: skip
MACROS = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}), autoescape=True
)


def printed(component, options):
    macro = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    module = MACROS.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module
    return str(getattr(module, macro)(options))


def shape(markup):
    """Elements, attributes and words of a piece of a page, in order, spaces aside."""
    tree = html.fragment_fromstring(markup, create_parent=True)
    return [
        (one.tag, sorted((name, " ".join(value.split())) for name, value in one.attrib.items()), words(one.text),
         words(one.tail))
        for one in tree.iter()
        if isinstance(one.tag, str)
    ]  # fmt: skip


def words(text):
    return " ".join((text or "").split())


@pytest.mark.parametrize("component", USED)
def test_a_component_is_printed_as_its_examples_show(component):
    examples = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    wrong = [one["name"] for one in examples if shape(printed(component, one["options"])) != shape(one["html"])]
    assert examples
    assert not wrong
