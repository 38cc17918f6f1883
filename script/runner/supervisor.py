"""Several processes in one terminal: started together, restarted when one falls, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from runner.account import Account
from runner.layout import PYTHON, ROOT, say

MARK = "PORTAL_OF"  # in the environment of every child: finds what outlived a killed supervisor
PATIENCE = 15  # seconds between asking a process to end and ending it
FALLS, WITHIN = 5, 60  # so many falls in so many seconds end the attempt
COLOURS = {"web": 36, "worker": 33, "beat": 35}


@dataclass
class Child:
    name: str
    command: Sequence[str | Path]
    process: subprocess.Popen | None = None
    fallen_at: list[float] = field(default_factory=list)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    def __init__(
        self, account: Account, environment: dict[str, str], mark: Path, inherit: Sequence[int] = ()
    ) -> None:
        self.account = account
        self.environment = {**environment, MARK: str(mark)}
        self.inherit = tuple(inherit)
        self.children: list[Child] = []
        self.stopping = threading.Event()
        self.impatient = False

    def run(self, commands: dict[str, Sequence[str | Path]]) -> int:
        """Until Ctrl-C, SIGTERM or a process that cannot stay up. Returns the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        self.children = [Child(name, command) for name, command in commands.items()]
        code = 0
        try:
            for child in self.children:
                self._start(child)
            while not self.stopping.wait(0.2):
                if any(not self._keep_up(child) for child in self.children):
                    code = 1
                    break
        finally:
            self._stop()
        return code

    def _ask_to_stop(self, *_args: object) -> None:
        self.impatient = self.stopping.is_set()
        self.stopping.set()

    def _start(self, child: Child) -> None:
        child.process = subprocess.Popen(
            [PYTHON, "-I", "-S", Path(__file__).with_name("child.py"), str(os.getpid()), *child.command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self.inherit,
            **self.account.options(),
        )
        threading.Thread(target=_relay, args=(child.name, child.process), daemon=True).start()

    def _keep_up(self, child: Child) -> bool:
        if child.is_running():
            return True
        now = time.monotonic()
        child.fallen_at = [at for at in child.fallen_at if now - at < WITHIN] + [now]
        code = child.process.returncode if child.process else None
        child.signal_group(signal.SIGKILL)  # what it left behind
        if len(child.fallen_at) >= FALLS:
            say(f"{child.name} fell {FALLS} times within a minute; stopping. Its last words stand above.")
            return False
        say(f"{child.name} ended with code {code}; starting it again.")
        self._start(child)
        return True

    def _stop(self) -> None:
        for child in self.children:
            if child.is_running():
                assert child.process is not None
                child.process.terminate()  # it alone: it lets its own children finish what they are at
        deadline = time.monotonic() + PATIENCE
        while any(child.is_running() for child in self.children):
            if time.monotonic() > deadline or self.impatient:
                break
            time.sleep(0.05)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()


def _relay(name: str, process: subprocess.Popen) -> None:
    colour = f"\x1b[{COLOURS.get(name, 37)}m{name:<6} |\x1b[0m" if sys.stdout.isatty() else f"{name:<6} |"
    assert process.stdout is not None
    for line in process.stdout:
        with suppress(OSError):  # our own terminal may be gone
            sys.stdout.write(f"{colour} {line.decode(errors='replace').rstrip()}\n")
            sys.stdout.flush()


def end_leftovers(mark: Path) -> None:
    """End processes of this office whose supervisor was killed, and what they start meanwhile."""
    wanted = os.fsencode(f"{MARK}={mark}") + b"\0"
    for number, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        told: set[int] = set()
        deadline = time.monotonic() + patience
        while (
            found := {pid for pid in _pids() if wanted in _environment(pid)}
        ) and time.monotonic() < deadline:
            for pid in found - told:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
            told |= found
            time.sleep(0.05)


def _pids() -> list[int]:
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and int(entry.name) != os.getpid()
    ]


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""
