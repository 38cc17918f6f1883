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
LETTER = """Imię i nazwisko\tStanowisko\tRola\tTowarzyszy\tJęzyki\tDieta\tE-mail\tZgoda
Zbigniew Łączyński\tPrezydent Miasta\tszef delegacji\t\tpolski, angielski\t\t\t{day}
Danuta Łączyńska\t\tmałżonka\tZbigniew Łączyński\tpolski\twegetarianka\t\t{day}
Małgorzata Świętoń\tPrzewodnicząca Rady\t\t\tpolski\t\t\t{day}
Maria Nowak\tnauczycielka\t\t\tpolski\tweganka\tmaria@opole.example\t31.02.{year}
Maria Nowak\tnauczycielka\t\t\tpolski\tweganka\tmaria@opole.example\t{day}
Jan Kowalski\t\ttłumacz\t\tpolski, litewski\t\t\t{day}
Krzysztof Wójcik\tdyrektor szkoły\t\t\tpolski\t\t\t{day}
Ewa Żółtowska\tdyrektorka szkoły\t\t\tpolski\tweganka\t\t{day}
Tomasz Gąsior\tnauczyciel\t\t\tpolski\t\t\t{day}
Agnieszka Dąbek\tdziennikarka\tprasa\t\tpolski\t\t\t{day}"""
HOTEL, KITCHEN, DRIVER = "registratura@viesbutis.example", "virtuve@kiemas.example", "vairuotojas"
GUEST, HOST = "maria@opole.example", "svietimas@alytus.example"
CLASH = "In two places at the same time"
LINK = r"(http://127\.0\.0\.1:\d+/n/[\w-]+/)"


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


def chosen(page: Any, name: str, words: str) -> str:
    """The option of the select whose words begin so."""
    return beginning(choices(page.content(), name), words)


def beginning(options: dict[str, str], words: str) -> str:
    return next(value for label, value in options.items() if label.startswith(words))


def take_guests(page: Any, address: str, today: datetime.date) -> None:
    """Ten rows of a letter, two of them one person, a day of consent that is no day: corrected before anything is kept."""
    letter = LETTER.format(day=f"{today - datetime.timedelta(days=9):%d.%m.%Y}", year=today.year)
    page.goto(f"{address}sveciai/sarasas/")
    page.fill("[name=text]", letter)
    main_submit(page, "main form:has([name=text]) [type=submit]")
    look(page, 1440)
    rows = page.locator("table.plan tbody tr")
    assert rows.count() == 10
    assert "kartojasi" in rows.nth(4).inner_text()
    assert f"31.02.{today.year}" in rows.nth(3).inner_text()
    page.locator("main details:has([name=text]) summary").click()
    page.fill("[name=text]", letter.replace(f"31.02.{today.year}", f"{today:%d.%m.%Y}"))
    main_submit(page, "main form:has([name=text]) [type=submit]")
    assert "31.02" not in page.inner_text("table.plan")
    main_submit(page, "main [name=step][value=commit]")
    guests = page.locator("table.guests tbody tr")
    assert guests.count() == 9
    assert "vadov" in guests.first.inner_text()
    assert "lydi: Zbigniew Łączyński" in guests.filter(has_text="Danuta").inner_text()


def write_journeys(page: Any, address: str, today: datetime.date) -> None:
    """Most fly, two come by bus; the car and the driver who meet each are proposed and taken."""
    for mode, number, hour, place, who in (
        ("flight", "LO 781", "9.10", "Vilniaus oro uostas", ()),
        ("bus", "R 12", "10.05", "Miesto sodas", ("Tomasz Gąsior", "Krzysztof Wójcik")),
    ):
        page.goto(f"{address}keliones/nauja/")
        page.select_option("[name=mode]", mode)
        page.fill("[name=number]", number)
        page.fill("[name=other_end]", "Opole")
        page.fill("[name=on]", today.isoformat())
        page.fill("[name=at]", hour)
        page.select_option("[name=place]", chosen(page, "place", place))
        if who:
            page.uncheck("[name=is_for_all]")
        for name in who:
            page.get_by_label(name).check()
        main_submit(page, "main form.form-col [type=submit]")
    page.locator('main a[href$="/keliones/pervezimai/"]').first.click()
    page.wait_for_selector(".proposal")
    look(page, 1440)
    assert page.locator(".proposal").count() == 2
    for select in page.locator(".proposal select").all():
        assert select.input_value()  # a car with seats enough and a driver who is free
    main_submit(page, "main form.stack .btn-primary")
    look(page, 1440)
    assert "niekas nepasitinka" not in page.inner_text("main")


def place_everybody(page: Any, address: str, item: int) -> None:
    page.goto(f"{address}paslaugos/viesbuciai/{item}/siulymas/")
    look(page, 1440)
    main_submit(page, "main form[method=post] .btn-primary")
    look(page, 1440)
    rooms = page.locator(".bedrooms > li").all_inner_texts()
    assert any("Zbigniew" in room and "Danuta" in room for room in rooms)  # they travel together
    assert sum(room.count("Łączyńsk") for room in rooms) == 2


def order_lunch(page: Any, address: str, item: int) -> None:
    page.goto(f"{address}paslaugos/maitinimas/{item}/")
    look(page, 1440)
    sums = " ".join(page.inner_text("#diets, [aria-labelledby=diets]").split())
    assert "weganka 2" in sums
    assert "wegetarianka 1" in sums


def ask_the_host(office: Office, visitor: Callable[..., Any], page: Any, address: str, item: int) -> None:
    """By letter; she answers on the telephone, on the host of links."""
    page.goto(f"{address}punktai/{item}/prasyti/")
    page.fill("[name=name]", "Rasa Petrauskienė")
    page.fill("[name=email]", HOST)
    look(page, 1440)
    main_submit(page, "main form.form-col [type=submit]")
    letter = letter_number(office, HOST, "", 1).get_body(("plain",)).get_content()
    host = visitor("", PHONE, "lt")
    host.goto(first_group(LINK, letter))
    look(host, 390)
    assert "Zbigniew Łączyński" in host.inner_text("main")
    assert "weg" not in host.inner_text("main")
    main_submit(host, "main form:has([name=answer][value=confirmed]) .btn-primary")
    look(host, 390)
    page.goto(f"{address}punktai/{item}/")
    look(page, 1440)
    assert "Rasa Petrauskienė" in page.inner_text("main")
    assert "atsakymo dar nėra" not in page.inner_text("main")
    assert "priims" in page.inner_text("main")


def receive(page: Any, address: str, today: datetime.date) -> None:
    """What the mayor does with them, with somebody who speaks their language."""
    page.goto(f"{address}punktai/naujas/")
    page.fill("[name=title_lt]", "Priima meras")
    page.fill("[name=title_pl]", "Spotkanie z merem")
    page.select_option("[name=on]", today.isoformat())
    page.fill("[name=starts]", "15.00")
    page.fill("[name=ends]", "16.00")
    page.select_option("[name=place]", chosen(page, "place", "Savivaldybė"))
    page.get_by_label("Ignas Rakauskas").check()
    main_submit(page, "form.item-form [type=submit]")
    look(page, 1440)


def send_lists(office: Office, page: Any, address: str, about: str) -> None:
    """Before the programme is approved they go as drafts; the restaurant's address is written first."""
    page.goto(f"{address}sarasai/")
    page.locator('main a.title-link[href*="/sarasai/kitchen"]').click()
    page.wait_for_selector("#gavejas, [aria-labelledby=gavejas]", state="attached")
    look(page, 1440)
    page.fill("main [name=email]", KITCHEN)
    main_submit(page, "main form:has([name=email]) [type=submit]")
    page.goto(f"{address}sarasai/")
    look(page, 1440)
    main_submit(page, 'form.push[action$="/sarasai/siusti/"] .btn-primary')
    for reader in (HOTEL, KITCHEN, DRIVER):
        letter = letter_number(office, reader, about, 1)
        assert "PROJEKTAS" in letter["Subject"]
        assert next(letter.iter_attachments()).get_content().startswith(b"%PDF")
    text = letters(office, KITCHEN, about)[0].as_string()
    assert "Łączyńska" not in text


def approve(office: Office, visitor: Callable[..., Any], visit: int, page: Any, title: str) -> None:
    page.goto(f"{office.address}/reikalai/{visit}/pateikti/")
    main_submit(page, "[name=send]")
    page.wait_for_selector('main a[href^="/derinimas/"]', timeout=PATIENCE)
    head = visitor("vedeja", PHONE, "lt")
    head.goto(f"{office.address}/derinimas/")
    head.locator("main a", has_text=title).first.click()
    head.wait_for_url(re.compile(r"/derinimas/\d+/"))
    main_submit(head, 'form[action$="/patvirtinti/"] button')


def by_calendar(office: Office) -> None:
    """What the beat does every quarter of an hour."""
    subprocess.run(
        [sys.executable, "-m", "celery", "-A", "alytus_ryšiai", "call", "delegations.move_by_date"],
        cwd=ROOT, env=office.environment, check=True, timeout=60, capture_output=True,
    )  # fmt: skip


def read_by_the_guest(
    office: Office, visitor: Callable[..., Any], page: Any, address: str, about: str
) -> None:
    """Her own page, in her language, on her telephone; nothing that is ours."""
    page.goto(f"{address}sveciai/nuorodos/")
    look(page, 1440)
    main_submit(page, 'main form[action$="/nuorodos/siusti/"] .btn-primary')
    letter = letter_number(office, GUEST, "", 1)
    guest = visitor("", PHONE, "lt")
    guest.goto(first_group(LINK, letter.get_body(("plain",)).get_content()))
    look(guest, 390)
    words = guest.inner_text("body")
    assert guest.get_attribute("html", "lang") == "pl"
    assert "Spotkanie z merem" in words
    assert "Tekstilės muziejus" not in words  # another guest's own programme
    assert "weganka" not in words


def during_the_day(
    office: Office,
    visitor: Callable[..., Any],
    address: str,
    items: tuple[int, int],
    about: str,
) -> int:
    """On a telephone: one is held, one moves, one does not happen; who is touched is told. The number of the held one."""
    lunch, walk = items
    phone = visitor("specialiste", PHONE, "lt")
    phone.goto(f"{address}siandien/")
    look(phone, 390)
    phone.locator("#day .run a, .run a.title-link", has_text="Priima meras").first.click()
    phone.wait_for_selector("[name=note]")
    look(phone, 390)
    held = int(first_group(r"/siandien/(\d+)/", phone.url))
    phone.fill("[name=note]", "Susitarta dėl dviejų stažuočių.\nLauks kvietimo.")
    phone.fill("[name=agreed]", "Dvi stažuotės pavasarį.")
    main_submit(phone, "button[value=outcome]")
    assert "Lauks kvietimo." in phone.inner_text(".run")

    phone.goto(f"{address}siandien/{lunch}/")
    phone.fill("[name=starts]", "13.30")
    main_submit(phone, "button[value=move]")
    look(phone, 390)
    assert "13.30" in phone.inner_text(f"#item-{lunch}")
    told = letter_number(office, KITCHEN, about, 3)
    assert "13.30" in told.get_body(("plain",)).get_content()

    phone.goto(f"{address}siandien/{walk}/")
    phone.fill("#atsaukti [name=reason]", "Lietus.")
    main_submit(phone, "button[value=cancel]")
    assert "atšaukta" in phone.inner_text(f"#item-{walk}").lower()
    assert len(letters(office, HOTEL, about)) == 2  # no bed was touched
    return held


def report(page: Any, address: str, held: int, own: int, today: datetime.date) -> None:
    """Made from the programme; what was agreed becomes somebody's task."""
    page.goto(f"{address}ataskaita/")
    look(page, 1440)
    assert "Susitarta dėl dviejų stažuočių." in page.inner_text(f"#item-{held}")
    page.goto(f"{address}ataskaita/punktai/{held}/")
    look(page, 1440)
    page.fill("[name=work-title]", "Pakviesti stažuotojas")
    page.select_option("[name=work-owner]", chosen(page, "work-owner", "Ieva Juknelytė"))
    page.fill("[name=work-due_on]", (today + datetime.timedelta(days=14)).isoformat())
    main_submit(page, "main form:has([name=work-title]) button")
    assert "Pakviesti stažuotojas" in page.inner_text("main")
    page.goto(f"{address}ataskaita/punktai/{own}/")
    page.fill("[name=note]", "Parodyta juostų audykla.")
    main_submit(page, "main form:has([name=note]) .btn-primary")
    page.fill("[name=summary]", "Sutarta dėl mokytojų stažuočių.")
    main_submit(page, "#summary ~ * form button, [aria-labelledby=summary] form button")


def close(office: Office, page: Any, visit: int, address: str) -> None:
    """The visit's days are over: each thing of the list is mended where it leads, or left with a reason."""
    turn = "from delegations.services import state; from delegations.choices import Status; state._move_one({}, Status.REPORTING)"
    subprocess.run(  # for this visit alone: the others of the office stay in town
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", turn.format(visit)],
        cwd=ROOT, env=office.environment, check=True, timeout=60, capture_output=True,
    )  # fmt: skip
    page.goto(f"{address}ataskaita/")
    look(page, 1440)
    assert page.locator(".page-head button[aria-disabled=true], main button[aria-disabled=true]").count() == 1
    leave = page.locator(
        "details.leave", has=page.locator('[value="closing:outcomes"]')
    )  # tomorrow's meeting
    leave.locator("summary").click()
    leave.locator("[name=reason]").fill("Susitikimas bus rytoj.")
    with page.expect_navigation():
        leave.locator("button").click()
    main_submit(page, 'main form[action$="/ataskaita/parengti/"] button')
    pdf = page.locator('.paper-row a[href*="/dokumentai/versijos/"]')
    deadline = time.monotonic() + PATIENCE / 1000
    while pdf.count() == 0 and time.monotonic() < deadline:
        main_submit(page, ".paper-row a.btn-bare[href$='/ataskaita/']")  # "Refresh"
    assert page.request.get(office.address + pdf.first.get_attribute("href")).body().startswith(b"%PDF")
    main_submit(page, ".paper-row a.btn-bare[href^='/dokumentai/']")
    look(page, 1440)
    register = chosen(
        page, "register-register", "Skyriaus pažymos ir aktai"
    )  # our own: the number comes at once
    page.select_option("[name=register-register]", register)
    main_submit(page, 'form[action$="/registruoti/"] button')
    page.goto(f"{office.address}/reikalai/{visit}/pavedimai/")
    look(page, 1440)
    main_submit(page, 'form[action$="/atlikta/"] button')
    page.goto(f"{address}ataskaita/")
    page.locator("details.ask summary", has_text="Uždaryti vizitą").click()
    main_submit(page, 'form[action$="/uzdaryti/"] .btn-primary')
    page.goto(f"{address}ataskaita/")
    look(page, 1440)
    assert "Susitikimas bus rytoj." in page.inner_text(
        "main"
    )  # what was left, and why, is read afterwards too
    assert page.locator("main form button").count() == 0


def test_nine_guests_are_served_by_lists_received_and_reported(
    office: Office, worker, person: Person, visitor: Callable[..., Any]
):
    title, today = f"Opolės delegacija {time.time_ns() % 10_000}", datetime.date.today()
    tomorrow = today + datetime.timedelta(days=1)
    staff = choices(person.get("/delegacijos/nauja/")[2], "responsible")
    visit = open_visit(
        person,
        title=title,
        starts_on=today.isoformat(),
        ends_on=tomorrow.isoformat(),
        expected_guests="9",
        responsible=beginning(staff, "Ieva Juknelytė"),
    )
    address = f"{office.address}/delegacijos/{visit}/"
    page = visitor("specialiste", WIDE, "lt")
    take_guests(page, address, today)
    places = choices(person.get(f"/delegacijos/{visit}/punktai/naujas/")[2], "place")
    stay = add_item(
        person, visit, "Nakvynė", today.isoformat(), "23.45", "", kind="accommodation",
        until_on=tomorrow.isoformat(), place=beginning(places, "Viešbutis „Nemuno"),
    )  # fmt: skip
    write_journeys(page, address, today)
    place_everybody(page, address, stay)
    lunch = add_item(
        person,
        visit,
        "Pietūs",
        today.isoformat(),
        "13.00",
        "14.00",
        kind="meal",
        place=beginning(places, "Restoranas „Senamiesčio"),
    )
    order_lunch(page, address, lunch)
    own = add_item(person, visit, "Tekstilės muziejus", today.isoformat(), "15.00", "16.00", kind="culture")
    page.goto(f"{address}punktai/{own}/")  # the spouse's own programme
    page.uncheck("[name=is_for_all]")
    page.get_by_label("Danuta Łączyńska").check()
    main_submit(page, "form.item-form [type=submit]")
    receive(page, address, today)
    walk = add_item(person, visit, "Pasivaikščiojimas", today.isoformat(), "17.00", "18.00", kind="culture")
    school = add_item(person, visit, "Mokyklos vadovai", tomorrow.isoformat(), "10.00", "11.00")
    ask_the_host(office, visitor, page, address, school)
    send_lists(office, page, address, title)

    approve(office, visitor, visit, page, title)
    for reader in (HOTEL, KITCHEN, DRIVER):  # the approved ones go by themselves
        assert "PROJEKTAS" not in letter_number(office, reader, title, 2)["Subject"]
    by_calendar(office)
    read_by_the_guest(office, visitor, page, address, title)
    held = during_the_day(office, visitor, address, (lunch, walk), title)
    report(page, address, held, own, today)
    close(office, page, visit, address)


def test_a_festival_shares_its_items_and_shows_all_its_guests(
    office: Office, person: Person, visitor: Callable[..., Any]
):
    first = datetime.date.today() + datetime.timedelta(days=90)
    days = {
        "starts_on": first.isoformat(),
        "ends_on": (first + datetime.timedelta(days=1)).isoformat(),
    }
    page = visitor("specialiste", WIDE, "en")
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
    add_item(person, int(festival), "Eisena", days["ends_on"], "12.00", "13.00", kind="culture")
    add_item(person, int(festival), "Sveikinimai", days["ends_on"], "12.50", "13.20", kind="ceremony")
    add_item(person, visits[0], "Garso bandymas", days["ends_on"], "12.30", "12.50")

    page.goto(f"{office.address}/delegacijos/{festival}/punktai/naujas/")
    page.select_option("[name=kind]", "culture")
    page.fill("[name=starts]", "18.00")
    page.fill("[name=ends]", "19.30")
    for field in page.locator("[name^=title_]").all():
        field.fill("Bendras koncertas")
    main_submit(page, "form.item-form [type=submit]")
    look(page, 1440)
    # The shared two that clash are told of in the festival's programme, the one's own only in its own.
    for visit, told in ((int(festival), 1), (visits[0], 1), (visits[1], 0)):
        page.goto(f"{office.address}/delegacijos/{visit}/?rodinys=sarasas")
        look(page, 1440)
        assert page.locator("#programme .run a", has_text="Bendras koncertas").count() == 1
        assert page.inner_text("main").count(CLASH) == told

    page.goto(f"{office.address}/delegacijos/sventes/{festival}/lenta/")
    look(page, 1440)
    shared = page.locator(".hour-board td:has(.shared)")
    assert (shared.count(), shared.get_attribute("rowspan")) == (1, "2")
    assert page.locator(".hour-board a", has_text="Repeticija").count() == 1
    page.locator(".seg.days a").nth(1).click()
    page.wait_for_url(re.compile(days["ends_on"]))
    assert page.locator(".hour-board a", has_text="Repeticija").count() == 0
    assert page.locator(".hour-board td", has_text="Eisena").filter(has_text="Garso bandymas").count() == 1
    phone = visitor("specialiste", PHONE, "en")
    phone.goto(f"{office.address}/delegacijos/sventes/{festival}/lenta/")
    look(phone, 390)
    assert "Bendras koncertas" in phone.inner_text(".run")
