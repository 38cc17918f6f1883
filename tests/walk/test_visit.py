"""The whole way of a visit in a browser: built, submitted, returned with a remark, approved, agreed to by link, printed."""

from __future__ import annotations

import datetime
import email
import email.policy
import io
import re
import time
from pathlib import Path
from typing import Any

import pytest
import vobject
from docx import Document as Docx

from documents import conformance

from .conftest import PHONE, WIDE, Office
from .glance import look, main_submit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATIENCE = 120_000  # milliseconds, for what a worker does


def letter_to(office: Office, address: str, after: float, patience: int = PATIENCE) -> str:
    """The newest letter to the address, waited for: the worker sends it."""
    deadline = time.monotonic() + patience / 1000
    while time.monotonic() < deadline:
        for path in sorted((office.folder / "mail").glob("*"), key=lambda path: -path.stat().st_mtime):
            text = path.read_bytes()
            message = email.message_from_bytes(text, policy=email.policy.default)
            if path.stat().st_mtime >= after and address in str(message["To"]):
                return message.get_body(("plain",)).get_content()
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address}")


def open_visit(page: Any, office: Office, title: str) -> str:
    page.goto(f"{office.address}/delegacijos/nauja/")
    look(page, 1440)
    first = datetime.date.today() + datetime.timedelta(days=60)
    page.select_option(
        "[name=city]", label=re.search(r"\n?\s*(Opolė[^\n]*)", page.inner_text("[name=city]"))[1]
    )
    page.fill("[name=title]", title)
    page.check("[name=basis][value=mayor]")
    page.fill("[name=starts_on]", first.isoformat())
    page.fill("[name=ends_on]", (first + datetime.timedelta(days=1)).isoformat())
    page.fill("[name=purpose]", "Muzikos mokyklų mainai.")
    page.check("[name=languages][value=pl]")
    page.select_option(
        "[name=host]", label=re.search(r"(Vytautas Daukša[^\n]*)", page.inner_text("[name=host]"))[1]
    )
    main_submit(page, "main [name=save]")
    found = re.search(r"/delegacijos/(\d+)/", page.url)
    assert found, page.inner_text("main")
    return found[1]


def add_guests(page: Any, office: Office, visit: str) -> None:
    page.goto(f"{office.address}/delegacijos/{visit}/sveciai/")
    page.fill("[name=text]", "Zbigniew Łączyński, Prezydent Miasta\nMałgorzata Świętoń – Przewodnicząca Rady")
    main_submit(
        page, "main form:has([name=text]) button[type=submit], main form:has([name=text]) [type=submit]"
    )
    assert "Małgorzata Świętoń" in page.inner_text("main")
    look(page, 1440)
    main_submit(page, "main [name=step][value=commit]")
    assert "Przewodnicząca Rady" in page.inner_text("main")
    look(page, 1440)


def add_item(
    page: Any, office: Office, visit: str, words: tuple[str, str], hours: tuple[str, str], kind: str
) -> None:
    page.goto(f"{office.address}/delegacijos/{visit}/punktai/naujas/")
    page.fill("[name=title_lt]", words[0])
    page.fill("[name=title_pl]", words[1])
    page.select_option("[name=kind]", kind)
    page.fill("[name=starts]", hours[0])
    page.fill("[name=ends]", hours[1])
    page.select_option("[name=place]", index=1)
    main_submit(page, "form.item-form [type=submit]")
    assert words[0] in page.inner_text("main")


def submit(page: Any, office: Office, visit: str, note: str) -> None:
    page.goto(f"{office.address}/delegacijos/{visit}/")
    page.locator(f'main a[href="/reikalai/{visit}/pateikti/"]').first.click()
    page.wait_for_selector("[name=cover_note]")
    look(page, 1440)
    page.locator("[name=ladder]").nth(1).check()  # with the director
    page.fill("[name=cover_note]", note)
    main_submit(page, "[name=send]")
    # the worker draws the frozen paper; the page asks for its progress by itself
    page.wait_for_selector('main a[href^="/derinimas/"]', timeout=PATIENCE)


def opened_decision(page: Any, office: Office, title: str) -> None:
    page.goto(f"{office.address}/derinimas/")
    look(page, 390)
    page.locator("main a", has_text=title).first.click()
    page.wait_for_url(re.compile(r"/derinimas/\d+/"))
    look(page, 390)


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_whole_way_of_a_visit(office: Office, worker, visitor, language: str, tmp_path: Path):
    began = time.time() - 1
    title = f"Opolės chorų viešnagė {language}"
    specialist = visitor("specialiste", WIDE, language)
    visit = open_visit(specialist, office, title)
    add_guests(specialist, office, visit)
    add_item(specialist, office, visit, ("Priima meras", "Spotkanie z merem"), ("9.00", "10.00"), "meeting")
    add_item(specialist, office, visit, ("Pietūs rotušėje", "Obiad w ratuszu"), ("12.30", "13.45"), "meal")
    add_item(specialist, office, visit, ("Koncertas", "Koncert"), ("17.00", "18.30"), "culture")
    look(specialist, 1440)
    submit(specialist, office, visit, "Prašau patvirtinti iki penktadienio.")

    head = visitor("vedeja", PHONE, language)
    opened_decision(head, office, title)
    assert "Prašau patvirtinti iki penktadienio." in head.inner_text("main")
    assert head.request.get(office.address + head.locator('a[href$="/pdf/"]').first.get_attribute("href")).ok
    head.select_option(".remark-form select", index=2)
    head.fill(".remark-form textarea", "Ar tikrai rotušėje?")
    main_submit(head, ".remark-form button")
    look(head, 390)
    head.locator("form.return-form").evaluate(
        "form => form.closest('details') && (form.closest('details').open = true)"
    )
    head.fill("form.return-form textarea", "Pietus perkelkite pusvalandžiu vėliau.")
    main_submit(head, "form.return-form button")

    specialist.goto(f"{office.address}/delegacijos/{visit}/")
    assert "Pietus perkelkite" in specialist.inner_text("main") or "Pietus perkelkite" in _history(
        specialist, office, visit
    )
    specialist.goto(f"{office.address}/delegacijos/{visit}/?rodinys=sarasas")
    lunch = specialist.locator("main a", has_text="Pietūs rotušėje").first.get_attribute("href")
    specialist.goto(f"{office.address}{lunch}")
    specialist.fill("[name=starts]", "13.00")
    specialist.fill("[name=ends]", "14.15")
    main_submit(specialist, "form.item-form [type=submit]")
    submit(specialist, office, visit, "Perkelta 👍")  # the sheet prints the emoji by its code

    opened_decision(head, office, title)
    with head.expect_navigation():
        head.locator('form[action$="/patvirtinti/"] button').dblclick()
    assert head.locator("main .note.bad").count() == 0  # pressed twice, approved once

    letter = letter_to(office, "direktorius@alytus.example", began)
    link = re.search(r"http://127\.0\.0\.1:\d+/n/[\w-]+/", letter)[0]
    director = visitor("", PHONE, language)
    director.goto(link)
    look(director, 390)
    assert title in director.inner_text("main")
    assert director.goto(f"{office.link_address}/delegacijos/{visit}/").status == 404
    assert director.goto(f"{office.link_address}/paskyra/prisijungti/").status == 404
    director.goto(link)
    main_submit(director, "form:has([name=decision][value=approve]) button")
    look(director, 390)
    assert director.url == link  # which shows the decision taken from now on
    assert title in director.inner_text("main")
    assert director.locator("[name=decision]").count() == 0

    specialist.goto(f"{office.address}/dokumentai/reikalas/{visit}/")
    look(specialist, 1440)
    assert _made(specialist, office, visit) == 5
    _files_are_valid(specialist, office, visit)


def _history(page: Any, office: Office, visit: str) -> str:
    page.goto(f"{office.address}/reikalai/{visit}/istorija/")
    return page.inner_text("main")


def _made(page: Any, office: Office, visit: str) -> int:
    """Press "make" for each paper; the number of papers that can then be downloaded."""
    forms = page.locator(f'form[action="/dokumentai/reikalas/{visit}/parengti/"]')
    papers = {
        (form.locator("[name=kind]").input_value(), form.locator("[name=language]").input_value())
        for form in forms.all()
    }
    for kind, language in sorted(papers):
        page.goto(f"{office.address}/dokumentai/reikalas/{visit}/")
        page.locator(
            f'form[action$="/parengti/"]:has([name=kind][value="{kind}"]):has([name=language][value="{language}"]) button'
        ).first.click()
        page.wait_for_selector("#papers progress", state="attached", timeout=5_000)
        page.wait_for_selector("#papers progress", state="detached", timeout=PATIENCE)
    look(page, 1440)
    return len(papers)


def _files_are_valid(page: Any, office: Office, visit: str) -> None:
    page.goto(f"{office.address}/dokumentai/reikalas/{visit}/")
    targets = {
        link.get_attribute("href") for link in page.locator('main a[href*="/dokumentai/versijos/"]').all()
    }
    kinds = {"pdf": 0, "docx": 0}
    for target in sorted(filter(None, targets)):
        body = page.request.get(office.address + target).body()
        if body.startswith(b"%PDF"):
            assert conformance.check(body) == [], target
            kinds["pdf"] += 1
        elif body.startswith(b"PK"):
            assert Docx(io.BytesIO(body)).paragraphs
            kinds["docx"] += 1
    assert kinds["pdf"] >= 6  # five papers, and the approved one with its sheet
    assert kinds["docx"] >= 2
    calendar = page.request.get(f"{office.address}/delegacijos/{visit}/kalendorius.ics").text()
    events = list(vobject.readOne(calendar).vevent_list)
    assert len(events) >= 3
