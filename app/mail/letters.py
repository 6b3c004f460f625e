"""What a mail says: made when it is sent, in its reader's language, of what the reader may see by then."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.mail.models import MailItem
from app.web.addresses import Links

LONGEST_SUBJECT = 150
LONGEST_LINE = 500
MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class News:
    """One thing that has happened, as plain text, and the page that shows it."""

    heading: str
    about: str
    particulars: Sequence[str]
    link: str


Teller = Callable[[Viewer, Sequence[int], Links], Mapping[int, News]]
"""What records tell this person, by their numbers; those that the person may not see now are left out."""

_TELLERS: dict[str, Teller] = {}


def tells(kind: str) -> Callable[[Teller], Teller]:
    """Register who knows what items of this kind say: the room whose records they are."""

    def registered(teller: Teller) -> Teller:
        _TELLERS[kind] = teller
        return teller

    return registered


def news_for(reader: Viewer, items: Sequence[MailItem], links: Links) -> list[News]:
    """What these items tell the reader, in their order and in the reader's language."""
    told: dict[tuple[str, int], News] = {}
    with force_locale(reader.language):
        for kind in {item.kind for item in items}:
            numbers = [item.record_id for item in items if item.kind == kind]
            found = _TELLERS[kind](reader, numbers, links)
            told |= {(kind, number): news for number, news in found.items()}
    in_order = ((item.kind, item.record_id) for item in items)
    return [told[key] for key in in_order if key in told]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to leave."""

    number: int
    """The mail's own: the same each time that it is tried."""
    sender: str
    recipient: str
    message: EmailMessage


def written(
    number: int,
    news: Sequence[News],
    *,
    reader: Viewer,
    recipient: str,
    sender: str,
    links: Links,
    now: datetime,
) -> Letter:
    """The mail that tells the news. Nothing in them can become a header, or look like another line."""
    message = EmailMessage(policy=SMTP)
    with force_locale(reader.language):
        message["Subject"] = _subject(news)
        text = _text(news, links)
    domain = sender.rpartition("@")[2]
    message["From"] = Address("Hemtag", addr_spec=sender)
    recipient = _writable(recipient)
    message["To"] = Address(plain(reader.name, 120), *_parts(recipient))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<hemtag-mail-{number}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text, cte="quoted-printable")
    message["Content-Language"] = reader.language
    return Letter(number, sender, recipient, message)


def _parts(address: str) -> tuple[str, str]:
    name, _at, domain = address.rpartition("@")
    return name, domain


def _writable(address: str) -> str:
    """The address with its domain as every mail server knows it; as it is, where that cannot be."""
    name, domain = _parts(address)
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _subject(news: Sequence[News]) -> str:
    if len(news) == 1:
        return plain(f"{news[0].heading}: {news[0].about}", LONGEST_SUBJECT)
    return ngettext("%(num)s händelse i Hemtag", "%(num)s händelser i Hemtag", len(news))


def _text(news: Sequence[News], links: Links) -> str:
    told = ["\n".join(_paragraph(one)) for one in news[:MOST_TOLD]]
    if len(news) > MOST_TOLD:
        rest = len(news) - MOST_TOLD
        told.append(ngettext("… och %(num)s till.", "… och %(num)s till.", rest))
    foot = [
        "-- ",
        _("Svara inte på mejlet, för ingen läser svaren."),
        _("Byt hur ofta du får mejl: %(link)s", link=links.to("accounts.own_settings")),
    ]
    return "\n\n".join([*told, "\n".join(foot)]) + "\n"


def _paragraph(one: News) -> list[str]:
    lines = [one.heading, one.about, *one.particulars]
    return [*(plain(line, LONGEST_LINE) for line in lines if line), one.link]


def plain(text: str, limit: int) -> str:
    """One line of what somebody has written, without signs that steer, turn or hide what follows."""
    spaced = " ".join(text.split())
    seen = "".join(sign for sign in spaced if unicodedata.category(sign) not in _UNSEEN)
    return seen if len(seen) <= limit else f"{seen[: limit - 1].rstrip()}…"


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
