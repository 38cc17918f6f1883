"""The builder of a programme in a browser: by mouse, by keyboard, by form, on a phone; what one person does under another's hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from .conftest import PHONE, WIDE, Office
from .crawl import Person
from .glance import look, main_submit
from .visits import add_item, days_of, open_visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUARTER = 12  # pixels


@dataclass
class Programme:
    visit: int
    address: str
    days: list[str]
    items: dict[str, int]

    def block(self, page: Any, title: str) -> Any:
        return page.locator(f"li.it#item-{self.items[title]}")

    def link(self, page: Any, title: str) -> Any:
        return self.block(page, title).locator("a.ttl")

    def where(self, page: Any, title: str) -> tuple[str, str]:
        """The day and the hours that the timetable shows."""
        block = self.block(page, title)
        day = block.locator("xpath=..").get_attribute("data-day")
        return day, block.locator(".m").first.inner_text().strip()


@pytest.fixture
def programme(office: Office, person: Person) -> Programme:
    visit = open_visit(person)
    person.post(
        f"/delegacijos/{visit}/sveciai/naujas/", name=f"Anna {visit} Nowak", name_language="pl", kind="member"
    )
    days = days_of(person, visit)
    items = {
        title: add_item(person, visit, title, days[0], starts, ends, **fields)
        for title, starts, ends, fields in (
            ("Priima meras", "9.00", "10.00", {}),
            ("Darbo pietūs", "12.30", "13.30", {"kind": "meal"}),
            ("Mokyklos šventė", "15.00", "16.00", {"is_fixed": "on"}),
        )
    }
    return Programme(visit, f"{office.address}/delegacijos/{visit}/", days, items)


def drag(page: Any, block: Any, dx: float, dy: float, *, drop: bool = True) -> None:
    box = block.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 6
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx / 2, y + dy / 2)
    page.mouse.move(x + dx, y + dy, steps=4)
    if drop:
        with page.expect_navigation():
            page.mouse.up()


def focused(page: Any) -> str:
    """What the thing that has the focus says, once something has it: a new page gives it by its script.

    A waiting function would be an eval, which the policy of our pages forbids.
    """
    page.locator(":focus").wait_for(state="attached")
    return page.evaluate("document.activeElement.textContent").strip()


def said(page: Any) -> str:
    """What a screen reader is told: the newest line of the live region."""
    place = page.locator("#toasts[role=status][aria-live=polite] .toast-ry p").last
    place.wait_for()
    return place.inner_text()


def test_an_item_is_dragged_to_another_hour_and_another_day_and_put_back(
    programme: Programme, visitor: Callable[..., Any]
):
    page = visitor("specialiste", WIDE, "lt")
    page.goto(programme.address)
    width = page.locator(".tt-day").first.bounding_box()["width"]

    drag(page, programme.block(page, "Priima meras"), width, 2 * QUARTER)

    assert programme.where(page, "Priima meras") == (programme.days[1], "9.30–10.30")
    assert "Priima meras" in said(page)
    assert "9.30–10.30" in said(page)
    assert "Priima meras" in focused(page)

    with page.expect_navigation():
        page.locator(".toast-ry form button").click()

    assert programme.where(page, "Priima meras") == (programme.days[0], "9.00–10.00")

    drag(page, programme.block(page, "Priima meras"), width, 4 * QUARTER, drop=False)
    page.keyboard.press("Escape")
    page.mouse.up()

    assert programme.where(page, "Priima meras") == (programme.days[0], "9.00–10.00")
    drag(page, programme.block(page, "Mokyklos šventė"), width, 0, drop=False)  # fixed
    page.mouse.up()
    assert programme.where(page, "Mokyklos šventė") == (programme.days[0], "15.00–16.00")


def test_an_item_is_moved_by_keys_that_go_on_where_they_left(
    programme: Programme, visitor: Callable[..., Any]
):
    page = visitor("specialiste", WIDE, "lt")
    page.goto(programme.address)
    programme.link(page, "Darbo pietūs").focus()

    for key in ("Alt+ArrowDown", "Alt+ArrowRight", "Alt+ArrowUp", "Alt+ArrowUp"):
        with page.expect_navigation():
            page.keyboard.press(key)
        assert "Darbo pietūs" in focused(page)

    assert programme.where(page, "Darbo pietūs") == (programme.days[1], "12.15–13.15")
    with page.expect_navigation():
        page.keyboard.press("Alt+ArrowLeft")
    assert programme.where(page, "Darbo pietūs")[0] == programme.days[0]
    assert "Darbo pietūs" in focused(page)
    page.keyboard.press("Alt+ArrowLeft")  # there is no day before
    page.locator(".toast-ry p", has_text="toliau").wait_for()
    programme.link(page, "Mokyklos šventė").focus()
    page.keyboard.press("Alt+ArrowDown")
    page.locator(".toast-ry p", has_text="fiksuotas").wait_for()


def test_a_form_in_place_keeps_what_is_typed_when_it_is_shut(
    programme: Programme, visitor: Callable[..., Any]
):
    page = visitor("specialiste", WIDE, "lt")
    page.goto(programme.address)
    opener = page.locator("#programme a.btn[data-in-place]")
    opener.click()
    page.locator("dialog.item-dialog[open]").wait_for()
    assert page.evaluate("document.activeElement.name") == "title_lt"
    page.fill("dialog [name=title_lt]", "Vaišės sode")
    with page.expect_response(lambda answer: "juodras" in answer.url):
        page.keyboard.press("Escape")
    assert not page.locator("dialog.item-dialog").is_visible()
    assert page.evaluate(
        "document.activeElement === document.querySelector('#programme a.btn[data-in-place]')"
    )

    opener.click()
    page.locator("dialog.item-dialog[open]").wait_for()
    assert page.input_value("dialog [name=title_lt]") == "Vaišės sode"
    page.fill("dialog [name=title_pl]", "Przyjęcie w ogrodzie")
    page.fill("dialog [name=starts]", "18")
    page.fill("dialog [name=ends]", "1800")
    main_submit(page, "dialog form.item-form [type=submit]")

    assert "baigiasi" in page.inner_text("#div_id_ends")  # the words stand at the field
    assert page.input_value("[name=title_lt]") == "Vaišės sode"
    page.fill("[name=ends]", "19.30")
    main_submit(page, "form.item-form [type=submit]")

    assert "Vaišės sode" in focused(page)
    assert "Vaišės sode" in said(page)


def test_the_rest_of_a_day_is_shifted_as_the_preview_says_and_fixed_items_stay(
    programme: Programme, visitor: Callable[..., Any]
):
    page = visitor("specialiste", PHONE, "lt")
    page.goto(programme.address)
    look(page, 390)
    with page.expect_navigation():
        page.locator(f'#programme a[href^="/delegacijos/{programme.visit}/stumti/"]').click()
    page.fill("[name=since]", "12")
    page.fill("[name=minutes]", "20")
    main_submit(page, "main form.form-col button")
    look(page, 390)
    rows = {row.locator("th").inner_text(): row.inner_text() for row in page.locator("tbody tr").all()}
    assert list(rows) == ["Darbo pietūs", "Mokyklos šventė"]
    assert "12.50–13.50" in rows["Darbo pietūs"]
    main_submit(page, "main form[method=post] button.btn-primary")

    assert "12.50–13.50" in page.inner_text(".day-run")
    assert "15.00–16.00" in page.inner_text(".day-run")
    assert "9.00–10.00" in page.inner_text(".day-run")


def test_an_item_is_moved_by_form_on_a_phone(programme: Programme, visitor: Callable[..., Any]):
    page = visitor("specialiste", PHONE, "lt")
    page.goto(programme.address)
    page.locator(".day-run a", has_text="Priima meras").click()
    page.wait_for_selector("form.item-form")
    look(page, 390)
    page.select_option("[name=on]", programme.days[2])
    page.fill("[name=starts]", "11")
    page.fill("[name=ends]", "11.45")
    main_submit(page, "form.item-form [type=submit]")

    assert page.locator(".day-run section").get_attribute("aria-label") in page.inner_text(".day-run")
    assert "11.00–11.45" in page.inner_text(".day-run")
    assert "Priima meras" in focused(page)


def test_a_warning_comes_and_goes_with_the_item(programme: Programme, visitor: Callable[..., Any]):
    page = visitor("specialiste", WIDE, "lt")
    page.goto(programme.address)
    before = page.locator("div.warn[id^=isp]").count()
    fixed = programme.block(page, "Mokyklos šventė").bounding_box()
    lunch = programme.block(page, "Darbo pietūs")

    drag(page, lunch, 0, fixed["y"] - lunch.bounding_box()["y"])  # upon the school's feast

    assert programme.where(page, "Darbo pietūs") == (programme.days[0], "15.00–16.00")
    clash = page.locator("div.warn[id^=isp]", has_text="Darbo pietūs").filter(has_text="Mokyklos šventė")
    assert clash.count() == 1
    look(page, 1440)

    with page.expect_navigation():
        page.locator(".toast-ry form button").click()

    assert clash.count() == 0
    assert page.locator("div.warn[id^=isp]").count() == before
