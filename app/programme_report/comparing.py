"""Two versions of a report beside each other: which figures, words and projects are not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.charts import Language
from app.core.plainly import number_of
from app.core.workflow import State
from app.pdf.blocks import Column, Table
from app.portfolio.asked import Late, Lit
from app.portfolio.words import LATE_THINGS, LIT
from app.programme_report import projects, words
from app.programme_report.figures import Told, amounts
from app.programme_report.questions import PART_OF, Ask
from app.programme_report.told import standing_of
from app.web.formats import number
from app.web.tags import TAGS

ZERO = Decimal(0)

_AMOUNTS: Sequence[tuple[str, str, Any]] = (
    ("money", "frame", _l("Ram, kr")),
    ("money", "available", _l("Kvar att bevilja, kr")),
    ("money", "granted", _l("Beviljat till projekt, kr")),
    ("money", "paid", _l("Betalt, kr")),
    ("money", "left", _l("Kvar att rekvirera, kr")),
    ("benefits", "promised", _l("Utlovad nytta, kr")),
    ("benefits", "yearly", _l("Utlovat per år, kr")),
    ("benefits", "forecast", _l("Prognos per år, kr")),
    ("benefits", "realised", _l("Realiserad nytta, kr")),
    ("benefits", "taken_home", _l("Hemtaget i budget, kr")),
)
_LATE: Mapping[Late, str] = {Late.CASE: "case", Late.REPORT: "report", Late.FOLLOW_UP: "follow_up"}


class Figure(NamedTuple):
    """A figure in both versions."""

    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Rewritten:
    """A text that is not the same."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What differs between two versions of a report."""

    figures: Table
    rewritten: Sequence[Rewritten]
    same: Sequence[str]
    """The texts that say the same, by their names."""
    projects: Sequence[tuple[str, ...]]
    """Each thing that is told otherwise of a project: project, what, before, after."""

    def table_of(self, some: Sequence[tuple[str, ...]]) -> Table:
        """Some of what is told otherwise, as a table."""
        heads = (Column(_("Projekt")), Column(_("Vad")), Column(_("Före")), Column(_("Efter")))
        return Table("", heads, tuple(some))


def comparison(before: Mapping[str, Any], after: Mapping[str, Any], language: Language) -> Comparison:
    """Hold two frozen documents against each other."""
    texts = list(_texts(before, after))
    return Comparison(
        _table(list(figures(before, after)), (before["number"], after["number"]), language),
        [text for text in texts if text.before != text.after],
        [text.name for text in texts if text.before == text.after and text.after],
        list(_projects(Told(before, language), Told(after, language))),
    )


# --- figures ---------------------------------------------------------------------------------------------


def figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Figure]:
    """Every sum and count of the report, in both versions."""
    for part, key, label in _AMOUNTS:
        yield Figure(str(label), number_of(before[part][key]) or ZERO, number_of(after[part][key]) or ZERO)
    old, new = before["running"], after["running"]
    yield _count(_("Ärenden som har skickats till rådet"), len(before["projects"]), len(after["projects"]))
    yield _count(_("Projekt som pågår"), old["at_work"], new["at_work"])
    for lit in Lit:
        label = _("Projekt som pågår: %(light)s", light=str(LIT[lit].label).lower())
        yield _count(label, old["lights"][lit.value], new["lights"][lit.value])
    for late, key in _LATE.items():
        yield _count(str(LATE_THINGS[late]), old["late"][key], new["late"][key])
    yield _count(_("Stora risker som är öppna"), old["high_risks"], new["high_risks"])
    yield _count(_("Tjänster"), before["operation"]["services"], after["operation"]["services"])


def _count(name: str, before: int, after: int) -> Figure:
    return Figure(name, Decimal(before), Decimal(after))


def _table(found: Sequence[Figure], numbers: tuple[int, int], language: Language) -> Table:
    def cells(row: Figure) -> tuple[str, ...]:
        difference = row.after - row.before
        sign = "+" if difference > 0 else ""
        changed = sign + number(difference, 0, language) if difference else "–"
        return row.name, number(row.before, 0, language), number(row.after, 0, language), changed

    heads = (_("Version %(number)s", number=one) for one in numbers)
    return Table("", (Column(_("Siffra")), *amounts(*heads, _("Skillnad"))), tuple(map(cells, found)))


# --- words -----------------------------------------------------------------------------------------------


def _texts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Rewritten]:
    """Each text of the report, and what is said of each goal."""
    old, new = before["said"]["texts"], after["said"]["texts"]
    for ask in PART_OF:
        name = str(words.TEXTS[Ask(ask)])
        yield Rewritten(name, old.get(ask.value, ""), new.get(ask.value, ""))
    goals = {row["key"]: row for row in before["goals"]}
    for row in after["goals"]:
        earlier = goals.pop(row["key"], None)
        yield Rewritten(row["text"], _of_goal(earlier) if earlier else "", _of_goal(row))
    for row in goals.values():
        yield Rewritten(row["text"], _of_goal(row), "")


def _of_goal(row: Mapping[str, Any]) -> str:
    parts = (row["text"], row["measure"], row["value"], standing_of(row["standing"]), row["comment"])
    return "\n".join(part for part in parts if part)


# --- projects --------------------------------------------------------------------------------------------


def _projects(before: Told, after: Told) -> Iterator[tuple[str, ...]]:
    """What is told otherwise of each project; those that came and those that went say only that."""
    old = {row["key"]: row for row in before.document["projects"]}
    for row in after.document["projects"]:
        earlier = old.pop(row["key"], None)
        if earlier is None:
            yield row["title"], _("Ärendet"), _("Fanns inte med"), _("Finns med")
        else:
            yield from _changed(before, after, earlier, row)
    for row in old.values():
        yield row["title"], _("Ärendet"), _("Finns med"), _("Finns inte med")


def _changed(
    before: Told, after: Told, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[tuple[str, ...]]:
    for (what, earlier), (_what, later) in zip(_said(before, old), _said(after, new), strict=True):
        if earlier != later:
            yield new["title"], what, earlier, later


def _said(told: Told, row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is compared of a project, as its reader sees it."""
    yield _("Namn"), row["title"]
    yield _("Förvaltning"), row["department"]
    yield _("Status"), str(TAGS[State(row["state"])].label)
    yield _("Läge"), projects.light_of(row)
    for label, key in (
        (_("Beviljat, kr"), "granted"), (_("Betalt, kr"), "paid"), (_("Utlovat, kr"), "promised"),
        (_("Prognos per år, kr"), "forecast"), (_("Realiserat, kr"), "realised"),
        (_("Hemtaget, kr"), "taken_home"),
    ):  # fmt: skip
        yield label, told.kronor(row[key])
    yield _("Det som rapporten säger"), "\n".join(projects.told_of(row)) or "–"
