"""Somebody who works a page with the keyboard alone: Tab, arrows, Space, Enter, and typing."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page

MOST_STEPS = 400
FOCUSED = """() => {
  const one = document.activeElement;
  const group = one.form ? [...one.form.querySelectorAll(`[name="${CSS.escape(one.name)}"]`)] : [];
  return {
    tag: one.tagName, type: one.type || "", name: one.name || "", value: one.value || "", words: one.innerText || "",
    checked: group.filter((other) => other.checked).map((other) => other.value),
  };
}"""
# Whether what has the focus is in the window and marked: by an outline, a shadow, or the box that stands for a radio.
MARKED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const marks = (style) => style.boxShadow !== "none" || (style.outlineStyle !== "none"
    && parseFloat(style.outlineWidth) > 0 && !/^rgba.*, 0\\)$/.test(style.outlineColor));
  const label = one.labels && one.labels[0];
  const marked = marks(getComputedStyle(one)) || (label && marks(getComputedStyle(label, "::before")));
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return one === document.body || (marked && inside && box.width > 0);
}"""


class Keyboard:
    """Fills in forms from raw answers, such as a draft holds, going from field to field as they come."""

    def __init__(self, page: Page, answers: Mapping[str, Any]) -> None:
        self.page = page
        self.answers = answers

    def focused(self) -> dict[str, Any]:
        """What has the focus."""
        return self.page.evaluate(FOCUSED)

    def tab(self) -> dict[str, Any]:
        """Press Tab; what has the focus then must be seen to have it."""
        self.page.keyboard.press("Tab")
        focused = self.focused()
        assert self.page.evaluate(MARKED), f"it is not seen that {focused} has the focus"
        return focused

    def go_to_button(self, words: str) -> None:
        """Press Tab until a button is reached, answering every question that is passed; then press Enter."""
        for _ in range(MOST_STEPS):
            one = self.tab()
            if one["tag"] == "BUTTON" and self._wants_row(one):
                self._enter()
            elif one["tag"] == "BUTTON" and one["words"].startswith(words):
                self._enter()
                return
            else:
                self._answer(one)
        raise AssertionError(f"no button {words!r} was reached with Tab")

    def unfold(self, words: str) -> None:
        """Press Tab until what is folded away under these words is reached, answering on the way; then press Enter."""
        for _ in range(MOST_STEPS):
            one = self.tab()
            if one["tag"] == "SUMMARY" and one["words"].strip().startswith(words):
                self.page.keyboard.press("Enter")
                return
            self._answer(one)
        raise AssertionError(f"nothing folded away under {words!r} was reached with Tab")

    def go_to_link(self, words: str) -> None:
        """Press Tab until a link is reached that begins with these words; then press Enter."""
        for _ in range(MOST_STEPS):
            one = self.tab()
            if one["tag"] == "A" and one["words"].strip().startswith(words):
                self._enter()
                return
        raise AssertionError(f"no link {words!r} was reached with Tab")

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _wants_row(self, button: Mapping[str, Any]) -> bool:
        doing, _, question = button["value"].partition(":")
        wanted = self.answers.get(question)
        there = self.page.locator(f'[name^="{question}-"][name$="-row"]').count()
        return doing == "add" and isinstance(wanted, list) and there < len(wanted)

    def _answer(self, field: Mapping[str, Any]) -> None:
        answer = self._wanted(field["name"])
        if answer is None:
            return
        if field["type"] == "radio":
            self._choose(field, str(answer))
        elif field["tag"] == "SELECT":
            self._pick(field, str(answer))
        elif field["type"] == "checkbox":
            if field["value"] in answer and field["value"] not in field["checked"]:
                self.page.keyboard.press("Space")
        elif field["tag"] in ("INPUT", "TEXTAREA") and field["value"] != str(answer):
            self.page.keyboard.press("Control+A")
            self.page.keyboard.insert_text(str(answer))

    def _choose(self, field: Mapping[str, Any], answer: str) -> None:
        self.page.keyboard.press("Space")
        for _ in range(20):
            if self.focused()["value"] == answer:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{field['name']} has no answer {answer}")

    def _pick(self, field: Mapping[str, Any], answer: str) -> None:
        for _ in range(100):
            if self.focused()["value"] == answer:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{field['name']} has no answer {answer}")

    def _wanted(self, name: str) -> Any:
        """The answer to a field: "actions-0-what" is in a row, "opened-day" is a part of a date."""
        if name in self.answers:
            return self.answers[name]
        question, _, rest = name.partition("-")
        answer: Any = self.answers.get(question)
        if isinstance(answer, list) and rest:
            row, _, inner = rest.partition("-")
            rows = answer[int(row)] if row.isdigit() and int(row) < len(answer) else {}
            return Keyboard(self.page, rows)._wanted(inner) if isinstance(rows, dict) else None
        if isinstance(answer, str) and rest in ("day", "month", "year"):
            return answer.split("-")[("year", "month", "day").index(rest)].lstrip("0")
        return None
