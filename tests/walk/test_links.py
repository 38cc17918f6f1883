"""Pages of personal links in a browser, on a link host of their own, at the width of a phone: a host's, a guest's."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import PHONE, WIDE, Office
from .glance import look, main_submit
from .test_visit import letter_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOST, GUEST, OTHER = "meno.mokykla@alytus.example", "svecias1@cesis.example", "svecias2@cesis.example"

BACKLOG = 180_000  # milliseconds: the office's first letters and papers are before ours


def link_in(letter: str) -> str:
    return re.search(r"http://127\.0\.0\.1:\d+/n/[\w-]+/", letter)[0]


def item_of(page: Any, office: Office) -> str:
    """An item of the demonstration office about which nobody was asked by this test yet."""
    page.goto(f"{office.address}/delegacijos/")
    page.locator("main a", has_text="Opolės miesto delegacija").first.click()
    page.wait_for_selector("#programme")
    page.goto(f"{page.url.split('?')[0]}?rodinys=sarasas")
    href = page.locator("main a", has_text="Muzikos mokykla").first.get_attribute("href")
    return f"{office.address}{href}"


def test_host_proposes_another_time_and_it_is_taken(office: Office, worker, visitor, tmp_path: Path):
    began = time.time() - 1
    specialist = visitor("specialiste", WIDE, "lt")
    item = item_of(specialist, office)
    specialist.goto(f"{item}prasyti/")
    look(specialist, 1440)
    specialist.select_option("[name=person]", "")
    specialist.fill("[name=name]", "Vaiva Menininkė")
    specialist.fill("[name=email]", HOST)
    specialist.fill("[name=message]", "Svečiams rūpi mokinių mainai.")
    main_submit(specialist, "main [name=save]")
    assert "Vaiva Menininkė" in specialist.inner_text("#item-form")
    host = visitor("", PHONE, "lt")
    host.goto(link_in(letter_to(office, HOST, began, BACKLOG)))
    look(host, 390)
    assert "Zbigniew Łączyński" in host.inner_text("main")
    assert host.request.get(f"{office.link_address}/delegacijos/").status == 404

    host.locator("summary", has_text="Pasiūlyti kitą laiką").click()
    host.fill("#p_starts", "17.00")
    host.fill("#p_ends", "16.00")
    host.fill("#p_note", "Ryte – repeticija.")
    main_submit(host, 'form:has([value="proposed"]) button')
    look(host, 390)
    assert host.locator("#p_note").input_value() == "Ryte – repeticija."
    host.fill("#p_ends", "18.15")
    main_submit(host, 'form:has([value="proposed"]) button')
    look(host, 390)
    assert "17.00–18.15" in host.inner_text("main .note")

    specialist.goto(item)
    look(specialist, 1440)
    assert "Ryte – repeticija." in specialist.inner_text("#item-form")
    main_submit(specialist, 'li:has-text("Vaiva Menininkė") form[action$="/priimti-laika/"] button')
    assert specialist.input_value("#item-form [name=starts]") == "17.00"

    paper = tmp_path / "Programa mokiniams.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF")
    host.goto(link_in(letter_to(office, HOST, began, BACKLOG)))  # the link of each letter works on
    host.locator("summary", has_text="Pridėti pastabą").click()
    host.set_input_files("#a_files", paper)
    main_submit(host, 'form:has([value="confirmed"]) button')
    look(host, 390)
    assert "Programa mokiniams" in host.inner_text("main")
    specialist.goto(item)
    assert specialist.locator("#item-form a", has_text="Programa mokiniams").count() == 1


def test_guest_reads_her_own_page_and_nobody_elses(office: Office, worker, visitor):
    began = time.time() - 1
    specialist = visitor("specialiste", WIDE, "lt")
    specialist.goto(f"{office.address}/delegacijos/")
    specialist.locator("main a", has_text="Cėsių savivaldybės").first.click()
    specialist.wait_for_url(re.compile(r"/delegacijos/\d+/"))
    specialist.goto(f"{specialist.url.split('?')[0]}sveciai/nuorodos/")
    look(specialist, 1440)
    for name in ("Līga Bērziņa", "Andris Kļaviņš"):
        main_submit(specialist, f'tr:has-text("{name}") form[action$="/siusti/"] button')
    guest = visitor("", PHONE, "lt")
    mine, other = (link_in(letter_to(office, address, began, BACKLOG)) for address in (GUEST, OTHER))
    assert mine != other
    guest.goto(f"{mine}?kalba=lv")
    look(guest, 390)
    assert guest.get_attribute("html", "lang") == "lv"
    assert "Līga Bērziņa" in guest.inner_text("main")
    assert "Andris Kļaviņš" not in guest.inner_text("main")
    assert guest.locator("a[href^='tel:']").count() == 2
    assert "openstreetmap.org" in guest.locator("a.map").first.get_attribute("href")

    guest.locator("a[hreflang=lt]").click()
    guest.wait_for_selector("html[lang=lt]")
    look(guest, 390)
    calendar = guest.request.get(guest.locator("a[href*='kalendorius.ics']").evaluate("link => link.href"))
    assert calendar.ok
    assert b"BEGIN:VEVENT" in calendar.body()
    assert office.address.encode() not in calendar.body().replace(b"@localhost", b"")
    assert guest.request.get(mine[:-6] + "xxxxx/").status == 404
    assert guest.request.get(f"{mine}nauja/").status == 405  # GET does nothing

    row = specialist.locator("tr", has_text="Līga Bērziņa")
    with specialist.expect_navigation():
        row.locator('form[action$="/atsaukti/"] button').click()
    assert guest.goto(mine).status == 410
    look(guest, 390)
    assert guest.goto(other).ok
    with specialist.context.expect_page() as opened:
        specialist.locator('form[action$="/qr/"] button').click()
    sheet = opened.value
    sheet.wait_for_selector(".qr-sheet svg")
    look(sheet, 1440)
    assert sheet.locator(".qr-sheet svg").count() == 5
