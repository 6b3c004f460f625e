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
from app.web.formats import decimal_text, exact, percent
from app.web.language import current_language

Said = Mapping[str, Any]
"""A request's document: see `app.delivery.changes.document`."""
NONE = "–"


@dataclass(frozen=True)
class Grid:
    """A table; `numeric` are the columns of numbers, from 0; `footer` is its sum."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    footer: tuple[str, ...] = ()


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
    yield from _of_the_plan(content)
    yield from _of_the_project(content)
    whole = content.get("whole") or content["money"]  # format 1 told of the whole with the money
    if whole:
        yield _in_all(whole, content["money"])


def _of_the_plan(content: Said) -> Iterator[ShownPart]:
    wanted = content["wanted"]
    if content["time"]:
        yield _time(content["time"])
    if content.get("scope"):
        yield _scope(content["scope"])
    if wanted["costs"]:
        yield _costs(content["money"], wanted["costs"])
    if wanted.get("moves"):
        yield _moves(wanted["moves"])
    if content.get("effort"):
        yield _effort(content["effort"])


def _of_the_project(content: Said) -> Iterator[ShownPart]:
    wanted = content["wanted"]
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


def _costs(money: Said, costs: list[Said]) -> ShownPart:
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
    return ShownPart(str(PARTS[Part.FUNDS]), ((_("Begärt belopp"), _kronor(money["amount"])),), (asked,))


def _moves(moves: list[Said]) -> ShownPart:
    table = Grid(
        _("Det som flyttas"),
        (_("Kostnad"), _("Finansiär"), _("Från"), _("Till"), _("Belopp")),
        tuple(
            (
                row["description"], str(NAMES[Financier(row["financier"])]),
                f"{row['department']} {row['year']}", f"{row['to_department']} {row['to_year']}",
                _kronor(row["amount"]),
            )
            for row in moves
        ),
        frozenset({4}),
    )  # fmt: skip
    total = sum((Decimal(row["amount"]) for row in moves), Decimal(0))
    return ShownPart(str(PARTS[Part.MOVE]), ((_("Flyttat belopp"), str(exact(total))),), (table,))


def _scope(scope: Said) -> ShownPart:
    facts = [(_("Omfattning nu"), scope["text"]["before"] or _("Som i ansökan"))]
    facts.append((_("Omfattning därefter"), scope["text"]["after"] or _("Som i ansökan")))
    table = Grid(
        _("Nyttor som ändras"),
        (_("Nytta"), _("Från"), _("Värde per år vid full effekt"), _("Nuvärde")),
        tuple(
            (
                row["description"], _days_pair(row["starts_on"]), _optional_pair(row["yearly"]),
                _optional_pair(row["present_value"]),
            )
            for row in scope["benefits"]
        ),
    )  # fmt: skip
    counted = [row for row in scope["benefits"] if row["working"]]
    facts += [(_("Så är ”%(name)s” räknad", name=row["description"]), row["working"]) for row in counted]
    return ShownPart(str(PARTS[Part.SCOPE]), tuple(facts), (table,) if table.rows else ())


def _days_pair(pair: Said) -> str:
    return _told(pair["before"] or NONE, pair["after"] or NONE)


def _optional_pair(pair: Said) -> str:
    return NONE if pair["before"] is None or pair["after"] is None else _pair(pair)


def _effort(rows: list[Said]) -> ShownPart:
    table = Grid(
        _("Roller före och efter"),
        (_("Roll"), _("Förvaltning"), _("Nu"), _("Därefter")),
        tuple((row["role"], row["department"], _work(row["before"]), _work(row["after"])) for row in rows),
        frozenset({2, 3}),
    )
    return ShownPart(str(PARTS[Part.EFFORT]), (), (table,))


def _work(row: Said | None) -> str:
    if row is None:
        return NONE
    said = [_hours(row["low"], row["high"])] if row["low"] is not None else []
    if row["share"] is not None:
        said.append(percent(Decimal(row["share"]), language=current_language()))
    return ", ".join(said)


def _hours(low: str, high: str) -> str:
    least, most = (decimal_text(Decimal(end), current_language()) for end in (low, high))
    return _("%(hours)s timmar", hours=least if least == most else f"{least}–{most}")


def _in_all(whole: Said, money: Said | None) -> ShownPart:
    """What the request as a whole makes of the project."""
    facts = [
        (_("Beviljat till projektet"), _pair(whole["granted"])),
        (_("Kvar av ramen"), _pair(whole["left"])),
        (_("Nuvärde enligt kalkylen"), _pair(whole["present_value"])),
    ]
    if hours := whole.get("hours"):
        facts.append((_("Planerade timmar"), _told(_hours(*hours["before"]), _hours(*hours["after"]))))
    return ShownPart(_("Projektet sammantaget"), tuple(facts), (_budget(money),) if money else ())


def _told(before: str, after: str) -> str:
    if before == after:
        return _("%(amount)s, oförändrat", amount=before)
    return _("%(before)s nu, %(after)s därefter", before=before, after=after)


def _budget(money: Said) -> Grid:
    return Grid(
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
        (_("Summa"), "", "", *(_sum_of(money["rows"], side) for side in ("before", "after"))),
    )  # fmt: skip


def _sum_of(rows: list[Said], side: str) -> str:
    return str(exact(sum((Decimal(row[side]) for row in rows), Decimal(0))))


def _pair(pair: Said) -> str:
    return _told(_kronor(pair["before"]), _kronor(pair["after"]))


def _kronor(text: str) -> str:
    return str(exact(Decimal(text)))
