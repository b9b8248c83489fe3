"""Somebody with a browser without scripts: opens pages, types into their forms, presses their buttons."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from flask import Flask
from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


@dataclass(frozen=True)
class Page:
    """One answer of the application, and the visitor who sees it."""

    visitor: "Visitor"
    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.request.path

    @cached_property
    def tree(self) -> Any:
        return html.document_fromstring(self.response.get_data(as_text=True))

    @property
    def title(self) -> str:
        return words(self.tree.find(".//title"))

    @property
    def text(self) -> str:
        """What the page says, without the values of its fields."""
        return " ".join(" ".join(self.tree.xpath("//body//text()[not(parent::script)]")).split())

    def all(self, css: str) -> list[str]:
        """The words of every element that a selector finds."""
        return [words(one) for one in self.tree.cssselect(css)]

    def links(self) -> dict[str, str]:
        """Addresses by the words of the link; the last of a name counts."""
        return {words(one): one.get("href") for one in self.tree.cssselect("a[href]")}

    def value(self, name: str) -> Any:
        """What stands in a field; a list for checkboxes."""
        found = [form.inputs[name].value for form in self.tree.forms if name in form.inputs]
        assert found, f"there is no field {name}"
        return found[-1]

    def problems(self) -> dict[str, str]:
        """The error summary: what each line says, by where it leads."""
        return {one.get("href"): words(one) for one in self.tree.cssselect(".govuk-error-summary a")}

    def problem_at(self, field: str) -> str:
        """What the message next to a field says."""
        (found,) = self.tree.xpath(f'//*[@id="{field}-error"]')
        return words(found).removeprefix("Error: ")

    def sent_by(self, button: str, typed: dict[str, Any]) -> tuple[str, MultiDict]:
        """Where a button sends its form, and with which fields: those of the page, and what was typed."""
        pressed = next((one for one in self._buttons() if words(one).startswith(button)), None)
        assert pressed is not None, f"there is no button {button!r} but {[words(one) for one in self._buttons()]}"
        form = self._form_of(pressed)
        fields = MultiDict((name, value) for name, value in form.form_values() if name not in typed)
        for name, value in typed.items():
            fields.setlist(name, value if isinstance(value, list) else [value])
        if pressed.get("name"):
            fields[pressed.get("name")] = pressed.get("value")
        return pressed.get("formaction") or form.get("action"), fields

    def press(self, button: str, **typed: Any) -> "Page":
        """Press a button by the beginning of its words, after typing into fields ("-" in names is "__")."""
        address, fields = self.sent_by(button, {name.replace("__", "-"): value for name, value in typed.items()})
        return self.visitor.send(address, fields)

    def _buttons(self) -> Iterator[Any]:
        yield from (one for one in self.tree.cssselect("button") if one.get("aria-hidden") != "true")

    def _form_of(self, button: Any) -> Any:
        if button.get("form"):
            return self.tree.get_element_by_id(button.get("form"))
        return next(button.iterancestors("form"))


class Visitor:
    """A visitor of an application, signed in when they say who they are."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def open(self, address: str) -> Page:
        return Page(self, self.client.get(address, follow_redirects=True))

    def send(self, address: str, fields: MultiDict | dict[str, Any]) -> Page:
        return Page(self, self.client.post(address, data=fields, follow_redirects=True))

    def sign_in(self, username: str) -> "Visitor":
        """Sign in as in the demonstration."""
        page = self.open("/sign-in").press("Sign in", username=username)
        assert page.path == "/", page.text
        return self


def file(name: str, content: bytes) -> tuple[BytesIO, str]:
    """A file as a field of a page holds it."""
    return BytesIO(content), name


def words(element: Any) -> str:
    """The words of an element, with single spaces."""
    return " ".join(" ".join(element.itertext()).split())
