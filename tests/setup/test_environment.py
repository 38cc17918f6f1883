"""What the portal's processes start with."""

import os
import subprocess
import sys

import pytest

from runner import environment
from runner.account import Account
from runner.layout import ROOT


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """No variable given, no .env."""
    for name in ("DEMO", "SECRET_KEY", "DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return tmp_path


def test_demonstration_is_on_with_our_database_and_off_with_another(bare):
    ours = environment.portal(
        bare, {"DATABASE_URL": "postgres://ours", "REDIS_URL": "r"}, Account.of_this_process()
    )
    other = environment.portal(bare, {"REDIS_URL": "r"}, Account.of_this_process())

    assert (ours["DEMO"], other["DEMO"]) == ("on", "off")


def test_secret_key_is_made_once_and_closed_to_others(bare):
    first = environment.portal(bare, {}, Account.of_this_process())["SECRET_KEY"]
    second = environment.portal(bare, {}, Account.of_this_process())["SECRET_KEY"]

    assert first == second
    assert len(first) >= 50
    assert (bare / "secret_key").stat().st_mode & 0o777 == 0o600


def test_dotenv_stands_behind_the_environment(bare, monkeypatch):
    (bare / ".env").write_text("# DEMO=on\nexport SECRET_KEY='kept = whole'\nDEMO=off\n\nnot a line\n")
    monkeypatch.setenv("DEMO", "on")

    given = environment.given()

    assert given["SECRET_KEY"] == "kept = whole"
    assert given["DEMO"] == "on"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is warned")
@pytest.mark.parametrize("forced", [True, False])
def test_celery_warns_of_root_unless_the_runner_has_said_it(bare, forced):
    root = Account(0, 0, "root")
    given = environment.portal(bare, {"REDIS_URL": "redis://x", "DATABASE_URL": "postgres://x/x"}, root)
    if not forced:
        del given["C_FORCE_ROOT"]
    code = "from alytus_ryšiai import celery; from celery.platforms import check_privileges; check_privileges(['json'])"

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert ("superuser privileges" in done.stderr) is not forced
