"""`script/test`: everything that must be true before a commit, on servers of its own that are thrown away."""

from __future__ import annotations

import concurrent.futures
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from runner import embedded, environment, system
from runner.account import Account
from runner.layout import PYTHON, ROOT, VENV, private_folder, say
from runner.server import set_up

PREFIX = "alytus-test-"
CODE = ["script", "bench", "deploy", "tests"]  # beside the apps, which stand in pyproject.toml
USAGE = """\
usage: script/test [--all] [--no-browser] [ARGUMENTS OF PYTEST]

Linters, contracts, types, catalogues and all tests. With arguments for pytest only these tests run.
--all         every page in both themes and both languages, not only by the rota
--no-browser  without Chromium; said in the closing lines
"""


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str | Path]
    environment: dict[str, str]

    def run(self) -> tuple[Check, bool, str, float]:
        began = time.monotonic()
        done = subprocess.run(
            self.command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        return self, done.returncode == 0, done.stdout, time.monotonic() - began


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(USAGE)
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    browser = "--no-browser" not in arguments
    arguments = [argument for argument in arguments if argument != "--no-browser"]
    chosen = [argument for argument in arguments if argument != "--all"]
    began = time.monotonic()
    set_up("requirements-dev.txt", system.PAPERS + system.CHECKING + (system.BROWSER if browser else ()))
    remove_leftovers()
    with scratch() as home, embedded.servers(home, {}, durable=False) as addresses:
        prepared = testing_environment(home, addresses)
        tally = Tally() if chosen else run_checks(prepared)
        code = run_pytest(arguments, prepared, home, tally, browser=browser)
    if chosen:
        say("Linters, contracts and catalogues were left out: only the tests asked for ran.")
    if not browser:
        say("Browser tests were left out (--no-browser).")
    say(f"{time.monotonic() - began:.0f} seconds, set-up included.")
    say(f"Total: {tally}")
    return 1 if tally.failed or code else 0


def testing_environment(home: Path, addresses: dict[str, str]) -> dict[str, str]:
    """Nothing of the person's own settings comes in, apart from what the machine needs."""
    prepared = {**environment.portal(home / "var", addresses, Account.of_this_process())}
    for name in ("EMAIL_URL", "LINK_HOST", "PUBLIC_URL", "ALLOWED_HOSTS", "HTTPS", "DEBUG"):
        prepared.pop(name, None)
    return {**prepared, "DEMO": "off", "HTTPS": "off"}


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the servers and the files of one run, locked while it lasts and removed after it."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    with (home / "test.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        private_folder(home / "var")
        try:
            yield home
        finally:
            shutil.rmtree(home, ignore_errors=True)


def remove_leftovers() -> None:
    """Servers and folders of runs that were killed."""
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            with (home / "test.lock").open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                embedded.stop_unused(home)
                shutil.rmtree(home, ignore_errors=True)
        except OSError:  # of another user, or still at work
            continue


def checks(prepared: dict[str, str]) -> list[Check]:
    """The slow ones first, so that two cores end together."""
    deployed = {**prepared, "HTTPS": "on", "ALLOWED_HOSTS": "rysiai.example.lt"}
    tools = VENV / "bin"
    templates = ["templates"]

    def check(name: str, *command: str | Path, env: dict[str, str] = prepared) -> Check:
        return Check(name, list(command), env)

    return [
        check("types (mypy)", tools / "mypy", "."),
        check("catalogues are complete", PYTHON, "script/runner/messages.py"),
        check("lint of templates (djlint)", tools / "djlint", "--lint", "--quiet", *templates),
        check(
            "settings fit for deployment",
            PYTHON,
            "manage.py",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            env=deployed,
        ),
        check("migrations are complete", PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
        check("who imports whom (lint-imports)", tools / "lint-imports"),
        check("lint (ruff)", tools / "ruff", "check", "--quiet", "."),
        check("format (ruff)", tools / "ruff", "format", "--check", "--quiet", "."),
        check("format of templates (djangofmt)", tools / "djangofmt", "--check", *templates),
    ]


def run_checks(prepared: dict[str, str]) -> Tally:
    tally = Tally()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        running = [pool.submit(check.run) for check in checks(prepared)]
        for future in concurrent.futures.as_completed(running):
            check, is_good, output, seconds = future.result()
            say(f"{'ok    ' if is_good else 'FAILED'} {check.name} ({seconds:.1f} s)")
            if is_good:
                tally.passed += 1
            else:
                tally.failed += 1
                say(output.rstrip())
    return tally


def run_pytest(
    arguments: list[str], prepared: dict[str, str], home: Path, tally: Tally, *, browser: bool
) -> int:
    report = home / "report.xml"
    command = [PYTHON, "-m", "pytest", "-q", f"--junitxml={report}", "-o", "junit_family=xunit1", *arguments]
    if not browser:
        command += ["-m", "not browser"]
    if not {"-n", "-x", "--pdb", "-s"} & set(arguments):
        command += ["-n", "2", "--dist", "loadfile"]
    code = subprocess.run(command, cwd=ROOT, env=prepared).returncode
    if report.exists():
        for suite in ET.parse(report).getroot().iter("testsuite"):
            bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            tally.failed += bad
            tally.skipped += skipped
            tally.passed += int(suite.get("tests", 0)) - bad - skipped
    return code
