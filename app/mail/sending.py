"""The postman: takes one mail at a time from the outbox and sees to it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import OperationalError

from app.accounts.access import Viewer
from app.accounts.models import MailChoice
from app.accounts.queries import person, viewer_of
from app.db import only_reading, transaction
from app.engine import unrecorded
from app.mail import claiming, queries, service
from app.mail.claiming import Claim
from app.mail.letters import Letter, news_for, written
from app.mail.models import Reason
from app.mail.posts import (
    Folder,
    InDoubtError,
    LaterError,
    LostClaimError,
    MailServer,
    Post,
    RefusedError,
    ServerDownError,
)
from app.mail.sweeping import sweep
from app.web.addresses import Links
from app.web.logs import log
from config import MailConfig

Clock = Callable[[], datetime]


def settings() -> MailConfig:
    """How this installation sends."""
    found: MailConfig = current_app.config["MAIL"]
    return found


def the_post() -> Post:
    """This installation's way out."""
    return MailServer(settings()) if settings().host else the_folder()


def the_folder() -> Folder:
    """Where mails lie when there is no mail server."""
    folder: Path = current_app.config["MAIL_FOLDER"]
    return Folder(folder)


def send_what_waits(clock: Clock, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Gather the daily mails, then see to every mail that is due; how many were seen to.

    Ends early when there is no mail server to talk to: the others would meet the same, and wait untouched.
    """
    if service.anything_to_gather(clock(), settings().morning_hour):
        with unrecorded(), transaction():
            service.gather(clock(), settings().morning_hour)
    if not claiming.anything_to_do(clock()):
        return 0
    seen_to = 0
    with closing(the_post()) as post:
        claiming.take_back(clock(), repeatable=post.repeatable)
        while goes_on() and (claim := claiming.claim_next(clock())) is not None:
            seen_to += 1
            if not see_to(claim, post, clock):
                break
    return seen_to


def sweep_old(clock: Clock, goes_on: Callable[[], bool] = lambda: True) -> int:
    """Forget what old mails told, and where they went; how many."""
    return sweep(the_folder(), clock(), settings().kept_for, goes_on)


def see_to(claim: Claim, post: Post, clock: Clock) -> bool:
    """Write the mail and send it, or say why not; False when the next one need not be tried."""
    letter = _letter_of(claim, clock())
    if letter is None:
        return True
    if isinstance(letter, Reason):
        claiming.close(claim, letter, clock())
        return True
    try:
        post.deliver(letter, lambda: claiming.hand_over(claim, letter.recipient, clock()))
    except RefusedError as error:
        claiming.refused(claim, letter.recipient, str(error), clock())
    except InDoubtError as error:
        claiming.in_doubt(claim, str(error), clock())
    except LaterError as error:
        claiming.later(claim, str(error), clock())
        log.warning("mail has to wait", mail=claim.mail_id, kind=type(error).__name__)
        return not isinstance(error, ServerDownError)
    except LostClaimError:
        log.warning("mail was taken over", mail=claim.mail_id)
    else:
        claiming.sent(claim, clock())
    return True


def _letter_of(claim: Claim, now: datetime) -> Letter | Reason | None:
    """The mail as its receiver may read it at this moment; or why there shall be none.

    None when it cannot be written, by a fault of ours: it waits, and the others go on.
    """
    try:
        with only_reading():
            return _written(claim.mail_id, now)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - one that nobody can write must not stand before all others
        fault = type(error).__name__
        log.error("mail cannot be written", mail=claim.mail_id, kind=fault)
    claiming.later(claim, fault, now)
    return None


def _written(mail_id: int, now: datetime) -> Letter | Reason:
    items = queries.items_of(mail_id)
    reader = viewer_of(items[0].person_id) if items else None
    if reader is None:
        return Reason.LEFT
    receiver = person(reader.id)
    if receiver is None or receiver.mail_choice == MailChoice.NEVER:
        return Reason.UNWANTED
    return _told(mail_id, reader, receiver.email, now)


def _told(mail_id: int, reader: Viewer, address: str, now: datetime) -> Letter | Reason:
    links = Links(current_app.url_map, settings().base_address)
    news = news_for(reader, queries.items_of(mail_id), links)
    if not news:
        return Reason.UNSEEN
    return written(
        mail_id, news, reader=reader, recipient=address, sender=settings().sender, links=links, now=now
    )
