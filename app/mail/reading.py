"""Reading what lies in the folder of mails: as text, whatever it holds."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from app.mail.sending import the_folder


@dataclass(frozen=True)
class Written:
    """A mail that was written to a file."""

    subject: str
    sender: str
    recipient: str
    text: str


def written_mail(number: int) -> Written | None:
    """The mail's file; None when there is none here."""
    try:
        content = the_folder().path(number).read_bytes()
    except FileNotFoundError:
        return None
    message = message_from_bytes(content, _class=EmailMessage, policy=default)
    body = message.get_body(("plain",))
    return Written(
        str(message["Subject"]),
        str(message["From"]),
        str(message["To"]),
        str(body.get_content()) if body is not None else "",
    )
