"""Those who serve a delegation, from the list of its guests to the report; and several delegations at one festival."""

from __future__ import annotations

import datetime
import email
import email.policy
import re
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import PHONE, ROOT, WIDE, Office
from .crawl import Person
from .glance import look, main_submit
from .visits import add_item, choices, open_visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 180_000  # milliseconds: the office's first papers are drawn before ours
LETTER = """Zbigniew Łączyński, Prezydent Miasta (szef delegacji)
Maria Nowak, nauczycielka, maria@opole.example, weganka, ur. 31.02.1970
Maria Nowak, nauczycielka
Jan Kowalski (tłumacz)"""
HOTEL = "registratura@viesbutis.example"


def first_group(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, text[:200]
    return found[1]


def letters(office: Office, address: str, about: str) -> list[Any]:
    """The letters to the address that speak of the visit."""
    found = []
    for path in sorted((office.folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if address in str(message["To"]) and about in str(message["Subject"]):
            found.append(message)
    return found


def letter_number(office: Office, address: str, about: str, number: int) -> Any:
    """Waited for: a worker draws its paper and sends it."""
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        if len(found := letters(office, address, about)) >= number:
            return found[number - 1]
        time.sleep(0.2)
    raise AssertionError(f"no letter {number} to {address}")


def take_guests(page: Any, address: str) -> None:
    page.goto(f"{address}sveciai/sarasas/")
    page.fill("[name=text]", LETTER)
    main_submit(page, "main form:has([name=text]) [type=submit]")
    look(page, 1440)
    rows = page.locator("table.plan tbody tr")
    assert rows.count() == 4
    assert "kartojasi" in rows.nth(2).inner_text()
    assert "weganka" in rows.nth(1).inner_text()
    assert "nesaugoma" in rows.nth(1).inner_text()  # the birthday
    main_submit(page, "main [name=step][value=commit]")
    assert page.locator("table.guests tbody tr").count() == 3


def place_everybody(page: Any, address: str) -> None:
    page.goto(f"{address}paslaugos/")
    look(page, 1440)
    page.locator('main a[href$="/siulymas/"]').first.click()
    page.wait_for_selector("main form[method=post] .btn-primary")
    assert "csrf" not in page.url
    main_submit(page, "main form[method=post] .btn-primary")
    look(page, 1440)
    assert "Maria Nowak" in page.inner_text(".bedrooms")


def approve(office: Office, visitor: Callable[..., Any], visit: int, page: Any, title: str) -> None:
    page.goto(f"{office.address}/reikalai/{visit}/pateikti/")
    main_submit(page, "[name=send]")
    page.wait_for_selector('main a[href^="/derinimas/"]', timeout=PATIENCE)
    head = visitor("vedeja", PHONE, "lt")
    head.goto(f"{office.address}/derinimas/")
    head.locator("main a", has_text=title).first.click()
    head.wait_for_url(re.compile(r"/derinimas/\d+/"))
    main_submit(head, 'form[action$="/patvirtinti/"] button')


def test_guests_are_served_by_lists_received_and_reported(
    office: Office, worker, person: Person, visitor: Callable[..., Any]
):
    title, today = f"Opolės mokytojų stažuotė {time.time_ns() % 10_000}", datetime.date.today()
    tomorrow = today + datetime.timedelta(days=1)
    staff = choices(person.get("/delegacijos/nauja/")[2], "responsible")
    visit = open_visit(
        person,
        title=title,
        starts_on=today.isoformat(),
        ends_on=tomorrow.isoformat(),
        responsible=next(pk for words, pk in staff.items() if words.startswith("Ieva Juknelytė")),
    )
    address = f"{office.address}/delegacijos/{visit}/"
    page = visitor("specialiste", WIDE, "lt")
    take_guests(page, address)
    item = add_item(person, visit, "Priima mokykla", today.isoformat(), "0.15", "0.30")
    page.goto(f"{address}punktai/naujas/")
    hotel = first_group(r"(Viešbutis „Nemuno vingis“[^\n]*)", page.inner_text("[name=place]"))
    page.select_option("[name=kind]", "accommodation")
    page.fill("[name=title_lt]", "Nakvynė")
    page.fill("[name=title_pl]", "Nocleg")
    page.fill("[name=starts]", "23.45")
    page.fill("[name=until_on]", tomorrow.isoformat())
    page.select_option("[name=place]", label=hotel)
    main_submit(page, "form.item-form [type=submit]")
    place_everybody(page, address)

    page.goto(f"{address}sarasai/")
    look(page, 1440)
    main_submit(page, 'form[action$="/sarasai/siusti/"] .btn-primary')
    first = letter_number(office, HOTEL, title, 1)
    assert "PROJEKTAS" in first["Subject"]
    assert next(first.iter_attachments()).get_content().startswith(b"%PDF")

    approve(office, visitor, visit, page, title)
    second = letter_number(office, HOTEL, title, 2)  # the approved one goes by itself
    assert "PROJEKTAS" not in second["Subject"]

    subprocess.run(  # what the beat does every quarter of an hour
        [sys.executable, "-m", "celery", "-A", "alytus_ryšiai", "call", "delegations.move_by_date"],
        cwd=ROOT, env=office.environment, check=True, timeout=60, capture_output=True,
    )  # fmt: skip
    phone = visitor("specialiste", PHONE, "lt")
    phone.goto(f"{address}siandien/{item}/")
    look(phone, 390)
    phone.fill("[name=note]", "Susitarta dėl dviejų stažuočių.")
    main_submit(phone, "button[value=outcome]")
    look(phone, 390)
    assert "Susitarta dėl dviejų stažuočių." in phone.inner_text(f"#item-{item}")

    page.goto(f"{address}ataskaita/")
    look(page, 1440)
    assert "Susitarta dėl dviejų stažuočių." in page.inner_text("main")


def test_a_festival_shares_its_items_and_shows_all_its_guests(
    office: Office, person: Person, visitor: Callable[..., Any]
):
    first = datetime.date.today() + datetime.timedelta(days=90)
    days = {
        "starts_on": first.isoformat(),
        "ends_on": (first + datetime.timedelta(days=1)).isoformat(),
    }
    page = visitor("specialiste", WIDE, "lt")
    page.goto(f"{office.address}/delegacijos/sventes/nauja/")
    look(page, 1440)
    page.fill("[name=title]", "Chorų šventė")
    for name, day in days.items():
        page.fill(f"[name={name}]", day)
    main_submit(page, "main form.form-col [type=submit]")
    look(page, 1440)  # nobody comes yet
    festival = first_group(r"/sventes/(\d+)/", page.url)

    visits = [open_visit(person, title=title, **days) for title in ("Pirmasis choras", "Antrasis choras")]
    for visit in visits:
        person.post(
            f"/delegacijos/{visit}/sveciai/naujas/", name=f"Anna {visit}", name_language="pl", kind="member"
        )
        page.goto(f"{office.address}/delegacijos/sventes/{festival}/")
        page.select_option("[name=visit]", str(visit))
        main_submit(page, 'form[action$="/prideti/"] button')
    add_item(person, visits[0], "Repeticija", days["starts_on"], "10.00", "11.00")

    page.goto(f"{office.address}/delegacijos/{festival}/punktai/naujas/")
    page.select_option("[name=kind]", "culture")
    page.fill("[name=starts]", "18.00")
    page.fill("[name=ends]", "19.30")
    for field in page.locator("[name^=title_]").all():
        field.fill("Bendras koncertas")
    main_submit(page, "form.item-form [type=submit]")
    look(page, 1440)
    for visit in visits:
        page.goto(f"{office.address}/delegacijos/{visit}/?rodinys=sarasas")
        assert "Bendras koncertas" in page.inner_text("#programme")

    page.goto(f"{office.address}/delegacijos/sventes/{festival}/lenta/")
    look(page, 1440)
    shared = page.locator(".hour-board td:has(.shared)")
    assert (shared.count(), shared.get_attribute("rowspan")) == (1, "2")
    assert page.locator(".hour-board a", has_text="Repeticija").count() == 1
    page.locator(".seg.days a").nth(1).click()
    page.wait_for_url(re.compile(days["ends_on"]))
    assert page.locator(".hour-board a", has_text="Repeticija").count() == 0
    phone = visitor("specialiste", PHONE, "lt")
    phone.goto(f"{office.address}/delegacijos/sventes/{festival}/lenta/")
    look(phone, 390)
    assert "Bendras koncertas" in phone.inner_text(".run")
