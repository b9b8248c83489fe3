"""The diagram that can be moved and enlarged: its marks, what pressing a step does, and the mark of its makers."""

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look_at
from tests.factories.council import at

CASE, OTHER = "CF-20931", "CF-30510"
STEP = "[data-element-id=audit_case_record]"


@pytest.fixture
def late(council):
    """An audit that is overdue and one whose remedial actions wait."""
    council.assign(CASE, "kim")
    council.authorise_audit(CASE, 1)
    council.assign(OTHER, "kim")
    council.pass_to(at(2027, 1, 6))
    return council


@pytest.fixture
def page(late, sign_in):
    page = sign_in("asha")
    page.goto("/standing/case_audit")
    page.wait_for_selector("[data-viewer][data-ready]")
    return page


def test_the_diagram_takes_the_place_of_its_picture_and_says_what_stands_where(page):
    expect(page.locator(".diagram")).to_be_hidden()
    step = page.locator(f".djs-shape{STEP}")
    expect(step).to_have_class("djs-element djs-shape diagram--overdue")
    badge = page.locator(".djs-overlays[data-container-id=audit_case_record] .viewer__badge--count")
    expect(badge).to_be_visible()
    assert int(badge.text_content()) >= 1
    outline = step.locator(".djs-visual > *").first
    assert outline.evaluate("one => getComputedStyle(one).strokeDasharray") == "8px, 3px"


def test_it_opens_so_that_it_can_be_read_at_what_is_marked(page):
    step = page.locator(f".djs-shape{STEP}")
    canvas, shape = page.locator(".viewer__canvas").bounding_box(), step.bounding_box()
    assert shape["width"] > 70, "a task is 100 wide as it is drawn"
    assert canvas["x"] <= shape["x"] and shape["x"] + shape["width"] <= canvas["x"] + canvas["width"]
    assert canvas["y"] <= shape["y"] and shape["y"] + shape["height"] <= canvas["y"] + canvas["height"]


def test_the_whole_diagram_fits(page):
    page.get_by_role("button", name="Whole diagram").press("Enter")
    canvas = page.locator(".viewer__canvas").bounding_box()
    for name in ("audit_assigned", "audit_case_record", "remedial_actions_authorised"):
        shape = page.locator(f".djs-shape[data-element-id={name}]").first.bounding_box()
        assert canvas["x"] <= shape["x"] and shape["x"] + shape["width"] <= canvas["x"] + canvas["width"], name
        assert canvas["y"] <= shape["y"] and shape["y"] + shape["height"] <= canvas["y"] + canvas["height"], name


@pytest.mark.parametrize("how", ["click", "Enter", " "])
def test_pressing_a_step_lists_what_waits_there(page, how):
    step = page.locator(f".djs-shape{STEP}")
    if how == "click":
        step.click()
    else:
        step.focus()
        page.keyboard.press(how)
    expect(page.get_by_role("heading", name="Under way: Audit the case record")).to_be_visible()
    expect(page.get_by_role("link", name=OTHER)).to_be_visible()
    expect(page.get_by_role("link", name=CASE)).to_have_count(0)
    assert "element=audit_case_record" in page.url
    expect(page.get_by_role("status")).to_contain_text("Audit the case record")
    expect(page.locator(f".djs-shape{STEP}.viewer__chosen")).to_be_visible()


def test_a_step_is_reached_by_keyboard_and_told_in_words(page):
    name = page.locator(f".djs-shape{STEP}").get_attribute("aria-label")
    assert name.startswith("Audit the case record: ") and "overdue" in name
    expect(page.locator(f".djs-shape{STEP}")).to_have_attribute("tabindex", "0")
    page.get_by_text("The same as a table").click()
    page.get_by_role("rowheader", name="Audit the case record").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Under way: Audit the case record")).to_be_visible()


def test_buttons_enlarge_the_diagram_and_show_it_whole_again(page):
    step = page.locator(f".djs-shape{STEP}")
    page.get_by_role("button", name="Whole diagram").click()
    before = step.bounding_box()["width"]
    page.get_by_role("button", name="Enlarge").click()
    assert step.bounding_box()["width"] > 1.2 * before
    page.get_by_role("button", name="Whole diagram").click()
    assert abs(step.bounding_box()["width"] - before) < 1


def test_the_mark_of_the_makers_is_seen_and_nothing_covers_it(page):
    mark = page.locator(".bjs-powered-by")
    expect(mark).to_be_visible()
    mark.scroll_into_view_if_needed()
    corners = """mark => {
      const box = mark.getBoundingClientRect();
      const places = [[0.05, 0.05], [0.95, 0.05], [0.5, 0.5], [0.05, 0.95], [0.95, 0.95]];
      return places.every(([x, y]) =>
        mark.contains(document.elementFromPoint(box.left + x * box.width, box.top + y * box.height)));
    }"""
    assert mark.evaluate(corners)
    mark.click()
    expect(page.locator(".bjs-powered-by-lightbox")).to_be_visible()


def test_time_and_lateness_are_heat_with_a_number(late, page):
    late.authorise_audit(OTHER)
    page.goto("/standing/case_audit?show=late&days=365")
    page.wait_for_selector("[data-viewer][data-ready]")
    assert "diagram--heat-" in page.locator(f".djs-shape{STEP}").get_attribute("class")
    badge = page.locator(".djs-overlays[data-container-id=audit_case_record] .viewer__badge--count")
    assert badge.text_content().endswith("%")


def test_one_instance_is_shown_on_its_diagram(page):
    page.get_by_role("link", name=OTHER).click()
    page.wait_for_selector("[data-viewer][data-ready]")
    expect(page.locator(f".djs-shape{STEP}")).to_have_class("djs-element djs-shape diagram--overdue")
    assert page.locator(".djs-shape.diagram--passed").count() > 2


def test_without_scripts_a_step_of_the_picture_leads_to_its_list(late, sign_in):
    page = sign_in("asha", scripts=False)
    page.goto("/standing/case_audit")
    page.locator("svg a[href*='element=audit_case_record']").click()
    expect(page.get_by_role("heading", name="Under way: Audit the case record")).to_be_visible()
    look_at_picture = page.locator(".diagram__picture").bounding_box()
    assert look_at_picture["width"] > 1200


def test_a_phone_shows_the_list_and_offers_the_picture(late, sign_in):
    page = sign_in("asha", width=375)
    page.goto("/standing/case_audit")
    expect(page.locator(".diagram")).to_be_hidden()
    expect(page.locator(".viewer__canvas")).to_have_count(0)
    page.get_by_role("link", name="Open the whole picture").click()
    expect(page.locator(".diagram__picture")).to_be_visible()
    look_at(page, "standing-picture")


def test_a_printed_page_shows_all_of_the_picture_and_no_buttons(page):
    page.emulate_media(media="print")
    expect(page.locator(".diagram__picture")).to_be_visible()
    expect(page.locator(".viewer__canvas")).to_be_hidden()
    expect(page.get_by_role("button", name="Enlarge")).to_be_hidden()
    width = page.locator(".diagram__picture").bounding_box()["width"]
    assert width <= 1280


def test_axe_finds_nothing_in_the_diagram(page):
    look_at(page, "standing-viewer")
    page.goto("/standing/case_audit?show=time&days=365")
    page.wait_for_selector("[data-viewer][data-ready]")
    look_at(page, "standing-viewer-time")
