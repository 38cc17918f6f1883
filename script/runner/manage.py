"""`script/manage`: manage.py with the environment of `script/server`, whether that runs or not."""

from __future__ import annotations

import signal
import subprocess

from runner import embedded, environment
from runner.account import Account
from runner.layout import PYTHON, ROOT
from runner.server import ready_for, set_up

WRITES_SOURCE = {
    "makemigrations",
    "makemessages",
    "compilemessages",
    "squashmigrations",
    "startapp",
    "vendor_assets",
}


def main(arguments: list[str]) -> int:
    var = set_up("requirements.txt")
    with embedded.servers(var, environment.given()) as addresses:
        writes_source = bool(arguments) and arguments[0] in WRITES_SOURCE
        account = Account.of_this_process() if writes_source else ready_for(var)
        prepared = environment.portal(var, addresses, account)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command; we put away after it
        return subprocess.run(
            [PYTHON, "manage.py", *arguments],
            cwd=ROOT,
            env=prepared,
            restore_signals=True,
            **account.options(),
        ).returncode
