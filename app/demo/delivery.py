"""What happens in the invented projects that have been granted money: conditions met, money asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO

from flask import current_app

from app.accepted.taking_in import TakenIn, take_in
from app.core.clock import LOCAL_TIME, local_day
from app.core.workflow import FUNDED
from app.delivery.conditions import queries as conditions
from app.delivery.conditions import service as ticked
from app.delivery.conditions.queries import ConditionOf
from app.delivery.funds import queries as accounts
from app.delivery.funds import service as funds
from app.delivery.funds.queries import RequisitionOf
from app.delivery.funds.repaying import Repaid, repay
from app.demo.meetings import invented
from app.demo.story import Moment, Story

Happening = Callable[[Story, datetime], None]

COVERS = (
    "Förstudiens avslut, kravställning och de två första leveranserna enligt projektplanen.",
    "Utveckling och test av e-tjänsten, leverans tre och fyra, samt informationsinsatser.",
    "Utbildning av handläggare och anpassning av verksamhetssystemet.",
)


def delivered(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Each of the granted projects has its own course; days are counted back from today."""
    for story, course in zip(invented(stories, *FUNDED), COURSES, strict=True):
        for days, happening in course:
            day = today - timedelta(days=days)
            at = datetime.combine(day, time(9, 40), LOCAL_TIME)
            yield at, partial(happening, story, at)


# --- conditions ------------------------------------------------------------------------------------------


def _condition(story: Story, place: int) -> ConditionOf:
    return conditions.conditions_in(story.project)[place]


def report(text: str, place: int = 0) -> Happening:
    """Tell that a condition is met, with a paper."""

    def happens(story: Story, at: datetime) -> None:
        file = paper(f"underlag-villkor-{place + 1}.pdf", "Underlag till villkoret")
        day = local_day(at)
        found = _condition(story, place)
        ticked.report(story.leader, found, text=text, met_on=day, files=[file], now=at)

    return happens


def agree(place: int = 0) -> Happening:
    """Say that it is."""

    def happens(story: Story, at: datetime) -> None:
        found = _condition(story, place)
        ticked.approve(story.secretary, found, _last(found), now=at)

    return happens


def _not_yet(reason: str, place: int = 0) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        found = _condition(story, place)
        ticked.give_back(story.secretary, found, _last(found), reason=reason, now=at)

    return happens


def _last(found: ConditionOf) -> int:
    if found.latest is None:
        raise LookupError("nothing has been reported")
    return found.latest.id


# --- money -----------------------------------------------------------------------------------------------


def ask(number: int, share: str) -> Happening:
    """For a share of what the first year grants the department that gets most."""

    def happens(story: Story, at: datetime) -> None:
        account = max(accounts.accounts_of(story.project.id), key=lambda row: (-row.year, row.sums.granted))
        amount = (account.sums.granted * Decimal(share)).quantize(Decimal(1))
        claim = funds.Claim(account.department_id, account.year, amount, COVERS[(number - 1) % len(COVERS)])
        file = paper(f"faktura-{number}.pdf", f"Faktura {number}")
        funds.send(story.leader, story.project, claim, files=[file], now=at)

    return happens


def _requisition(story: Story, number: int) -> RequisitionOf:
    rows = accounts.requisitions_of(story.project)
    return next(row for row in rows if row.requisition.number == number)


def check(number: int) -> Happening:
    """Check a requisition."""

    def happens(story: Story, at: datetime) -> None:
        found = _requisition(story, number)
        funds.approve(story.secretary, found, found.latest.number, at)

    return happens


def _send_back(number: int, reason: str) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        found = _requisition(story, number)
        funds.send_back(story.secretary, found, found.latest.number, reason=reason, now=at)

    return happens


def _withdraw(number: int) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        funds.withdraw(story.leader, _requisition(story, number), at)

    return happens


def pay(number: int) -> Happening:
    """Pay it."""

    def happens(story: Story, at: datetime) -> None:
        found, day = _requisition(story, number), local_day(at)
        reference = f"V{day:%y%m}-{100 * number + story.project.id}"
        version = found.latest.number
        funds.pay(story.cast.controller, found, version, paid_on=day, reference=reference, now=at)

    return happens


def _repay(number: int, share: str, reason: str) -> Happening:
    def happens(story: Story, at: datetime) -> None:
        found, day = _requisition(story, number), local_day(at)
        amount = (found.requisition.amount * Decimal(share)).quantize(Decimal(1))
        given = Repaid(amount, day, f"V{day:%y%m}-{100 * number + story.project.id}", reason)
        repay(story.cast.controller, found, given, at)

    return happens


def _give_back(story: Story, at: datetime) -> None:
    """The pre-study is finished, and what it did not need goes back."""
    for account in accounts.accounts_of(story.project.id):
        if account.sums.remaining:
            funds.give_back(
                story.cast.controller,
                story.project,
                account.department_id,
                account.year,
                amount=account.sums.remaining,
                reference="Slutavräkning av förstudien",
                now=at,
            )


PLAN = "Planen är beslutad i styrgruppen. Ansvariga är utsedda och första mätningen är gjord."
COURSES: tuple[tuple[tuple[int, Happening], ...], ...] = (
    (
        (92, ask(1, "0.3")), (89, check(1)), (85, pay(1)), (3, report(PLAN)), (2, ask(2, "0.25")),
    ),
    (
        (120, ask(1, "0.4")), (117, check(1)), (113, pay(1)),
        (70, _repay(1, "0.1", "Utbildningen kostade mindre än offerten.")),
        (60, report(PLAN)), (55, agree()), (20, report("Överenskommelsen är på gång.", 1)),
        (16, _not_yet("Överenskommelsen är inte undertecknad. Bifoga den när den är det.", 1)),
        (9, ask(2, "0.3")), (6, _send_back(2, "Fakturan gäller ett annat projekt. Bifoga rätt underlag.")),
    ),
    (
        (150, ask(1, "0.5")), (146, check(1)), (141, pay(1)), (80, report(PLAN)), (76, agree()),
        (40, ask(2, "0.2")), (38, _withdraw(2)), (5, ask(3, "0.2")), (1, check(3)),
    ),
    (),
    (
        (230, ask(1, "0.6")), (226, check(1)), (222, pay(1)), (120, report(PLAN)), (115, agree()),
        (20, _give_back),
    ),
)  # fmt: skip
"""For the granted projects, in the order of their plans."""


def paper(name: str, words: str) -> TakenIn:
    """A page with a few words, as somebody would attach it."""
    store, limit = current_app.extensions["files"], current_app.config["UPLOAD_LIMIT"]
    return take_in(BytesIO(_page(words)), filename=name, store=store, limit=limit)


def _page(words: str) -> bytes:
    text = f"BT /F1 24 Tf 72 720 Td ({words}) Tj ET".encode("latin-1")
    fonts = b"<< /Font << /F1 5 0 R >> >>"
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % fonts,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n"
    tail = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + head + table + tail
