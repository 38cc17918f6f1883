"""Debian packages are installed when we may, else the command is named."""

import pytest

from runner import system

HERE = system.Need("already-here", lambda: True)
MISSING = system.Need("chromium", lambda: False)


def test_nothing_is_said_when_all_is_there(capsys):
    system.install((HERE,), "Testing")

    assert capsys.readouterr() == ("", "")


def test_without_rights_the_exact_command_is_named(monkeypatch, capsys):
    monkeypatch.setattr(system, "_rights", lambda: None)

    with pytest.raises(SystemExit) as stopped:
        system.install((HERE, MISSING), "Testing")

    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert "sudo apt-get install -y --no-install-recommends chromium" in said
    assert "already-here" not in said
