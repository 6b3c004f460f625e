"""The ways out: a mail server, or a folder where there is none."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from threading import Timer
from typing import Protocol

from app.mail.letters import Letter, plain
from config import MailConfig

HandOver = Callable[[], bool]
"""Asked before the last word: may this worker still say it?"""

_LONGEST_FAULT = 300
_LINE_BEGINS_WITH_DOT = re.compile(rb"(?m)^\.")


class PostError(Exception):
    """A mail did not leave; says what was met."""


class LaterError(PostError):
    """Nothing has been accepted. Another attempt may succeed."""


class ServerDownError(LaterError):
    """There is no mail server to talk to: the next mail would meet the same."""


class RefusedError(PostError):
    """Nothing has been accepted, and nothing ever will be."""


class InDoubtError(PostError):
    """The last word was said, and the answer never came."""


class LostClaimError(PostError):
    """The mail is another worker's by now."""


class Post(Protocol):
    """A way out."""

    @property
    def repeatable(self) -> bool:
        """Whether sending the same mail twice changes nothing."""

    def deliver(self, letter: Letter, hand_over: HandOver) -> None:
        """Send it. Raises PostError."""

    def close(self) -> None:
        """Let go of whatever is open."""


class Folder:
    """Each mail as a file, named by its number: to write it again writes the same."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, letter: Letter, hand_over: HandOver) -> None:
        """Write the file. Whole before it has its name, and on the disk before anybody hears of it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix="part-", delete=False) as file:
                file.write(letter.message.as_bytes(policy=SMTPUTF8))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise ServerDownError(f"folder: {error.strerror}") from error
        if not hand_over():
            Path(file.name).unlink()
            raise LostClaimError
        Path(file.name).replace(self.path(letter.number))
        _sync(self._folder)

    def remove(self, number: int) -> None:
        """Remove the file of a mail, if there is one."""
        self.path(number).unlink(missing_ok=True)

    def path(self, number: int) -> Path:
        """Where the mail with this number lies."""
        return self._folder / f"{number}.eml"

    def close(self) -> None:
        """Nothing is open."""


class MailServer:
    """A mail server, by SMTP; one conversation for many mails."""

    repeatable = False

    def __init__(self, settings: MailConfig, context: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._context = context or ssl.create_default_context()
        self._server: smtplib.SMTP | None = None

    def deliver(self, letter: Letter, hand_over: HandOver) -> None:
        """Say everything but the last word; ask; say the last word, and hear the answer."""
        with self._limited():
            try:
                server = self._connected()
                self._offer(server, letter)
            except OSError as error:  # those of smtplib are among them
                self._drop()
                raise ServerDownError(_told(error)) from error
            self._ask(hand_over)
            try:
                server.send(b".\r\n")
                code, answer = server.getreply()
            except OSError as error:
                self._drop()
                raise InDoubtError(_told(error)) from error
        if code not in range(400, 600) and code != 250:
            self._drop()
            raise InDoubtError(_words(code, answer))  # no answer that means anything
        self._judge(code, answer)

    def close(self) -> None:
        """Say goodbye."""
        if self._server is not None:
            with suppress(OSError):
                self._server.quit()
        self._drop()

    def _ask(self, hand_over: HandOver) -> None:
        """Without a yes the line is dropped before the last word: then the server has accepted nothing."""
        allowed = False
        try:
            allowed = hand_over()
        finally:
            if not allowed:
                self._drop()
        if not allowed:
            raise LostClaimError

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            with suppress(OSError):
                if self._server.rset()[0] == 250:
                    return self._server
            self._drop()
        self._server = server = self._begin()
        code, answer = server.connect(self._settings.host, self._settings.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, answer)
        if self._settings.security == "starttls":
            server.starttls(context=self._context)  # raises when there is none: nothing leaves in clear
        server.ehlo_or_helo_if_needed()
        if self._settings.user:
            server.login(self._settings.user, self._settings.password)
        return server

    def _begin(self) -> smtplib.SMTP:
        if self._settings.security == "tls":
            return _Hidden(self._settings, self._context)
        return _Open(self._settings)

    def _offer(self, server: smtplib.SMTP, letter: Letter) -> None:
        """Everything up to the last word. A server has accepted nothing before it has heard that."""
        recipient, options, message = _addressed(server, letter)
        code, answer = server.mail(letter.sender, options)
        if code != 250:
            raise smtplib.SMTPResponseException(code, answer)  # of us, not of this mail
        self._judge(*server.rcpt(recipient))
        code, answer = server.docmd("DATA")
        if code != 354:
            self._judge(code, answer)
            raise smtplib.SMTPResponseException(code, answer)
        server.send(message)

    def _judge(self, code: int, answer: bytes) -> None:
        """Yes; later (4xx); never (5xx)."""
        if code in (250, 251):
            return
        told = _words(code, answer)
        if code == 421 or not 400 <= code < 600:
            self._drop()
            raise ServerDownError(told)
        raise LaterError(told) if code < 500 else RefusedError(told)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        """Cut the line when the whole takes too long, however busily the other end says nothing."""
        timer = Timer(self._settings.seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        socket = getattr(self._server, "sock", None)
        if socket is not None:
            with suppress(OSError):
                socket.shutdown(2)

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


class _Open(smtplib.SMTP):
    """A conversation that begins in clear.

    From `connect` alone smtplib does not know whose certificate the other end must show; a name given at
    the beginning would tell, but then it connects before anybody can cut the line.
    """

    def __init__(self, settings: MailConfig) -> None:
        super().__init__(timeout=settings.seconds)
        self._host = settings.host


class _Hidden(smtplib.SMTP_SSL):
    """One that is encrypted from its first word."""

    def __init__(self, settings: MailConfig, context: ssl.SSLContext) -> None:
        super().__init__(timeout=settings.seconds, context=context)
        self._host = settings.host


def _addressed(server: smtplib.SMTP, letter: Letter) -> tuple[str, list[str], bytes]:
    """The recipient, the options and the bytes that this server understands. Raises RefusedError."""
    if letter.recipient.isascii():
        return letter.recipient, [], _lines(letter.message, utf8=False)
    if not server.has_extn("smtputf8"):
        raise RefusedError("the mail server does not understand the letters of the address")
    return letter.recipient, ["SMTPUTF8"], _lines(letter.message, utf8=True)


def _lines(message: EmailMessage, *, utf8: bool) -> bytes:
    """The message as it is said: a line of a dot alone would be the last word."""
    said = message.as_bytes(policy=SMTPUTF8 if utf8 else SMTP)
    return _LINE_BEGINS_WITH_DOT.sub(b"..", said if said.endswith(b"\r\n") else said + b"\r\n")


def _told(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return _words(error.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())
    return plain(f"{type(error).__name__}: {error.strerror or error}", _LONGEST_FAULT)


def _words(code: int, answer: bytes) -> str:
    return plain(f"{code} {answer.decode(errors='replace')}", _LONGEST_FAULT)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
