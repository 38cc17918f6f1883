"""The demonstration office, served as in earnest, in a database of its own that no other test sees."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection as own

from tests.processes import WALKS, broker_url, database_url

from .crawl import Page, Person, crawl

ROOT = Path(settings.BASE_DIR)
PASSWORD = "alytus-demo"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
PEOPLE = ("", "specialiste", "vedeja", "adminas", "archyvare")  # whose links are followed, in this order
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Office:
    address: str
    link_address: str
    folder: Path
    environment: dict[str, str]


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Iterator[Office]:
    """The demonstration office behind Gunicorn with production settings; no worker, nothing is printed here."""
    folder = tmp_path_factory.mktemp("office")
    port = _free_port()
    name = f"walk_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
        "DATABASE_URL": database_url(name),
        "VAR_DIR": str(folder),
        "REDIS_URL": _own_broker(),
        "DEMO": "on",
        "DEBUG": "off",
        "HTTPS": "off",
        "PUBLIC_URL": f"http://localhost:{port}",
        "LINK_HOST": f"127.0.0.1:{port}",
        "LINK_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    _database(f'CREATE DATABASE "{name}"')
    try:
        for command in (["script/runner/prepare.py"], ["manage.py", "seed_demo", "--verbosity=0"]):
            subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, timeout=180)
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
        )
        try:
            _wait_for(f"http://localhost:{port}/sveikata/")
            yield Office(f"http://localhost:{port}", environment["LINK_URL"], folder, environment)
        finally:
            server.terminate()
            server.wait(30)
    finally:
        _database(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def worker(office: Office) -> Iterator[subprocess.Popen]:
    """The office's Celery worker: draws papers, sends letters (into the folder `mail`)."""
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "alytus_ryšiai", "-q"]
        + "worker -Q default,documents -c 1 --pool solo -l WARNING --without-mingle --without-gossip".split(),
        cwd=ROOT,
        env={**office.environment, "C_FORCE_ROOT": "1"},
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _own_broker() -> str:
    """A database of the broker for this office alone: its worker takes no other office's work."""
    return broker_url(WALKS + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 4)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _database(statement: str) -> None:
    """Beside Django's connection, which belongs to the tests' own database."""
    connection = psycopg2.connect(**{**own.get_connection_params(), "dbname": "postgres"})
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop lives in this thread
    with sync_playwright() as playwright:
        path = next(path for path in CHROMIUM if Path(path).exists())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture(scope="session")
def person(office: Office) -> Person:
    """The specialist over plain HTTP, for what a test finds there already."""
    return Person(office.address, "specialiste", PASSWORD)


@pytest.fixture(scope="session")
def known() -> dict[str, Any]:
    """Cookies of those who have logged in through the form once."""
    return {}


@pytest.fixture
def visitor(office: Office, chromium, known: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """`visitor("vedeja", PHONE, "lt")`: a page of her own, logged in through the form; "" is nobody."""
    contexts = []

    def speak(context: Any, language: str) -> None:
        name = settings.LANGUAGE_COOKIE_NAME
        for address in (office.address, office.link_address):
            context.add_cookies([{"name": name, "value": language, "url": address}])

    def arrive(name: str, viewport: dict[str, int], language: str) -> Any:
        context = chromium.new_context(
            viewport=viewport, accept_downloads=True, storage_state=known.get(name)
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        speak(context, language)
        page = context.new_page()
        if name and name not in known:
            page.goto(office.address)
            page.fill("main [name=username]", name)
            page.fill("main [name=password]", PASSWORD)
            page.press("main [name=password]", "Enter")
            page.wait_for_selector("nav", state="attached")
            known[name] = context.storage_state()
            speak(context, language)  # logging in took up the language of her profile
        return page

    yield arrive
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def walked(office: Office) -> tuple[list[Page], list[str]]:
    """One page of each view, as the first person who reaches it, and what went wrong while following links."""
    pages: dict[str, Page] = {}
    faults: list[str] = []
    for name in PEOPLE:
        found, wrong = crawl(Person(office.address, name, PASSWORD))
        faults += wrong
        for page in found:
            pages.setdefault(page.view, page)
    return list(pages.values()), faults
