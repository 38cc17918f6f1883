"""The press desk in a browser: an article entered, found, coded, claimed, answered; the morning page; an analysis approved."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from .conftest import PHONE, WIDE, Office
from .glance import look, main_submit
from .test_links import link_in
from .test_visit import PATIENCE, letter_to, opened_decision

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PRESS = "/ziniasklaida/"
BODY = (
    "Savivaldybė šiemet baigs tvarkyti rotušės stogą, nors rangovas darbus vėluoja jau trečią mėnesį iš eilės. "
    "Pasak tarybos nario, sutartis pratęsta du kartus, o baudos rangovui taip ir nebuvo paskirtos iki šiol. "
    "Gyventojai teiraujasi, kada bus nuimti pastoliai nuo aikštės pusės ir ar kavinė galės dirbti vasarą. "
    "Administracija žada atsakyti, kai bus gautas techninės priežiūros aktas su visų trūkumų sąrašu."
)


def enter(page: Any, office: Office, outlet: str, title: str, text: str) -> str:
    """Met in print: one form; the article's address."""
    page.goto(f"{office.address}{PRESS}naujas/")
    page.select_option("[name=outlet]", label=outlet)
    page.fill("[name=title]", title)
    page.fill("[name=text]", text)
    main_submit(page, "main [name=save]")
    assert re.search(rf"{PRESS}\d+/$", page.url), page.inner_text("main")
    return page.url


def code(page: Any, article: str, tone: str) -> None:
    page.goto(f"{article}kodavimas/")
    look(page, 1440)
    assert page.locator("#machine").count() == 0
    page.check(f"[name=tone][value={tone}]")
    main_submit(page, "main [name=save]")
    look(page, 1440)


def note_claim(page: Any, article: str, quote: str, title: str) -> str:
    page.goto(f"{article}teiginys/")
    look(page, 1440)
    page.fill("[name=quote]", quote)
    page.fill("[name=title]", title)
    main_submit(page, "main [name=save]")
    assert re.search(r"/teiginiai/\d+/$", page.url), page.inner_text("main")
    look(page, 1440)
    return page.url


def ask_unit(page: Any, office: Office, claim: str, email: str) -> None:
    page.goto(f"{office.address}{PRESS}faktai/prasyti/{claim.rstrip('/').rpartition('/')[2]}/")
    look(page, 1440)
    page.fill("[name=name]", "Rimas Rangovas")
    page.fill("[name=email]", email)
    page.fill("[name=question]", "Ar baudos rangovui buvo skirtos?")
    page.fill("[name=hours]", "4")
    main_submit(page, "main [name=save]")


def submit(page: Any, office: Office, matter: str) -> None:
    page.goto(f"{office.address}/reikalai/{matter}/pateikti/")
    look(page, 1440)
    main_submit(page, "[name=send]")
    page.wait_for_selector('main a[href^="/derinimas/"]', timeout=PATIENCE)


def approve(page: Any, office: Office, title: str) -> None:
    opened_decision(page, office, title)
    main_submit(page, 'form[action$="/patvirtinti/"] button')
    look(page, 390)
    assert page.locator("main .note.bad").count() == 0


@pytest.mark.parametrize("language", ["lt", "en"])
def test_from_the_article_to_the_answer(office: Office, worker, visitor, language: str):
    began = time.time() - 1
    word = {"lt": "stogdengiai", "en": "dailidės"}[language]
    title, quote = f"Rotušės {word} vėluoja", f"Rangovui baudų nėra ({language})."
    text = f"{BODY} {quote} " + " ".join(f"{word.capitalize()} mini {number} langą." for number in range(40))
    officer = visitor("specialiste", WIDE, language)
    article = enter(officer, office, "Dzūkų žinios", title, text)
    look(officer, 1440)
    enter(
        officer,
        office,
        "Regiono diena",
        f"Aikštėje pastoliai, {word} dingo",
        text.replace("šiemet", "kitąmet"),
    )

    officer.goto(f"{office.address}{PRESS}?q=rotušių+{word}")
    officer.wait_for_selector("aside svg.columns")
    fold = officer.locator("tr", has_text=title).locator("details.folded")
    fold.locator("summary").click()
    assert f"{word} dingo" in fold.inner_text()
    look(officer, 1440)

    code(officer, article, "critical")
    officer.goto(article)
    look(officer, 1440)
    assert officer.locator("ul.facts a[href='#story']").count() == 1
    assert officer.locator("#coding").count() == 1

    claim = note_claim(officer, article, quote, title)
    unit = f"rangovas.{language}@alytus.example"
    ask_unit(officer, office, claim, unit)
    asked = visitor("", PHONE, language)
    asked.goto(link_in(letter_to(office, unit, began)))
    look(asked, 390)
    assert quote in asked.inner_text("main")
    main_submit(asked, "main form .btn-primary")  # nothing is written: said beside the field
    look(asked, 390)
    asked.fill("[name=answer]", "Bauda skirta gegužės 4 d., 12 000 eurų.")
    main_submit(asked, "main form .btn-primary")
    look(asked, 390)
    assert asked.locator("main .note.good").count() == 1

    officer.goto(claim)
    assert "12 000 eurų" in officer.inner_text("main")
    officer.fill("[name=our_facts]", "Bauda skirta gegužės 4 d., 12 000 eurų; padalinio atsakymas.")
    officer.check("[name=verdict][value=false]")
    main_submit(officer, "#verdict ~ * [name=save], section:has(#verdict) [name=save]")
    look(officer, 1440)
    officer.check("[name=answer_kind][value=comment]")
    officer.fill("[name=answer_title]", "Dėl baudų rangovui")
    officer.fill("[name=answer_text]", "Bauda rangovui skirta gegužės 4 d.")
    officer.fill("[name=signatory]", "Vardenė Pavardenė, skyriaus vedėja")
    main_submit(officer, "section:has(#answer) [name=save]")
    assert officer.locator("main .err").count() == 0, officer.inner_text("main")
    number = claim.rstrip("/").rpartition("/")[2]
    submit(officer, office, number)

    approve(visitor("vedeja", PHONE, language), office, title)

    officer.goto(f"{claim}atsakymas/")
    look(officer, 1440)
    officer.select_option("[name=sent_by]", "word")
    officer.fill("[name=where]", "redaktorei telefonu")
    main_submit(officer, "section:has(#send) [name=save]")
    look(officer, 1440)
    officer.locator("section:has(#articles) a.title-link").first.click()
    officer.wait_for_url(re.compile(r"/straipsniai/\d+/"))
    officer.select_option("[name=outcome]", "silent")
    main_submit(officer, "section:has(#outcome) [name=save]")
    look(officer, 1440)


def test_leaders_read_the_morning_page_by_a_link(office: Office, worker, visitor):
    began = time.time() - 1
    officer = visitor("specialiste", WIDE, "lt")
    article = enter(officer, office, "Dzūkų žinios", "Ryto žinia apie tiltą", f"{BODY} Tiltas atidarytas.")
    main_submit(officer, "form[action$='/i-ryto-apzvalga/'] button")
    if officer.url == article:
        pytest.skip("the page is made on working days")
    while officer.locator(
        ".digest-items .s-wait, .digest-items form[novalidate] button:has-text('Priimti')"
    ).count():
        main_submit(officer, ".digest-items form[novalidate] button:has-text('Priimti') >> nth=0")
    look(officer, 1440)
    main_submit(officer, "form[action$='/siusti/'] button")
    look(officer, 1440)
    link = link_in(letter_to(office, "direktorius@pavyzdys.example", began))

    for language, viewport in (("lt", PHONE), ("en", WIDE)):
        leader = visitor("", viewport, language)
        leader.goto(link)
        look(leader, viewport["width"])
        assert "Ryto žinia apie tiltą" in leader.inner_text("main")
        paper = leader.request.get(leader.locator("main a[href*='pdf']").evaluate("link => link.href"))
        assert paper.body().startswith(b"%PDF")
    assert leader.request.get(f"{office.link_address}{PRESS}").status == 404


def test_the_head_approves_an_analysis(office: Office, worker, visitor):
    officer = visitor("specialiste", WIDE, "lt")
    officer.goto(f"{office.address}{PRESS}analizes/")
    link = officer.locator("main tbody a.title-link").first
    title = link.inner_text()
    link.click()
    officer.wait_for_url(re.compile(r"/analizes/\d+/"))
    look(officer, 1440)
    submit(officer, office, officer.url.rstrip("/").rpartition("/")[2])

    approve(visitor("vedeja", PHONE, "lt"), office, title)

    officer.goto(f"{office.address}{PRESS}analizes/")
    look(officer, 1440)
    assert "patvirtin" in officer.locator("main tbody tr", has_text=title).inner_text()
