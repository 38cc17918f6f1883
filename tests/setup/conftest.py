"""The runner is tried as it is used: real servers, real processes, real signals, each with a time limit."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runner.layout import ROOT

NOT_HANDED_ON = (
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "VAR_DIR",
    "DEMO",
    "PORT",
    "HTTPS",
    "PYTEST_CURRENT_TEST",
)


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path that an unprivileged user may walk to, unlike pytest's own temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="alytus-setup-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}


@pytest.fixture
def python(clean_environment) -> Callable[[str], subprocess.CompletedProcess]:
    """Run a few lines against the runner in a process of their own."""

    def run(code: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT / "script",
            env=clean_environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run
