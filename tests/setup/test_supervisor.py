"""Children start together, are held up, and leave nobody behind."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from runner.layout import ROOT
from runner.supervisor import MARK, end_leftovers
from tests.processes import eventually

START = """
import os, sys, pathlib
from runner.account import Account
from runner.supervisor import Supervisor
watch = Supervisor(Account.of_this_process(), dict(os.environ), mark=pathlib.Path(sys.argv[1]))
sys.exit(watch.run({commands}))
"""


@pytest.fixture
def supervise(clean_environment, tmp_path):
    started = []

    def start(**commands: str) -> subprocess.Popen:
        given = {name: ["sh", "-c", command] for name, command in commands.items()}
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(START).format(commands=given), str(tmp_path)],
            cwd=ROOT / "script",
            env=clean_environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    end_leftovers(tmp_path)


def marked(tmp_path) -> list[int]:
    """Processes alive that carry the mark of this office."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environment:
                if os.fsencode(f"{MARK}={tmp_path}") in environment.read():
                    found.append(int(pid))
        except OSError:
            continue
    return found


def test_ctrl_c_ends_every_child_and_its_children(supervise, tmp_path):
    process = supervise(web="sleep 100 & sleep 100", beat="sleep 100")
    assert eventually(lambda: len(marked(tmp_path)) >= 4, within=10)

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=10) == 0
    assert marked(tmp_path) == []


def test_a_child_ends_its_own_children_when_their_work_is_done(supervise, tmp_path):
    work = f"(trap 'echo cut > {tmp_path}/cut' TERM; echo > {tmp_path}/begun; sleep 1; echo > {tmp_path}/done) & wait"
    master = f"trap 'wait' TERM; {work}; wait"
    process = supervise(one=master)
    assert eventually(lambda: (tmp_path / "begun").exists(), within=10)

    process.send_signal(signal.SIGINT)

    assert process.wait(20) == 0
    assert (tmp_path / "done").exists()
    assert not (tmp_path / "cut").exists()
    assert marked(tmp_path) == []


def test_killed_child_is_started_again(supervise, tmp_path):
    process = supervise(web="echo started; sleep 100")
    assert eventually(lambda: len(marked(tmp_path)) >= 1, within=10)
    process.stdout.readline()

    for pid in marked(tmp_path):
        os.kill(pid, signal.SIGKILL)

    lines = [process.stdout.readline() for _ in range(2)]
    assert "starting it again" in lines[0]
    assert "started" in lines[1]


def test_child_that_cannot_stay_up_ends_the_attempt_with_its_words(supervise):
    process = supervise(worker="echo no database; exit 3")

    output, _ = process.communicate(timeout=20)

    assert process.returncode == 1
    assert output.count("no database") == 5
    assert "worker fell 5 times" in output


def test_children_end_with_a_killed_supervisor(supervise, tmp_path):
    process = supervise(web="exec sleep 100", beat="exec sleep 100")
    assert eventually(lambda: len(marked(tmp_path)) >= 2, within=10)

    process.kill()

    assert eventually(lambda: marked(tmp_path) == [], within=5)


def test_leftovers_that_will_not_listen_are_ended(supervise, tmp_path):
    process = supervise(web="trap '' TERM; while true; do sleep 1; done")
    assert eventually(lambda: len(marked(tmp_path)) >= 1, within=10)
    process.kill()
    process.wait()

    end_leftovers(tmp_path)

    assert marked(tmp_path) == []
