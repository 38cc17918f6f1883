"""Serve a site as it is served in earnest, ask it for pages, and count the processor time of all who answered."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psycopg2
from environ import Env

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP, ROUNDS = 16, 5


@dataclass
class Site:
    """A Gunicorn with the settings of deploy/, on a socket of its own."""

    port: int
    pid: int

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


@dataclass
class Page:
    """One address of a site, and what asking for it cost in each round."""

    name: str
    site: Site
    path: str
    cookie: str = ""
    web_ms: list[float] = field(default_factory=list)
    database_ms: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    bytes: int = 0

    @property
    def cpu_ms(self) -> float:
        return median(web + database for web, database in zip(self.web_ms, self.database_ms, strict=True))

    def p95_ms(self) -> float:
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)] * 1000


@contextmanager
def served(module: str, port: int, environment: dict[str, str]) -> Iterator[Site]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "deploy/gunicorn.conf.py",
            "-b",
            f"127.0.0.1:{port}",
            module,
        ],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    site = Site(port, process.pid)
    try:
        _wait_for(site, process)
        yield site
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(site: Site, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(200):
        if process.poll() is not None:
            raise SystemExit(f"The server of port {site.port} ended at once: is the port taken?")
        try:
            connection = site.connect()
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise SystemExit(f"The site on port {site.port} does not answer.")


def measure(pages: list[Page], *, requests: int = 60) -> None:
    """All pages in turn, several rounds, so that a busy moment of the machine falls on all alike."""
    for page in pages:
        _ask(page, WARM_UP)
    for _round in range(ROUNDS):
        for page in pages:
            web, database = cpu_of(page.site.pid), cpu_of(_postmaster())
            page.seconds += _ask(page, requests)
            page.web_ms.append((cpu_of(page.site.pid) - web) * 1000 / requests)
            page.database_ms.append((cpu_of(_postmaster()) - database) * 1000 / requests)


def _ask(page: Page, times: int) -> list[float]:
    connection = page.site.connect()
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        connection.request("GET", page.path, headers={"Cookie": page.cookie} if page.cookie else {})
        answer = connection.getresponse()
        body = answer.read()
        taken.append(time.perf_counter() - began)
        if answer.status != 200:
            raise SystemExit(
                f"{page.name}: {page.path} answered {answer.status} {answer.getheader('Location') or ''}"
            )
        page.bytes = len(body)
    connection.close()
    return taken


def cpu_of(pid: int) -> float:
    """Seconds of processor time the process, those it started and those it waited for have used."""
    ticks = 0
    for each in _family(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(map(int, fields[11:15]))  # utime, stime and those of children that ended
    return ticks / TICKS


def _family(pid: int) -> list[int]:
    family = [pid]
    for each in family:
        try:
            tasks = list(Path(f"/proc/{each}/task").iterdir())
            family += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return family


def _postmaster() -> int:
    config = Env.db_url_config(os.environ["DATABASE_URL"])
    lock = Path(config["HOST"]) / ".s.PGSQL.5432.lock"
    return int(lock.read_text().splitlines()[0])


def make_database(name: str) -> None:
    config = Env.db_url_config(os.environ["DATABASE_URL"])
    connection = psycopg2.connect(host=config["HOST"], user=config["USER"], dbname=config["NAME"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()


def table(rows: list[dict[str, object]]) -> str:
    """Columns as wide as their widest value; numbers to the right."""
    names = list(rows[0])
    shown = [names, *[[_shown(row[name]) for name in names] for row in rows]]
    widths = [max(len(line[at]) for line in shown) for at in range(len(names))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if at == 0 else text.rjust(width)
            for at, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in shown
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)
