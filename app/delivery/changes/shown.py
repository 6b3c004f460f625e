"""What a request says, part by part, before and after: the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.benefits.labels import NAMES
from app.core.changes import Part
from app.core.costs import CostKind, Financier
from app.delivery.changes.words import PARTS
from app.web.formats import exact

Said = Mapping[str, Any]
"""A request's document: see `app.delivery.changes.document`."""
NONE = "–"


@dataclass(frozen=True)
class Grid:
    """A table; `numeric` are the columns of numbers, from 0."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ShownPart:
    """One part of a request."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Grid, ...] = ()


def parts_in(content: Said) -> list[ShownPart]:
    """Every part that is asked for."""
    return list(_parts(content))


def _parts(content: Said) -> Iterator[ShownPart]:
    wanted = content["wanted"]
    if content["time"]:
        yield _time(content["time"])
    if content["money"]:
        yield _money(content["money"], wanted["costs"])
    if wanted["leader_id"]:
        yield ShownPart(
            str(PARTS[Part.LEADER]), (_now(content["leader"]), (_("Därefter"), content["new_leader"] or NONE))
        )
    if wanted["pause"]:
        pause = wanted["pause"]
        yield ShownPart(
            str(PARTS[Part.PAUSE]),
            ((_("Tid"), f"{pause['starts_on']} – {pause['until']}"), (_("Skäl"), pause["why"])),
        )
    if wanted["termination"]:
        end = wanted["termination"]
        yield ShownPart(
            str(PARTS[Part.TERMINATION]),
            (
                (_("Beslutat av"), end["decided_by"]),
                (_("Beslutat den"), end["decided_on"]),
                (_("Skäl"), end["reasons"]),
            ),
        )


def _now(text: str) -> tuple[str, str]:
    return (_("Nu"), text)


def _time(time: Said) -> ShownPart:
    table = Grid(
        _("Milstolpar som ändras"),
        (_("Det här är klart"), _("Nu"), _("Därefter"), _("Skillnad")),
        tuple(
            (row["name"], row["before"] or _("Ny"), row["after"] or _("Utgår"), _days(row["days"]))
            for row in time["milestones"]
        ),
    )
    facts = (
        (_("Projektet slutar nu"), time["before"]),
        (_("Projektet slutar därefter"), time["after"]),
        (_("Skillnad"), _days(time["days"])),
    )
    return ShownPart(str(PARTS[Part.TIME]), facts, (table,) if table.rows else ())


def _days(days: int | None) -> str:
    if days is None:
        return NONE
    if days == 0:
        return _("Samma dag")
    if days > 0:
        return ngettext("%(num)s dag senare", "%(num)s dagar senare", days)
    return ngettext("%(num)s dag tidigare", "%(num)s dagar tidigare", -days)


def _money(money: Said, costs: list[Said]) -> ShownPart:
    asked = Grid(
        _("Det som begärs av programmet"),
        (_("Kostnad"), _("Slag"), _("Förvaltning"), _("År"), _("Belopp")),
        tuple(
            (
                row["description"], str(NAMES[CostKind(row["kind"])]), row["department"], str(row["year"]),
                _kronor(row["amount"]),
            )
            for row in costs
        ),
        frozenset({4}),
    )  # fmt: skip
    budget = Grid(
        _("Hela budgeten före och efter"),
        (_("Förvaltning"), _("År"), _("Finansiär"), _("Nu"), _("Därefter")),
        tuple(
            (
                row["department"], str(row["year"]), str(NAMES[Financier(row["financier"])]),
                _kronor(row["before"]), _kronor(row["after"]),
            )
            for row in money["rows"]
        ),
        frozenset({3, 4}),
    )  # fmt: skip
    facts = (
        (_("Begärt belopp"), _kronor(money["amount"])),
        (_("Beviljat till projektet"), _pair(money["granted"])),
        (_("Kvar av ramen"), _pair(money["left"])),
        (_("Nuvärde enligt kalkylen"), _pair(money["present_value"])),
    )
    return ShownPart(str(PARTS[Part.FUNDS]), facts, (asked, budget))


def _pair(pair: Said) -> str:
    return _(
        "%(before)s nu, %(after)s därefter", before=_kronor(pair["before"]), after=_kronor(pair["after"])
    )


def _kronor(text: str) -> str:
    return str(exact(Decimal(text)))
