"""Where things lie, and how the runner speaks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = Path(os.environ.get("VENV_DIR") or ROOT / ".venv").absolute()
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)


def var_dir() -> Path:
    """The folder of everything the portal keeps: database, files, keys. `VAR_DIR` moves it."""
    return Path(os.environ.get("VAR_DIR") or ROOT / "var").absolute()


def say(text: str) -> None:
    print(text, flush=True)


def refuse(sentence: str) -> NoReturn:
    """Stop with one sentence that says what to do."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(1)


def private_folder(path: Path) -> Path:
    """The folder, made if need be, closed to other users; folders above it keep their permissions."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)
    return path
