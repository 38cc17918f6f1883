"""The environment of the portal's processes: what is given stands, what is missing gets a safe value."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from runner.account import Account
from runner.layout import ROOT, VENV

YES = {"1", "on", "true", "yes", "y", "ok"}


def given() -> dict[str, str]:
    """The environment, and behind it `.env`."""
    return {**_dotenv(ROOT / ".env"), **os.environ}


def _dotenv(path: Path) -> dict[str, str]:
    values = {}
    for line in path.read_text().splitlines() if path.exists() else []:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if equals and not name.startswith("#"):
            values[name.strip()] = value.strip().strip("'\"")
    return values


def is_on(environment: dict[str, str], name: str) -> bool:
    return environment.get(name, "").strip().lower() in YES


def portal(var: Path, addresses: dict[str, str], account: Account) -> dict[str, str]:
    """What the web server, the workers and manage.py start with.

    The demonstration office is on by default only with the database of our own: its people have a known
    password.
    """
    environment = given()
    environment.setdefault("DEMO", "on" if "DATABASE_URL" in addresses else "off")
    environment.setdefault("SECRET_KEY", _secret_key(var, account))
    environment.update(
        addresses,
        VAR_DIR=str(var),
        DJANGO_SETTINGS_MODULE="alytus_ryšiai.settings",
        PATH=f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', os.defpath)}",
        VIRTUAL_ENV=str(VENV),
        LANG="C.UTF-8",
        LC_ALL="C.UTF-8",
        PYTHONUTF8="1",
        PYTHONUNBUFFERED="1",
    )
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # each start would compile everything anew
    if account.is_root:
        environment["C_FORCE_ROOT"] = "1"  # Celery's own warning; ours was printed
    if account.options():
        environment.update(HOME=str(var), USER=account.name, LOGNAME=account.name)
        environment["PYTHONPYCACHEPREFIX"] = str(var / "pycache")  # beside the code it may not write
    return environment


def _secret_key(var: Path, account: Account) -> str:
    """Made once and kept; sessions and links are signed with it."""
    path = var / "secret_key"
    if not path.exists():
        fresh = var / "secret_key.new"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        fresh.rename(path)
        account.own(path)
    return path.read_text().strip()
