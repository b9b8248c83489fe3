"""On paper: figures keep the room of their table, and charts the width of the page."""

ADDRESS = "/figures/quality_dashboard"
AFTER = "one => getComputedStyle(one, '::after').content"


def test_no_address_is_printed_after_a_link(sign_in):
    page = sign_in("asha")
    page.goto("/figures")
    page.emulate_media(media="print")
    links = page.locator("main a.govuk-link")
    assert {links.nth(place).evaluate(AFTER) for place in range(links.count())} <= {"none", "normal"}


def test_what_only_a_screen_can_do_is_left_out_and_charts_stand_below_one_another(sign_in):
    page = sign_in("asha")
    page.goto(ADDRESS)
    page.emulate_media(media="print")
    assert not page.locator("form.filters").is_visible()
    panels = page.locator(".panels")
    assert panels.count()
    assert {panels.nth(place).evaluate("one => getComputedStyle(one).display") for place in range(panels.count())} == {
        "block"
    }


def test_what_the_figures_are_is_printed_and_where_to_download_them_is_not(sign_in):
    page = sign_in("asha")
    page.goto(ADDRESS)
    page.emulate_media(media="print")
    assert page.locator(".explained li").first.is_visible()
    assert not page.get_by_role("link", name="Excel").is_visible()
