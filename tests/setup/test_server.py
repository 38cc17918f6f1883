"""`script/server` as a person uses it: starts, says where it is, survives kill -9, stops with Ctrl-C."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from runner import embedded
from runner.layout import ROOT
from runner.supervisor import end_leftovers
from tests.processes import eventually

from .test_supervisor import marked

pytestmark = pytest.mark.slow
ADDRESS = re.compile(r"^Alytaus ryšiai: (\S+)$", re.MULTILINE)


class Portal:
    """One run of script/server, with what it said."""

    def __init__(self, home: Path, environment: dict[str, str], **more: str) -> None:
        self.said = ""
        self.process = subprocess.Popen(
            [sys.executable, "script/server"],
            cwd=ROOT,
            env={**environment, "VAR_DIR": str(home), "DEMO": "off", "HTTPS": "off", **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def address(self) -> str:
        assert eventually(lambda: ADDRESS.search(self.said) or self.process.poll() is not None, within=180), (
            self.said
        )
        found = ADDRESS.search(self.said)
        assert found, self.said
        return found.group(1)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self.reader.join(5)
        return code


@pytest.fixture
def portal(home, clean_environment):
    started = []

    def start(**more: str) -> Portal:
        started.append(Portal(home, clean_environment, **more))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()
    end_leftovers(home)
    embedded.stop_unused(home)


def log_in_page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_server_survives_kill_of_everything_and_stops_with_ctrl_c(portal, home):
    port = str(free_port())
    first = portal(PORT=port)
    assert "csrfmiddlewaretoken" in log_in_page(first.address())
    key = (home / "secret_key").read_text()
    postmaster = int((home / "postgres/postmaster.pid").read_text().splitlines()[0])

    for pid in [first.process.pid, postmaster, *marked(home)]:
        os.kill(pid, signal.SIGKILL)
    first.process.wait()
    again = portal(PORT=port)

    assert again.address() == f"http://localhost:{port}"
    assert "csrfmiddlewaretoken" in log_in_page(again.address())
    assert (home / "secret_key").read_text() == key
    assert again.stop() == 0
    assert marked(home) == []
    assert not (home / "postgres/postmaster.pid").exists()


def test_server_takes_another_port_and_runs_once_per_folder(portal):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        first = portal(PORT=str(port))
        assert first.address() != f"http://localhost:{port}"
        assert f"Port {port} is taken" in first.said

        second = portal(PORT=str(port))
        assert second.process.wait(30) == 1
        second.reader.join(5)

    assert f"The portal runs already: {first.address()}" in second.said
    assert "alytus-demo" not in first.said


def test_port_that_is_no_number_is_refused_in_a_sentence(portal):
    refused = portal(PORT="aštuoni")

    assert refused.process.wait(30) == 1
    refused.reader.join(5)
    assert "PORT is a number, not “aštuoni”." in refused.said
    assert "Traceback" not in refused.said
