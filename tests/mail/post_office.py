"""A small mail server on this machine, which does as it is told: takes mail, refuses it, says nothing."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from threading import Event
from typing import Any


@dataclass
class Taken:
    """A mail that the server has said yes to."""

    sender: str
    recipient: str
    options: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, _class=EmailMessage, policy=default)

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())


@dataclass
class Manners:
    """How the server behaves. What it answers, by the command; `silent_at` says nothing any more."""

    answers: dict[str, str] = field(default_factory=dict)
    """Instead of yes; "hang up" ends the conversation."""
    silent_at: str = ""
    dribbles_at: str = ""
    offers: tuple[str, ...] = ("8BITMIME",)
    heard_end: Callable[[], None] = lambda: None
    """What happens between the last word and the answer."""


@dataclass
class PostOffice:
    port: int
    manners: Manners = field(default_factory=Manners)
    taken: list[Taken] = field(default_factory=list)
    conversations: int = 0
    closing: Event = field(default_factory=Event)
    encrypted: SSLContext | None = None
    """Under whose certificate it speaks; None: in clear."""
    at_once: bool = False
    """Encrypted from the first word; otherwise when the client asks for it."""
    heard_in_clear: list[str] = field(default_factory=list)
    """The verbs that anybody on the way could have heard."""

    def by_recipient(self, recipient: str) -> list[Taken]:
        return [mail for mail in self.taken if mail.recipient == recipient]


class HangUpError(Exception):
    """The conversation ends here."""


class Conversation(socketserver.StreamRequestHandler):
    """What one client says, and what it is answered."""

    office: PostOffice

    def handle(self) -> None:
        self.office.conversations += 1
        self.in_clear = not self.office.at_once
        self.sender = self.recipient = self.options = ""
        try:
            if self.office.at_once and self.office.encrypted:
                self.hide(self.office.encrypted)
            self.say("greeting", "220 post office")
            while line := self.rfile.readline():
                self.answer(line.decode(errors="replace").strip())
        except (HangUpError, OSError):
            return
        finally:
            if self.connection is not self.request:
                self.connection.close()

    def say(self, command: str, yes: str) -> bool:
        """Answer; whether it was yes."""
        manners = self.office.manners
        if manners.silent_at == command:
            self.office.closing.wait()
            raise HangUpError
        if manners.dribbles_at == command:
            while not self.office.closing.wait(0.02):
                self.wfile.write(b"2")
            raise HangUpError
        told = manners.answers.get(command, yes)
        if told == "hang up":
            raise HangUpError
        self.wfile.write(f"{told}\r\n".encode())
        self.wfile.flush()
        return told == yes

    def answer(self, line: str) -> None:
        verb = line[:4].upper()
        if self.in_clear:
            self.office.heard_in_clear.append(verb)
        if verb in ("EHLO", "STAR", "AUTH"):
            self.greet(verb)
        elif verb == "MAIL":
            self.sender, _, self.options = line[10:].partition(" ")
            self.say("MAIL", "250 ok")
        elif verb == "RCPT":
            self.recipient = line[8:].strip("<>")
            told = self.office.manners.answers.get(f"RCPT {self.recipient}", "250 ok")
            self.say("RCPT", told)
        elif verb == "DATA":
            if self.say("DATA", "354 go on"):
                self.take()
        elif verb == "QUIT":
            self.say("QUIT", "221 goodbye")
            raise HangUpError
        else:
            self.say(verb, "250 ok")

    def greet(self, verb: str) -> None:
        if verb == "EHLO":
            self.wfile.write(b"250-post office\r\n")
            self.wfile.write(b"".join(b"250-%b\r\n" % one.encode() for one in self.offers()))
            self.say("EHLO", "250 HELP")
        elif verb == "AUTH":
            self.say("AUTH", "235 welcome")
        elif self.office.encrypted:
            self.say("STARTTLS", "220 go on")
            self.hide(self.office.encrypted)
        else:
            self.say("STARTTLS", "502 what is that")

    def offers(self) -> tuple[str, ...]:
        if self.office.encrypted is None:
            return self.office.manners.offers
        return (*self.office.manners.offers, "STARTTLS" if self.in_clear else "AUTH PLAIN")

    def hide(self, context: SSLContext) -> None:
        """From here on nobody else hears."""
        self.connection = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
        self.in_clear = False

    def take(self) -> None:
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise HangUpError
            content += line.removeprefix(b".") if line.startswith(b"..") else line
        self.office.manners.heard_end()
        if self.office.manners.answers.get("END") == "take and hang up":
            self.keep(content)
            raise HangUpError
        if self.say("END", "250 taken"):
            self.keep(content)

    def keep(self, content: bytes) -> None:
        self.office.taken.append(Taken(self.sender.strip("<>"), self.recipient, self.options, content))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        raise AssertionError("the post office has a fault of its own")


@contextmanager
def open_office(
    port: int = 0, *, encrypted: SSLContext | None = None, at_once: bool = False
) -> Iterator[PostOffice]:
    """A mail server at this port, or any free one."""
    office = PostOffice(port, encrypted=encrypted, at_once=at_once)
    handler = type("Handler", (Conversation,), {"office": office})
    with _Server(("127.0.0.1", port), handler) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.closing.set()
            server.shutdown()
            thread.join()
