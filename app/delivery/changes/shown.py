"""What a request says, part by part, before and after: the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.benefits.labels import NAMES
from app.core.changes import Part
from app.core.costs import CostKind, Financier
from app.delivery.changes.words import PARTS
from app.pdf.blocks import Column, Table
from app.web.formats import MINUS, decimal_text, exact, percent
from app.web.language import current_language

Said = Mapping[str, Any]
"""A request's document: see `app.delivery.changes.document`."""
NONE = "–"


@dataclass(frozen=True)
class ShownPart:
    """One part of a request."""

    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...] = ()


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
    table = Table(
        _("Milstolpar som ändras"),
        (Column(_("Det här är klart")), Column(_("Nu")), Column(_("Därefter")), Column(_("Skillnad"))),
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
    asked = Table(
        _("Det som begärs av programmet"),
        (
            Column(_("Kostnad")), Column(_("Slag")), Column(_("Förvaltning")), Column(_("År")),
            Column(_("Belopp"), numeric=True),
        ),
        tuple(
            (
                row["description"], str(NAMES[CostKind(row["kind"])]), row["department"], str(row["year"]),
                _kronor(row["amount"]),
            )
            for row in costs
        ),
    )  # fmt: skip
    return ShownPart(str(PARTS[Part.FUNDS]), ((_("Begärt belopp"), _kronor(money["amount"])),), (asked,))


def _moves(moves: list[Said]) -> ShownPart:
    table = Table(
        _("Det som flyttas"),
        (
            Column(_("Kostnad")), Column(_("Finansiär")), Column(_("Från")), Column(_("Till")),
            Column(_("Belopp"), numeric=True),
        ),
        tuple(
            (
                row["description"], str(NAMES[Financier(row["financier"])]),
                f"{row['department']} {row['year']}", f"{row['to_department']} {row['to_year']}",
                _kronor(row["amount"]),
            )
            for row in moves
        ),
    )  # fmt: skip
    total = sum((Decimal(row["amount"]) for row in moves), Decimal(0))
    return ShownPart(str(PARTS[Part.MOVE]), ((_("Flyttat belopp"), str(exact(total))),), (table,))


def _scope(scope: Said) -> ShownPart:
    facts = [(_("Omfattning nu"), scope["text"]["before"] or _("Som i ansökan"))]
    facts.append((_("Omfattning därefter"), scope["text"]["after"] or _("Som i ansökan")))
    table = Table(
        _("Nyttor som ändras"),
        (
            Column(_("Nytta")), Column(_("Från")), Column(_("Värde per år vid full effekt")),
            Column(_("Nuvärde")),
        ),
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
    table = Table(
        _("Roller före och efter"),
        (
            Column(_("Roll")),
            Column(_("Förvaltning")),
            Column(_("Nu"), numeric=True),
            Column(_("Därefter"), numeric=True),
        ),
        tuple((row["role"], row["department"], _work(row["before"]), _work(row["after"])) for row in rows),
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
    rows = [
        _amounts(_("Beviljat till projektet"), whole["granted"]),
        _amounts(_("Kvar av ramen"), whole["left"]),
        _amounts(_("Nuvärde enligt kalkylen"), whole["present_value"]),
    ]
    if hours := whole.get("hours"):
        rows.append(_hours_in_all(hours["before"], hours["after"]))
    columns = (
        Column(_("Det här räknas")), Column(_("Nu"), numeric=True), Column(_("Därefter"), numeric=True),
        Column(_("Skillnad"), numeric=True),
    )  # fmt: skip
    table = Table(_("Före och efter"), columns, tuple(rows))
    return ShownPart(_("Projektet sammantaget"), (), (table, _budget(money)) if money else (table,))


def _amounts(label: str, pair: Said) -> tuple[str, ...]:
    change = Decimal(pair["after"]) - Decimal(pair["before"])
    more = f"{'+' if change > 0 else MINUS}{exact(abs(change))}" if change else _("oförändrat")
    return label, _kronor(pair["before"]), _kronor(pair["after"]), more


def _hours_in_all(before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """Both ends of a range may change by as much, or by different numbers."""
    changes = [Decimal(later) - Decimal(now) for now, later in zip(before, after, strict=True)]
    return _("Planerade timmar"), _hours(*before), _hours(*after), _hours_more(*map(_signed, changes))


def _hours_more(least: str, most: str) -> str:
    if least == most == "0":
        return _("oförändrat")
    hours = least if least == most else _("%(low)s till %(high)s", low=least, high=most)
    return _("%(hours)s timmar", hours=hours)


def _signed(change: Decimal) -> str:
    said = decimal_text(abs(change), current_language())
    return said if not change else f"{'+' if change > 0 else MINUS}{said}"


def _told(before: str, after: str) -> str:
    if before == after:
        return _("%(amount)s, oförändrat", amount=before)
    return _("%(before)s nu, %(after)s därefter", before=before, after=after)


def _budget(money: Said) -> Table:
    return Table(
        _("Hela budgeten före och efter"),
        (
            Column(_("Förvaltning")), Column(_("År")), Column(_("Finansiär")),
            Column(_("Nu"), numeric=True), Column(_("Därefter"), numeric=True),
        ),
        tuple(
            (
                row["department"], str(row["year"]), str(NAMES[Financier(row["financier"])]),
                _kronor(row["before"]), _kronor(row["after"]),
            )
            for row in money["rows"]
        ),
        ((_("Summa"), "", "", *(_sum_of(money["rows"], side) for side in ("before", "after"))),),
    )  # fmt: skip


def _sum_of(rows: list[Said], side: str) -> str:
    return str(exact(sum((Decimal(row[side]) for row in rows), Decimal(0))))


def _pair(pair: Said) -> str:
    return _told(_kronor(pair["before"]), _kronor(pair["after"]))


def _kronor(text: str) -> str:
    return str(exact(Decimal(text)))
