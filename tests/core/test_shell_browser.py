"""The shell in a real browser: parts without axe violations, menus, questions, drafts and a session that ends."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from core.models import Draft
from tests.accounts.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = Path(settings.BASE_DIR) / "tests" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop lives in this thread
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def person(db):
    person = UserFactory(is_superuser=True, username="administratore")
    person.set_password("alytus-demo")
    person.save()
    return person


@pytest.fixture
def open_page(browser, live_server, client, person):
    """Opens a path as the person; `width`, `scheme` (light or dark) and `language` as asked."""
    contexts = []

    def go(path, *, width=1440, scheme="light", language="lt"):
        client.force_login(person)
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        context.set_default_timeout(8000)
        context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                },
                {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url},
            ]
        )
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console",
            lambda line: page.faults.append(line.text) if "Content Security Policy" in line.text else None,
        )
        page.goto(live_server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


def violations(page):
    page.context.new_cdp_session(page).send(
        "Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")}
    )
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_sheet_of_parts_has_no_violation_and_no_overflow(open_page, width, scheme):
    page = open_page(reverse("core:parts"), width=width, scheme=scheme)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []


def test_menu_and_question_work_by_keyboard(open_page):
    page = open_page(reverse("core:parts"))

    page.locator("header summary.me").focus()
    page.keyboard.press("Enter")
    assert page.locator("header details.menu-box[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details.menu-box[open]").count() == 0

    page.locator("details[data-ask] > summary").first.click()
    assert page.locator("dialog[open]").count() == 1
    assert page.evaluate("document.activeElement.hasAttribute('data-close')")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_rail_is_a_drawer_on_a_phone(open_page):
    page = open_page(reverse("core:parts"), width=390)

    page.locator("[data-rail]").click()
    assert page.locator("#meniu").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#meniu").is_visible()


def test_draft_is_kept_given_back_and_dropped_once_the_form_is_taken(open_page, live_server, person):
    page = open_page(reverse("core:parts"))
    page.fill("[name=purpose]", "Bendradarbiavimo planas")
    page.locator("[data-draft-words]", has_text="išsaugotas").wait_for()

    page.goto(live_server.url + reverse("core:parts"))
    assert page.input_value("[name=purpose]") == "Bendradarbiavimo planas"
    assert Draft.objects.get(user=person).values["purpose"] == ["Bendradarbiavimo planas"]

    page.click("[name=save]")  # refused: nothing else is filled in
    page.locator(".err-summary").wait_for()
    assert page.evaluate("document.activeElement.classList.contains('err-summary')")
    assert Draft.objects.exists()

    page.fill("[name=begins]", "2026-06-16")
    page.fill("[name=ends]", "2026-06-19")
    page.fill("[name=guests]", "9")
    page.click("[name=save]")
    page.locator(".toast-ry").last.wait_for()
    assert not Draft.objects.exists()


def test_ended_session_asks_in_place_and_sends_what_was_typed(open_page, person):
    page = open_page(reverse("core:parts"))
    page.fill("[name=purpose]", "Nedings")
    page.fill("[name=begins]", "2026-06-16")
    page.fill("[name=ends]", "2026-06-19")
    page.fill("[name=guests]", "9")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate("Date.now = (now => () => now() + 3600e3)(Date.now)")  # an hour passes

    page.click("[name=save]")
    page.locator("#session-dialog").wait_for()
    assert page.input_value("[name=purpose]") == "Nedings"
    page.fill("#session-password", "wrong")
    page.click("#session-dialog .btn-primary")
    page.locator("#session-error").wait_for()
    page.fill("#session-password", "alytus-demo")
    page.click("#session-dialog .btn-primary")
    page.locator(".toast-ry").last.wait_for()


def test_a_telephone_shows_the_other_filters_of_a_list_when_asked(open_page):
    page = open_page(reverse("delegations:list"), width=390)
    status = page.locator(".filters select").first
    switch = page.get_by_role("checkbox", name="Filtrai")

    assert page.locator(".filters input[type=search]").is_visible()
    assert not status.is_visible()
    switch.focus()
    page.keyboard.press("Space")
    assert status.is_visible()
    assert violations(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    assert status.is_visible()
    assert not switch.is_visible()
