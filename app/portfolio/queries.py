"""Reading the portfolio: what everything that is found comes to, and its projects in an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.db import Money, db
from app.portfolio import choosing
from app.portfolio.asked import Wanted
from app.portfolio.known import known
from app.portfolio.moment import Moment
from app.portfolio.rows import ZERO, Row, Totals, totals_of
from app.programmes.models import EntryKind, FrameBalance, LedgerEntry, effect_on_frame
from app.projects.models import Project
from app.projects.queries import submitted, visible_before, visible_to


def found(viewer: Viewer, wanted: Wanted, moment: Moment) -> list[Row]:
    """The projects that are asked for, of those that the viewer may see, in the order that is asked for."""
    departments = department_names() if wanted.sort == "department" else ()
    return choosing.in_order(_asked_for(viewer, wanted, moment), wanted, departments)


def _asked_for(viewer: Viewer, wanted: Wanted, moment: Moment) -> list[Row]:
    rows = known(moment, wanted.category)
    seen = select(Project.id).where(*_seen(viewer, wanted, moment)).order_by(Project.id)
    return choosing.asked_for([rows[number] for number in db.session.scalars(seen)], wanted)


def _seen(viewer: Viewer, wanted: Wanted, moment: Moment) -> Iterator[ColumnElement[bool]]:
    """Who may see what is asked of the database each time, and never remembered."""
    if moment.until:
        yield visible_before(viewer, moment.until)
    else:
        yield visible_to(viewer)
        yield submitted()
    if wanted.programme_id:
        yield Project.programme_id == wanted.programme_id


def totals(viewer: Viewer, wanted: Wanted, moment: Moment) -> Totals:
    """What everything that is asked for comes to."""
    return totals_of(_asked_for(viewer, wanted, moment))


def rows(viewer: Viewer, wanted: Wanted, moment: Moment, *, limit: int | None, offset: int = 0) -> list[Row]:
    """Projects in the order that is asked for; all of them without a limit."""
    whole = found(viewer, wanted, moment)
    return whole[offset : None if limit is None else offset + limit]


# --- the frame -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """The programme's money, all of it: its totals are everybody's."""

    frame: Decimal = ZERO
    available: Decimal = ZERO


def frame(wanted: Wanted, moment: Moment) -> Frame:
    """The frame of the programme that is asked for, else of all of them together."""
    if moment.until is None:
        mine = FrameBalance
        query = select(func.sum(mine.frame, type_=Money()), func.sum(mine.available, type_=Money()))
        if wanted.programme_id:
            query = query.where(mine.programme_id == wanted.programme_id)
        whole, available = db.session.execute(query).one()
        return Frame(whole or ZERO, available or ZERO)
    booked = select(LedgerEntry.kind, func.sum(LedgerEntry.amount, type_=Money())).where(
        moment.had_been(LedgerEntry.created_at)
    )
    if wanted.programme_id:
        booked = booked.where(LedgerEntry.programme_id == wanted.programme_id)
    found = {
        EntryKind(kind): amount for kind, amount in db.session.execute(booked.group_by(LedgerEntry.kind))
    }
    return Frame(
        found.get(EntryKind.FRAME, ZERO),
        sum((effect_on_frame(kind, amount) for kind, amount in found.items()), ZERO),
    )
