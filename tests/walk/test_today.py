"""The day's board on a telephone: out in the town the connection goes, what was typed does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import PHONE, Office
from .crawl import Person
from .glance import look

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOTE = "Susitarta dėl chorų mainų."


@pytest.fixture
def board(office: Office, person: Person) -> str:
    """The board of the delegation that is in town today."""
    html = person.get("/")[2]
    found = re.search(
        r'href="/delegacijos/(\d+)/siandien/[^"]*"\s*>[^<]*</a><small\s*>\s*Cėsių savivaldybės delegacija',
        html,
    )
    assert found
    return f"{office.address}/delegacijos/{found[1]}/siandien/"


def test_an_outcome_typed_without_a_connection_is_kept_and_sent_once_there_is_one(
    board: str, visitor: Callable[..., Any]
):
    page = visitor("specialiste", PHONE, "lt")
    page.goto(board)
    look(page, PHONE["width"])
    first = page.locator("li[data-outcome] a.title-link").first
    item = page.locator("li[data-outcome]").first.get_attribute("data-outcome")
    first.click()
    page.wait_for_url(re.compile(rf"/siandien/{item}/"))
    look(page, PHONE["width"])

    page.context.set_offline(True)
    page.locator("[data-offline]").wait_for(state="visible")
    page.fill("[name=note]", NOTE)
    page.locator("button[value=outcome]").click()
    assert page.input_value("[name=note]") == NOTE  # it has not gone to the browser's page of an error
    assert page.evaluate("item => localStorage.getItem(`alytus.outcome.${item}`)", item)

    with page.expect_navigation(url=re.compile(rf"/siandien/\?diena=.*#item-{item}")):
        page.context.set_offline(False)
    page.locator(f"#item-{item} .outcome-note", has_text=NOTE).wait_for()
    assert page.evaluate("item => localStorage.getItem(`alytus.outcome.${item}`)", item) is None
