"""Somebody at a browser who reads labels, answers what is asked and presses buttons: with scripts or without."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.looking import NARROW, WIDE, weight_of

WORDS = "As the record shows on its first pages"
MINUTES = "90"
ROUNDS = 6
PATIENCE = 15_000  # milliseconds
# What is asked on the page and not answered yet, in reading order: within which repeated group, the question, and the
# answers that can be chosen.
UNANSWERED = """() => {
  const words = (one) => one ? one.innerText.replace(/\\s+/g, " ").trim() : "";
  const seen = new Set(), asked = [];
  for (const field of document.querySelectorAll("main :is(input, textarea, select):not([type=hidden], [type=file])")) {
    const set = field.closest("fieldset:not(.repeated)"), repeated = field.closest("fieldset.repeated");
    const row = words(repeated && repeated.querySelector("legend"));
    const grouped = set && set.querySelector("legend");
    const question = words(grouped ? grouped : field.labels[0]);
    const key = (set ? set.parentElement.parentElement.id : field.id);
    if (seen.has(key) || !field.checkVisibility() || question.endsWith("(optional)")) continue;
    seen.add(key);
    const all = set ? [...set.querySelectorAll("input")] : [field];
    const chosen = ["radio", "checkbox"].includes(field.type);
    if (chosen ? all.some((one) => one.checked) : all.every((one) => one.value)) continue;
    const kind = chosen ? field.type : set ? "date" : field.tagName === "SELECT" ? "select"
      : field.inputMode === "numeric" ? "number" : "words";
    const answers = chosen ? all.map((one) => words(one.labels[0])) : [];
    asked.push({row, question, kind, answers});
  }
  return asked;
}"""


class Desk:
    """One person's page. What it has shown is kept: titles and weights by address."""

    def __init__(self, page: Page, today: date, *, scripts: bool) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE)
        self.scripts = scripts
        self.today = today
        self.shot = "month" if scripts else "month-without-scripts"
        self.titles: dict[str, str] = {}
        self.weights: dict[str, int] = {}

    # Going about

    def open(self, address: str) -> "Desk":
        self.page.goto(address)
        return self._arrived()

    def follow(self, link: str, within: Locator | None = None) -> "Desk":
        """Follow the first link with these words."""
        (within or self.page).get_by_role("link", name=link).first.click()
        return self._arrived()

    def task(self, title: str, case: str = "") -> "Desk":
        """Open a task from the list of one's own tasks."""
        words = f"{title} for {case}" if case else title
        return self.open("/").follow(words, self.page.get_by_role("main"))

    def press(self, button: str) -> "Desk":
        self.page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        return self._arrived()

    def complete(self) -> "Desk":
        """Complete the task of the page, and be told so."""
        self.press("Complete the task").sees("The task is completed.")
        return self

    def refused(self, message: str) -> "Desk":
        """The page says what is wrong, in its title too, and the reader is brought to it."""
        summary = self.page.get_by_role("alert").filter(has_text="There is a problem")
        expect(summary).to_contain_text(message)
        assert self.page.title().startswith("Error: "), self.page.title()
        if self.scripts:
            focused = summary.evaluate("one => one.parentElement.contains(document.activeElement)")
            assert focused, "the focus is not on the summary of what is wrong"
        return self

    # Answering

    def choose(self, question: str, *answers: str) -> "Desk":
        group = self.page.get_by_role("group", name=question, exact=True)
        for answer in answers:
            group.get_by_label(answer, exact=True).check()
        return self

    def write(self, label: str, words: str) -> "Desk":
        main = self.page.get_by_role("main")
        field = main.get_by_label(label, exact=True)
        field.or_(main.get_by_label(f"{label} (optional)", exact=True)).fill(words)
        return self

    def answer(self, given: Mapping[str, str] | None = None, choices: Sequence[str] = ()) -> "Desk":
        """Answer whatever the page still asks: as `given` by question, or by what reads best for the case."""
        for _ in range(ROUNDS):
            asked = self.page.evaluate(UNANSWERED)
            if not asked:
                return self
            for one in asked:
                self._answer(one, (given or {}).get(one["question"]), choices)
        raise AssertionError(f"still asked after {ROUNDS} rounds: {asked}")

    def _answer(self, asked: Mapping[str, Any], given: str | None, choices: Sequence[str]) -> None:
        main = self.page.get_by_role("main")
        scope = main.get_by_role("group", name=asked["row"], exact=True) if asked["row"] else main
        group = scope.get_by_role("group", name=asked["question"], exact=True)
        if asked["kind"] == "radio":
            best = given or next((one for one in choices if one in asked["answers"]), asked["answers"][0])
            group.get_by_role("radio", name=best, exact=True).check()
        elif asked["kind"] == "checkbox":
            for one in [given] if given else asked["answers"]:
                group.get_by_role("checkbox", name=one, exact=True).check()
        elif asked["kind"] == "date":
            day = date.fromisoformat(given) if given else self.today
            for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
                group.get_by_label(part, exact=True).fill(str(number))
        elif asked["kind"] == "select":
            field = scope.get_by_label(asked["question"], exact=True)
            field.select_option(label=given) if given else field.select_option(index=1)
        else:
            words = given or (MINUTES if asked["kind"] == "number" else WORDS)
            scope.get_by_label(asked["question"], exact=True).fill(words)

    # Looking

    def sees(self, words: str) -> "Desk":
        expect(self.page.get_by_text(words).first).to_be_visible()
        return self

    def picture(self, station: str) -> "Desk":
        """Take a picture of the station, wide and narrow; nothing may scroll sideways."""
        for width in (NARROW, WIDE):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=SCREENSHOTS / f"{self.shot}-{station}-{width}.png", full_page=True)
            beyond = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert beyond <= 0, f"{station} scrolls sideways at {width} pixels"
        return self

    def download(self, link: str, to: Path) -> bytes:
        """Follow a link that gives a file, and return what is in it."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("main").get_by_role("link", name=link, exact=True).click()
        coming.value.save_as(to)
        return to.read_bytes()

    def _arrived(self) -> "Desk":
        self.page.wait_for_load_state("load")
        self.titles[self.page.url] = self.page.title()
        self.weights[self.page.url] = weight_of(self.page)
        return self
