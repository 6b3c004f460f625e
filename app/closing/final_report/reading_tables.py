"""The tables of a final report, from the document that was frozen when it was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.benefits.labels import NAMES
from app.closing.final_report import words
from app.core.costs import Financier
from app.core.final_report import Fulfilment, GoalKind
from app.pdf.blocks import Block, Column, Paragraphs, Table

Said = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]


def promised(kind: GoalKind, rows: Rows) -> Table:
    """What was to be reached, and how it is seen."""
    if kind is GoalKind.BENEFIT:
        return _benefits(rows)
    columns = (
        Column(_("Mål"), share=40), Column(_("Indikator"), share=28), Column(_("Från"), share=10),
        Column(_("Till"), share=10), Column(_("Senast"), share=12),
    )  # fmt: skip
    return Table(
        "",
        columns,
        tuple(
            (
                row["text"],
                row["indicator"] or "–",
                row["baseline"] or "–",
                " ".join(part for part in (row["target"], row["unit"]) if part) or "–",
                row["by"] or "–",
            )
            for row in rows
        ),
    )


def _benefits(rows: Rows) -> Table:
    columns = [Column(_("Nytta"), share=50), Column(_("Indikator"), share=36), Column(_("Från"), share=14)]
    found = [(row["text"], row["indicator"] or "–", row["by"] or "–") for row in rows]
    if not any(row["target"] for row in rows):
        return Table("", tuple(columns), tuple(found))
    columns.append(Column(_("Beslutat värde per år"), numeric=True, share=20))
    yearly = (words.kept_amount(row["target"]) if row["target"] else "–" for row in rows)
    return Table("", tuple(columns), tuple((*row, value) for row, value in zip(found, yearly, strict=True)))


def goals(kind: GoalKind, rows: Rows) -> Table:
    """How far each goal was reached, how that is seen, and who follows it up."""
    columns = (
        Column(_("Mål"), share=30), Column(_("Hur det blev"), share=20), Column(_("Det vi ser"), share=26),
        Column(_("Följs upp av"), share=24),
    )  # fmt: skip
    found = tuple(
        (
            row["text"],
            str(words.FULFILMENTS[Fulfilment(row["fulfilment"])].label) if row["fulfilment"] else "–",
            ". ".join(part for part in (row["value"], row["comment"]) if part) or "–",
            _follow_up(row),
        )
        for row in rows
    )
    return Table(_("%(kind)s: hur det blev", kind=words.GOALS[kind]), columns, found)


def _follow_up(row: Mapping[str, Any]) -> str:
    if row["fulfilment"] != Fulfilment.NOT_YET:
        return "–"
    by = _("senast %(day)s", day=row["follow_up_by"]) if row["follow_up_by"] else ""
    return ", ".join(part for part in (row["follow_up_role"], row["follow_up_department"], by) if part)


def milestones(said: Said) -> Table:
    """When each was to be ready, and was."""
    columns = (
        Column(_("Det här är klart"), share=38), Column(_("Först planerad"), share=15),
        Column(_("Planerad nu"), share=15), Column(_("Nådd"), share=15), Column(_("Skillnad"), share=17),
    )  # fmt: skip
    rows = tuple(
        (
            f"{row['name']}: {row['note']}" if row["note"] else row["name"],
            row["first_on"] or _("tillkom"),
            row["planned_on"],
            row["reached_on"] or _("nåddes inte"),
            words.delay_text(row["delay"]),
        )
        for row in said["milestones"]
    )
    return Table(_("Milstolpar"), columns, rows)


def plans(said: Said) -> Table:
    """The plans that the project has had, each with what made it."""
    columns = (
        Column(_("Plan"), share=10), Column(_("Fastställd"), share=16), Column(_("Projektets tid"), share=28),
        Column(_("Skäl"), share=46),
    )  # fmt: skip
    rows = tuple(
        (str(row["number"]), row["on"], f"{row['starts_on']} – {row['ends_on']}", row["reason"] or "–")
        for row in said["plans"]
    )
    return Table(_("Planer som har gällt"), columns, rows)


# --- money and hours -------------------------------------------------------------------------------------


def costs(said: Said) -> Table:
    """What each budget line was to cost, and cost."""
    columns = (
        Column(_("Kostnad"), share=28), Column(_("Förvaltning"), share=20), Column(_("Finansiär"), share=13),
        Column(_("Först planerat"), numeric=True, share=13), Column(_("Budget nu"), numeric=True, share=13),
        Column(_("Utfall"), numeric=True, share=13),
    )  # fmt: skip
    rows = [
        (
            row["description"],
            row["department"],
            str(NAMES[Financier(row["financier"])]),
            *(words.kept_amount(row[key]) for key in ("first", "budget", "spent")),
        )
        for row in said["costs"]
    ]
    totals = said["totals"]
    if totals["outside_plan"] != "0":
        outside = words.kept_amount(totals["outside_plan"])
        rows.append((_("Utanför budgetens rader"), "–", "–", "–", "–", outside))
    footer = (
        _("Summa"), "", "",
        *(words.kept_amount(totals[key]) for key in ("first_budget", "budget", "spent")),
    )  # fmt: skip
    return Table(_("Kostnad, kronor"), columns, tuple(rows), (footer,))


def granted(said: Said) -> Table:
    """What became of the granted money."""
    names = ("granted", "paid", "returned", "remaining")
    columns = (
        Column(_("Förvaltning"), share=32), Column(_("Budgetår"), share=12),
        Column(_("Beviljat"), numeric=True, share=14), Column(_("Utbetalt"), numeric=True, share=14),
        Column(_("Återfört"), numeric=True, share=14), Column(_("Kvar"), numeric=True, share=14),
    )  # fmt: skip
    rows = tuple(
        (row["department"], str(row["year"]), *(words.kept_amount(row[name]) for name in names))
        for row in said["granted"]
    )
    footer = (_("Summa"), "", *(words.kept_amount(said["totals"][name]) for name in names))
    return Table(_("Beviljade pengar, kronor"), columns, rows, (footer,))


def hours(said: Said) -> Table | None:
    """What each role was to work, and worked."""
    if not said["hours"]:
        return None
    columns = (
        Column(_("Roll"), share=24), Column(_("Förvaltning"), share=22),
        Column(_("Först planerat"), share=18), Column(_("Arbetat"), share=18),
        Column(_("Mer än planerat"), share=18),
    )  # fmt: skip
    rows = [
        (
            row["role"], row["department"], words.planned_work(row), words.done_work(row),
            words.more_work(row),
        )
        for row in said["hours"]
    ]  # fmt: skip
    outside = said["totals"]["hours_outside_plan"]
    if outside != "0":
        worked = _("%(hours)s timmar", hours=words.kept_number(outside))
        rows.append((_("Utanför planens roller"), "–", "–", worked, "–"))
    return Table(_("Timmar per roll"), columns, tuple(rows))


def activities(said: Said) -> Table | None:
    """What was entered as cost and hours."""
    if not said["activities"]:
        return None
    columns = (
        Column(_("Aktivitet"), share=60), Column(_("Timmar"), numeric=True, share=20),
        Column(_("Kronor"), numeric=True, share=20),
    )  # fmt: skip
    rows = tuple(
        (
            row["name"] or _("Övriga"),
            words.kept_number(row["hours"]) if row["hours"] != "0" else "–",
            words.kept_amount(row["amount"]),
        )
        for row in said["activities"]
    )
    totals = said["totals"]
    footer = (_("Summa"), words.kept_number(totals["hours"]), words.kept_amount(totals["spent"]))
    return Table(_("Bokförda timmar och kostnader"), columns, rows, (footer,))


# --- what changed, and what is left ----------------------------------------------------------------------


def changes(said: Said) -> Block:
    """What was asked to be changed, and what became of it."""
    if not said["changes"]:
        return Paragraphs((_("Inga ändringar har begärts."),))
    columns = (
        Column(_("Begäran"), share=30), Column(_("Mer pengar, kronor"), numeric=True, share=18),
        Column(_("Skäl"), share=24), Column(_("Beslut"), share=28),
    )  # fmt: skip
    rows = tuple(
        (
            f"{row['number']}. {words.parts_text(row['parts'])}",
            words.kept_amount(row["amount"]) if row["amount"] != "0" else "–",
            row["reason"] or "–",
            " ".join(
                str(part) for part in (words.OUTCOMES_OF_CHANGES[row["outcome"]], row["decided_on"]) if part
            ),
        )
        for row in said["changes"]
    )
    return Table(_("Begärda ändringar"), columns, rows)


def rest(said: Said) -> Block:
    """What is left to do, and who does it."""
    if not said["rest"]:
        return Paragraphs((_("Inget är kvar att göra."),))
    columns = (
        Column(_("Det som återstår"), share=38), Column(_("Tas över av"), share=36),
        Column(_("Senast"), share=14), Column(_("Läge"), share=12),
    )  # fmt: skip
    rows = tuple(
        (
            row["what"],
            ", ".join(part for part in (row["owner"], row["department"]) if part),
            row["due_on"],
            str(words.rest_state(row["state"]).label),
        )
        for row in said["rest"]
    )
    return Table(_("Restlista"), columns, rows)
