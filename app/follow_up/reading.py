"""A follow-up as it was sent: the same sections on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from app.closing.final_report.reading_tables import rest
from app.closing.final_report.words import FULFILMENTS, kept_amount, kept_number
from app.core.final_report import Fulfilment
from app.core.plainly import number_of
from app.follow_up import words
from app.follow_up.questions import BY_ASK, Ask, Kind, Section, questions_in
from app.pdf.blocks import Answer, Block, Column, Fact, Facts, KeyFigure, KeyFigures, Paragraphs, Table
from app.pdf.blocks import Section as Part

Said = Mapping[str, Any]
"""A follow-up's document: see `app.follow_up.document`."""


def key_figures(said: Said) -> KeyFigures:
    """Use and operation at a glance."""
    answers, use = said["said"]["answers"], said["use"]
    works = words.works_tag(answers.get(Ask.WORKS))
    completed = answers.get(Ask.COMPLETED)
    return KeyFigures(
        (
            KeyFigure(
                _("Fullföljda ärenden"),
                kept_number(str(completed)) if completed is not None else "–",
                _("%(since)s – %(until)s", since=answers[Ask.SINCE], until=answers[Ask.UNTIL])
                if answers.get(Ask.SINCE) and answers.get(Ask.UNTIL)
                else "",
            ),
            KeyFigure(_("Fullföljer det de påbörjar"), _share(use["completion"])),
            KeyFigure(_("Digital andel"), _share(use["digital"]), _("av alla ärenden")),
            KeyFigure(_("Driftansvaret"), str(works.label) if works else "–"),
        )
    )


def _share(text: str | None) -> str:
    return words.share(number_of(text))


def facts(said: Said) -> Sequence[Fact]:
    """What stands at the head of the follow-up."""
    return (
        Fact(_("Överlämnat"), said["handed_over_on"]),
        Fact(_("Uppföljningens dag"), said["follows_on"]),
        Fact(_("Ska vara inskickad"), said["due_on"]),
        Fact(_("Ansvarar för uppföljningen"), said["department"]),
        Fact(_("Skickad av"), said["manager"]),
        Fact(_("Projektledare"), said["leader"]),
    )


def sections_of(said: Said) -> tuple[Part, ...]:
    """The whole follow-up."""
    made = {
        Section.GOALS: _goals,
        Section.BENEFITS: _benefits,
        Section.OPERATION: _operation,
        Section.REST: _rest,
    }
    parts = []
    for section in Section:
        blocks = tuple(made.get(section, _answered(section))(said))
        if blocks:
            parts.append(Part(str(words.SECTIONS[section]), blocks))
    return tuple(parts)


def _answered(section: Section) -> Any:
    """The questions of a section that have an answer: short answers as facts, texts under their questions."""

    def blocks(said: Said) -> Iterator[Block]:
        yield from _answers(said, section)

    return blocks


def _answers(said: Said, section: Section) -> Iterator[Block]:
    answers = said["said"]["answers"]
    asked = [row.ask for row in questions_in(section) if answers.get(row.ask) not in (None, "")]
    short = [ask for ask in asked if BY_ASK[ask].kind is not Kind.TEXT]
    if short:
        yield Facts(tuple(Fact(str(words.QUESTIONS[ask]), _shown(said, ask)) for ask in short))
    for ask in asked:
        if BY_ASK[ask].kind is Kind.TEXT:
            told = Paragraphs.of(answers[ask])
            yield told if ask is Ask.SUMMARY else Answer(str(words.QUESTIONS[ask]), told)


def _shown(said: Said, ask: Ask) -> str:
    """A short answer as people read it."""
    value, question = said["said"]["answers"][ask], BY_ASK[ask]
    if question.choices is not None:
        return str(words.CHOICES[question.choices][question.choices(value)])
    if question.kind is Kind.DEPARTMENT:
        return str(said["owner_department"])
    if question.kind is Kind.MONEY:
        return _("%(amount)s kr", amount=kept_amount(value))
    return kept_number(str(value)) if question.kind in (Kind.COUNT, Kind.NUMBER) else str(value)


def _operation(said: Said) -> Iterator[Block]:
    yield from _answers(said, Section.OPERATION)
    planned = said["operation_planned"]
    if planned["owner"]:
        cost = _("%(amount)s kr", amount=kept_amount(planned["yearly_cost"]))
        columns = (Column(_("Det som planerades"), share=40), Column(_("I den beslutade ansökan"), share=60))
        rows = (
            (str(words.QUESTIONS[Ask.OWNER]), planned["owner"]),
            (str(words.QUESTIONS[Ask.OWNER_DEPARTMENT]), planned["department"] or "–"),
            (str(words.QUESTIONS[Ask.YEARLY_COST]), cost),
            (str(words.QUESTIONS[Ask.PAYER]), planned["payer"] or "–"),
            (_("Finansierad till och med"), planned["financed_until"] or "–"),
        )
        yield Table("", columns, rows)


def _goals(said: Said) -> Iterator[Block]:
    if said["goals"]:
        columns = (
            Column(_("Mål"), share=32), Column(_("Förut"), share=17), Column(_("Nu"), share=17),
            Column(_("Det vi ser"), share=34),
        )  # fmt: skip
        rows = tuple(
            (
                row["text"],
                _fulfilment(row["before"]),
                _fulfilment(row["fulfilment"]),
                ". ".join(part for part in (row["value"], row["comment"]) if part) or "–",
            )
            for row in said["goals"]
        )
        yield Table("", columns, rows)
    if said["reached"]:
        yield Paragraphs((_("Mål som är uppfyllda: %(goals)s.", goals="; ".join(said["reached"])),))


def _fulfilment(said: str | None) -> str:
    return str(FULFILMENTS[Fulfilment(said)].label) if said else "–"


def _benefits(said: Said) -> Iterator[Block]:
    if not said["benefits"]:
        return
    columns = (
        Column(_("Nytta"), share=25), Column(_("Ägare"), share=17), Column(_("Uppmätt"), share=20),
        Column(_("Utlovat, kronor om året"), numeric=True, share=12), Column(_("Hur det går"), share=26),
    )  # fmt: skip
    rows = tuple(
        (
            row["text"],
            ", ".join(part for part in (row["owner"], row["department"]) if part),
            _measured(row),
            kept_amount(row["yearly"]),
            _coming(row),
        )
        for row in said["benefits"]
    )
    yield Table("", columns, rows)


def _measured(row: Mapping[str, Any]) -> str:
    """What the indicator showed last, against where it was and is to come. What nobody measures says so."""
    if row["measured"] is None:
        return _("Inte uppmätt")
    return _(
        "%(value)s %(unit)s till %(day)s, från %(baseline)s mot %(target)s",
        value=kept_number(row["measured"]),
        unit=row["unit"],
        day=row["measured_until"],
        baseline=kept_number(row["baseline"]),
        target=kept_number(row["target"]),
    )


def _coming(row: Mapping[str, Any]) -> str:
    tag = words.coming_tag(row["coming"])
    return ". ".join(part for part in (str(tag.label) if tag else "", row["comment"]) if part) or "–"


def _rest(said: Said) -> Iterator[Block]:
    remaining = said["said"]["remaining"]
    if said["rest"] or not remaining:
        yield rest(said)
    if remaining:
        columns = (
            Column(_("Det som har tillkommit"), share=50), Column(_("Gör det"), share=34),
            Column(_("Senast"), share=16),
        )  # fmt: skip
        yield Table(
            _("Nytt på restlistan"),
            columns,
            tuple((row["text"], row["owner"], row["due_on"] or "–") for row in remaining),
        )
    yield from _answers(said, Section.REST)
