"""A frozen report as it is read, on the page and on paper alike: its parts as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.benefits.labels import NAMES
from app.core.benefits import BenefitCategory
from app.core.workflow import State
from app.decisions.models import DecisionKind
from app.decisions.words import DECISIONS
from app.pdf.blocks import Answer, Block, Column, Fact, Facts, Paragraphs, Section, Table
from app.portfolio.asked import Late
from app.portfolio.words import LATE_THINGS, LIT
from app.programme_report import words
from app.programme_report.figures import Told, amounts
from app.programme_report.questions import Ask, Part
from app.programme_report.told import goals, learned, said, text_of
from app.web.tags import TAGS


def part_of_report(told: Told, part: Part) -> Section:
    """A part with the secretariat's words and its figures."""
    return Section(str(words.PARTS[part]), tuple(_BLOCKS[part](told)))


def parts_of_report(told: Told) -> Iterator[tuple[Part, Section]]:
    """Every part after the summary that has something to say."""
    for part in Part:
        if part is not Part.SUMMARY and (part is not Part.GOALS or told.document["goals"]):
            yield part, part_of_report(told, part)


def summary(told: Told) -> tuple[Answer, ...]:
    """The secretariat's words that come first."""
    return tuple(
        Answer(str(words.TEXTS[ask]), Paragraphs.of(text_of(told, ask)))
        for ask in (Ask.HEADLINE, Ask.WELL, Ask.WORRIES, Ask.DECIDE)
    )


# --- money and cases -------------------------------------------------------------------------------------


def _money(told: Told) -> Iterator[Block]:
    money = told.part("money")
    yield from said(told, Ask.MONEY)
    stands = (
        (_("Ram"), "frame"), (_("Kvar att bevilja"), "available"), (_("Beviljat till projekt"), "granted"),
        (_("Betalt"), "paid"), (_("Kvar att rekvirera"), "left"),
    )  # fmt: skip
    rows = tuple((label, told.kronor(money[name])) for label, name in stands)
    caption = _("Så stod det %(day)s, kronor", day=told.document["as_at"])
    yield Table(caption, (Column(_("Pengar")), *amounts(_("Belopp"))), rows)
    rows = tuple(
        (str(label), told.kronor(money["in_period"][kind.value])) for kind, label in words.BOOKED.items()
    )
    caption = _(
        "Det som hände %(first)s – %(last)s, kronor",
        first=told.document["starts_on"],
        last=told.document["ends_on"],
    )
    yield Table(caption, (Column(_("Händelse")), *amounts(_("Belopp"))), rows)


def _pipeline(told: Told) -> Iterator[Block]:
    pipeline = told.part("pipeline")
    yield from said(told, Ask.PIPELINE)
    yield Table(
        _("Ärenden som har skickats till rådet, efter var de står"),
        (Column(_("Läge")), *amounts(_("Ärenden"), _("Sökt, kr"), _("Beviljat, kr"))),
        tuple(
            (
                str(TAGS[State(row["state"])].label),
                str(row["count"]),
                told.kronor(row["applied"]),
                told.kronor(row["granted"]),
            )
            for row in pipeline["states"]
        ),
    )
    decisions = tuple(
        (str(DECISIONS[DecisionKind(row["kind"])].label), str(row["count"]), told.kronor(row["amount"]))
        for row in pipeline["decisions"]
    )
    if not decisions:
        yield Paragraphs((_("Inga beslut fattades under perioden."),))
        return
    columns = (Column(_("Beslut")), *amounts(_("Antal"), _("Beviljat, kr")))
    yield Table(_("Beslut under perioden"), columns, decisions)


def _running(told: Told) -> Iterator[Block]:
    running = told.part("running")
    yield from said(told, Ask.RUNNING)
    lights = tuple((str(tag.label), str(running["lights"][lit.value])) for lit, tag in LIT.items())
    yield Table(_("Projekt som pågår, efter läge"), (Column(_("Läge")), *amounts(_("Projekt"))), lights)
    late = {Late.CASE: "case", Late.REPORT: "report", Late.FOLLOW_UP: "follow_up"}
    rows = [(str(label), str(running["late"][late[one]])) for one, label in LATE_THINGS.items()]
    rows.append((_("Stora risker som är öppna"), str(running["high_risks"])))
    yield Table(_("Sent och riskfyllt"), (Column(_("Vad")), *amounts(_("Antal"))), tuple(rows))
    ended = running["ended"]
    rows = [(str(label), str(ended.get(state.value, 0))) for state, label in words.ENDS.items()]
    yield Table(
        _("Projekt som slutade under perioden"), (Column(_("Hur")), *amounts(_("Projekt"))), tuple(rows)
    )


# --- benefits --------------------------------------------------------------------------------------------


def _benefits(told: Told) -> Iterator[Block]:
    benefits = told.part("benefits")
    yield from said(told, Ask.BENEFITS)
    yield Facts(
        (
            Fact(_("Utlovat under hela kalkylperioden"), told.millions(benefits["promised"])),
            Fact(_("Utlovat per år vid full effekt"), told.millions(benefits["yearly"])),
            Fact(_("Prognos per år vid full effekt"), told.millions(benefits["forecast"])),
            Fact(_("Realiserat, det som är mätt"), told.millions(benefits["realised"])),
            Fact(_("Hemtaget i budget"), told.millions(benefits["taken_home"])),
        )
    )
    came = amounts(_("Beviljat"), _("Utlovat"), _("Realiserat"), _("Hemtaget"))
    if benefits["by_department"]:
        yield Table(
            _("Per förvaltning, kronor"),
            (Column(_("Förvaltning")), *came),
            tuple((row["name"], *_came(told, row)) for row in benefits["by_department"]),
        )
        yield Table(
            _("Efter beslutsår, kronor"),
            (Column(_("Beslutat")), *came),
            tuple((str(row["year"]), *_came(told, row)) for row in benefits["by_year"]),
        )
    if benefits["by_category"]:
        yield Table(
            _("Efter slag av nytta, kronor"),
            (Column(_("Slag")), *amounts(_("Utlovat"), _("Per år"), _("Prognos per år"), _("Realiserat"))),
            tuple(
                (
                    str(NAMES[BenefitCategory(row["category"])]),
                    *(told.kronor(row[name]) for name in ("promised", "yearly", "forecast", "realised")),
                )
                for row in benefits["by_category"]
            ),
        )


def _came(told: Told, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(told.kronor(row[name]) for name in ("granted", "promised", "realised", "taken_home"))


def _operation(told: Told) -> Iterator[Block]:
    found = told.part("operation")
    yield from said(told, Ask.OPERATION)
    known = _("Så var det känt %(day)s, då rapporten gavs ut.", day=told.document["known_on"])
    answered = ngettext(
        "Programmet har %(num)s tjänst i drift eller på väg.",
        "Programmet har %(num)s tjänster i drift eller på väg.",
        found["services"],
    )
    owned = _(
        "För %(count)s av dem har en förvaltning tagit emot driftansvaret.", count=found["answered_for"]
    )
    yield Paragraphs((f"{answered} {owned} {known}",))
    if any(row["financed"] != "0" or row["unfinanced"] != "0" for row in found["years"]):
        yield Table(
            _("Kostnad per år, kronor"),
            (
                Column(_("År")),
                *amounts(_("Finansierat"), _("Utan pengar"), _("Tjänster som förlorar sina pengar")),
            ),
            tuple(
                (
                    str(row["year"]),
                    told.kronor(row["financed"]),
                    told.kronor(row["unfinanced"]),
                    str(row["losing"]),
                )
                for row in found["years"]
            ),
        )
    if found.get("departments"):
        yield Table(
            _("Kostnad %(year)s efter förvaltning, kronor", year=found["borne_in"]),
            (Column(_("Betalande förvaltning")), *amounts(_("Finansierat"), _("Utan pengar"))),
            tuple(
                (row["name"], told.kronor(row["financed"]), told.kronor(row["unfinanced"]))
                for row in found["departments"]
            ),
        )
    if found["losing"]:
        yield Table(
            _("Tjänster utan pengar %(year)s, de dyraste först", year=found["first_without"]),
            (Column(_("Tjänst")), *amounts(_("Saknas, kr"))),
            tuple((row["title"], told.kronor(row["unfinanced"])) for row in found["losing"]),
        )


def _summary(told: Told) -> Iterator[Block]:
    yield from summary(told)


_BLOCKS: Mapping[Part, Callable[[Told], Iterator[Block]]] = {
    Part.SUMMARY: _summary,
    Part.MONEY: _money,
    Part.PIPELINE: _pipeline,
    Part.RUNNING: _running,
    Part.BENEFITS: _benefits,
    Part.OPERATION: _operation,
    Part.LEARNED: learned,
    Part.GOALS: goals,
}
