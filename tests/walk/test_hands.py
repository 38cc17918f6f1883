"""Two browsers over one item, a press made twice, a session that ends and a server that falls while somebody types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import PASSWORD, PHONE, ROOT, WIDE, Office
from .crawl import Person
from .glance import look, main_submit
from .visits import add_item, days_of, open_visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVE = "form.item-form [type=submit]"


@pytest.fixture
def item(office: Office, person: Person) -> str:
    """The address of an item's form, in a visit of the specialist's own."""
    visit = open_visit(person)
    number = add_item(person, visit, "Priima meras", days_of(person, visit)[0], "9.00", "10.00")
    return f"{office.address}/delegacijos/{visit}/punktai/{number}/"


def both_texts(page: Any) -> dict[str, tuple[str, str]]:
    """The two texts of each field that the refusal shows."""
    return {
        part.locator("h2").inner_text(): tuple(
            side.inner_text().split("\n")[-1].strip() for side in part.locator(".both > div").all()
        )
        for part in page.locator("main section:has(.both)").all()
    }


def reopened(page: Any, address: str, name: str) -> str:
    page.goto(address)
    return page.input_value(f"[name={name}]")


def test_the_second_of_two_people_sees_both_texts_and_chooses(item: str, visitor: Callable[..., Any]):
    specialist, head = visitor("specialiste", WIDE, "lt"), visitor("vedeja", PHONE, "lt")
    specialist.goto(item)
    head.goto(item)
    head.fill("[name=title_lt]", "Priima merė")
    head.fill("[name=ends]", "10.15")
    main_submit(head, SAVE)

    specialist.fill("[name=title_lt]", "Priima vicemeras")
    specialist.select_option("[name=kind]", "ceremony")
    specialist.fill("[name=notes]", "Gėlės")
    main_submit(specialist, SAVE)

    assert both_texts(specialist) == {
        "Pavadinimas, lietuvių": ("Priima vicemeras", "Priima merė"),
        "Kas tai": ("ceremonija", "susitikimas"),
        "Iki": ("10.00", "10.15"),
        "Vidinės pastabos": ("Gėlės", "–"),
    }
    assert "Pakeitė: Rasa Vaičekonė" in specialist.inner_text("main .note.bad")
    look(specialist, 1440)
    main_submit(specialist, "main .form-acts button.btn-stop")

    assert reopened(head, item, "title_lt") == "Priima vicemeras"
    assert (head.input_value("[name=ends]"), head.input_value("[name=notes]")) == ("10.00", "Gėlės")


def test_ones_own_second_tab_is_refused_and_keeps_what_was_typed(item: str, visitor: Callable[..., Any]):
    first = visitor("specialiste", WIDE, "lt")
    second = first.context.new_page()
    first.goto(item)
    second.goto(item)
    second.fill("[name=notes]", "Iš antro lango")
    main_submit(second, SAVE)
    with first.expect_response(lambda answer: "juodras" in answer.url):
        first.fill("[name=notes]", "Iš pirmo lango")

    main_submit(first, SAVE)

    assert both_texts(first) == {"Vidinės pastabos": ("Iš pirmo lango", "Iš antro lango")}
    first.get_by_role("link", name="Palikti").click()
    first.wait_for_url("**/delegacijos/*/")
    assert reopened(first, item, "notes") == "Iš pirmo lango"  # the draft is not thrown away with it
    assert reopened(second, item, "notes") == "Iš pirmo lango"


def test_a_press_made_twice_adds_one_item(item: str, visitor: Callable[..., Any]):
    page = visitor("specialiste", WIDE, "lt")
    page.goto(item.split("/punktai/")[0] + "/punktai/naujas/")
    page.fill("[name=title_lt]", "Kava terasoje")
    page.fill("[name=starts]", "11")
    sent = []
    page.on(
        "request", lambda request: request.method == "POST" and "punktai" in request.url and sent.append(1)
    )

    with page.expect_navigation():
        page.locator(SAVE).dblclick()

    page.locator(".toast-ry").wait_for()
    assert len(sent) == 1
    assert page.locator("li.it a.ttl", has_text="Kava terasoje").count() == 1


def test_a_session_that_ends_while_typing_asks_in_place(item: str, visitor: Callable[..., Any]):
    page = visitor("specialiste", WIDE, "lt")
    page.goto(item.split("punktai/")[0])
    page.locator("li.it a.ttl").first.click()
    page.locator("dialog.item-dialog[open]").wait_for()
    page.context.clear_cookies(name="sesija")

    page.fill("dialog [name=notes]", "Rašyta po sesijos galo")
    page.locator("#session-dialog[open]").wait_for()  # the draft met no session
    page.fill("#session-dialog [name=username]", "specialiste")
    page.fill("#session-dialog [name=password]", PASSWORD)
    page.press("#session-dialog [name=password]", "Enter")
    page.locator("#session-dialog").wait_for(state="hidden")
    assert page.input_value("dialog.item-dialog [name=notes]") == "Rašyta po sesijos galo"
    main_submit(page, f"dialog {SAVE}")

    assert reopened(page, item, "notes") == "Rašyta po sesijos galo"


def test_what_was_typed_stands_again_after_a_fall(item: str, visitor: Callable[..., Any]):
    """tests/setup/test_falls.py stops the database in earnest; here the browser meets the same page and goes back."""
    page = visitor("specialiste", WIDE, "lt")
    page.goto(item)
    fallen = (ROOT / "templates/offline.html").read_text("utf-8")
    page.route(
        "**/punktai/**",
        lambda route: (
            route.fulfill(status=503, content_type="text/html", body=fallen)
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    page.fill("[name=title_lt]", "Ilgai rašytas pavadinimas")
    page.fill("[name=notes]", "Ilgai rašyta pastaba")
    main_submit(page, SAVE)
    assert "naršyklė išlaikė Jūsų tekstą" in page.inner_text("main")
    page.go_back()

    assert page.input_value("[name=title_lt]") == "Ilgai rašytas pavadinimas"
    assert page.input_value("[name=notes]") == "Ilgai rašyta pastaba"
    page.unroute("**/punktai/**")
    main_submit(page, SAVE)
    assert reopened(page, item, "notes") == "Ilgai rašyta pastaba"


def test_a_file_far_too_large_is_told_before_it_travels(
    item: str, visitor: Callable[..., Any], tmp_path: Path
):
    """200 MB: the words stand at the field, the form does not leave; the server's own refusal is tried elsewhere."""
    film = tmp_path / "filmas.mp4"
    with film.open("wb") as file:
        file.truncate(200 * 2**20)
    page = visitor("specialiste", WIDE, "lt")
    visit = item.split("/delegacijos/")[1].split("/")[0]
    page.goto(item.split("/delegacijos/")[0] + f"/dokumentai/reikalas/{visit}/")
    field = page.locator("main input[type=file]#files")
    field.set_input_files(film)

    assert "filmas.mp4" in page.inner_text("#files-problem")
    assert "50" in page.inner_text("#files-problem")
    page.locator("main form:has(#files) button").click()
    assert page.evaluate("document.querySelector('#files').validity.customError")
    look(page, 1440)
