"""What every page must be, wide and narrow: nothing that axe finds, no sideways scrolling, light, and well titled."""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from playwright.sync_api import Page

from tests.browser.conftest import SCREENSHOTS
from tests.factories.council import ROOT, people

AXE = ROOT / "webapp" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 375
WIDTHS = (WIDE, NARROW)
# A wide page enlarged to 400% is as narrow as this.
REFLOWED = 320
HEIGHT = 900
MOST_BYTES = 100_000
FEWEST_RULES = 10
TITLE = re.compile(r"\S.* – Casefile")
NAMES = frozenset(row["name"] for row in people())
# Whose pages are about a case or a task about one, and may say its reference in their titles.
ABOUT_CASES = re.compile(r"/(cases|tasks|actions|standing/instances)/")
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
LOADED = """() => performance.getEntriesByType("resource").map((one) => one.name)
  .filter((name) => /\\.(css|js|svg)(\\?|$)|\\/diagrams\\//.test(name))"""
# The page as it came, without the diagram that a script drew into it.
CAME = """() => {
  const page = document.documentElement.cloneNode(true);
  page.querySelectorAll(".viewer__canvas").forEach((one) => one.remove());
  return page.outerHTML;
}"""
AUDITED = "async (rules) => { const found = await axe.run(document, {runOnly: rules}); return {passed: " + (
    "found.passes.length, violations: found.violations.map((one) => [one.id, one.nodes.map((node) => "
    "node.html.slice(0, 200))])}; }"
)
# What readers do to text by themselves: they make it twice as large without enlarging the page (WCAG 1.4.4), and
# space it out (1.4.12).
TEXTS = {
    "its text is twice as large": "html { font-size: 200% }",
    "its text is spaced out": "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }",
}
DRESSED = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}"""
# Words that end behind an edge: of what hides what it has no room for, and is not there for listeners alone. A diagram
# is moved behind its frame, and what is typed in its field.
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (one.closest("input, .djs-container")) return false;
  const style = getComputedStyle(one);
  const hides = ["hidden", "clip"].includes(style.overflowX) && one.clientWidth > 2 && style.clipPath === "none";
  return hides && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2);
}).map((one) => one.outerHTML.slice(0, 200))"""
OPENED = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
_sizes: dict[str, int] = {}


def look_at(page: Page, name: str, widths: Sequence[int] = WIDTHS) -> None:
    """Expect nothing to complain about, and take pictures."""
    complaints = complaints_about(page, name, widths)
    assert not complaints, json.dumps(complaints, indent=1)


def complaints_about(page: Page, name: str, widths: Sequence[int] = WIDTHS) -> list[str]:
    """What is wrong with a page, with all that can be unfolded open; a picture of each width is kept.

    The page is left as wide as it was.
    """
    before, found = page.viewport_size, said_wrongly(page)
    if (weight := weight_of(page)) > MOST_BYTES:
        found.append(f"{name} weighs {weight} bytes compressed")
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
    page.evaluate(OPENED)
    page.evaluate(AXE.read_text())
    for width in reversed(widths):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{name} scrolls sideways at {width} pixels")
        axe = page.evaluate(AUDITED, RULES)
        found += [f"{name} at {width} pixels: {rule}, {places}" for rule, places in axe["violations"]]
        if axe["passed"] < FEWEST_RULES:
            found.append(f"{name} holds next to nothing that axe could judge")
    page.set_viewport_size({"width": REFLOWED, "height": HEIGHT})
    if page.evaluate(SIDEWAYS) > 0:
        found.append(f"{name} scrolls sideways when it is enlarged to 400%")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    found += [f"{name} {fault}" for fault in _in_other_text(page)]
    page.set_viewport_size(before)
    return found


def _in_other_text(page: Page) -> Iterator[str]:
    for when, rules in TEXTS.items():
        page.evaluate(DRESSED, rules)
        if page.evaluate(SIDEWAYS) > 0:
            yield f"scrolls sideways when {when}"
        if cut := page.evaluate(CUT_OFF):
            yield f"cuts words off when {when}: {cut}"
    page.evaluate(DRESSED, "")


def said_wrongly(page: Page) -> list[str]:
    """What is wrong with the title of a page: it says what the page is about, and names nobody."""
    title, address, found = page.title(), unquote(page.url), []
    if not TITLE.fullmatch(title):
        found.append(f"{address} is called {title!r}")
    if named := NAMES & set(re.findall(r"\w+", title)):
        found.append(f"{address} has a name in its title: {sorted(named)}")
    if "CF-" in title and not ABOUT_CASES.search(address):
        found.append(f"{address} is about no case: {title!r}")
    return found


def weight_of(page: Page) -> int:
    """How many bytes a page is, compressed, with its scripts, styles and diagram."""
    parts = [_size(page, name) for name in set(page.evaluate(LOADED))]
    return len(gzip.compress(page.evaluate(CAME).encode())) + sum(parts)


def _size(page: Page, address: str) -> int:
    if address not in _sizes:
        _sizes[address] = len(gzip.compress(page.request.get(address).body()))
    return _sizes[address]
