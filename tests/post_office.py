"""A real SMTP server for tests: it takes letters and keeps them, or fails as servers do."""

from __future__ import annotations

import email
import email.policy
import socket
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class PostOffice:
    """`letters` are those it took. `answer` is its reply to a letter; "die" cuts the line before replying."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 Taken"
        self.port = free_port()
        self.controller: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nera"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer == "die":
            server.transport.abort()
            return "451 dead"
        if self.answer.startswith("2"):
            self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))  # type: ignore[arg-type]
        return self.answer

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def plain(letter: EmailMessage) -> str:
    """The letter's plain text."""
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")  # type: ignore[union-attr]


def html(letter: EmailMessage) -> str:
    return letter.get_body(("html",)).get_content()  # type: ignore[union-attr]


def subject(letter: EmailMessage) -> str:
    """The subject, unfolded."""
    return str(letter["Subject"]).strip()
