"""The decision memo on paper: what is proposed or decided, and everything that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app import pdf
from app.applications import reading
from app.applications.paper_parts import answer, department_facts, remark_notices, risk_table, subtitle
from app.benefits import paper_tables
from app.benefits.documents import key_figures, result_sections
from app.charts import Language
from app.core import alphabet
from app.core.clock import local_day
from app.decisions import queries
from app.decisions.dossier import Dossier
from app.decisions.models import Condition, Decision, Opinion
from app.decisions.rules import ZERO, Amount
from app.decisions.watch import shortened, watch_points
from app.decisions.words import decision_tag, opinion_tag, proposal_text
from app.pdf.blocks import (
    Block,
    Bullets,
    Column,
    DecisionProposal,
    Fact,
    Facts,
    Notice,
    Paragraphs,
    Report,
    Section,
    Table,
)
from app.projects.models import ProjectKind
from app.web.formats import iso_date, kronor, number

_WATCH_LENGTH = 400


def memo_pdf(dossier: Dossier, language: Language, order: pdf.Order) -> bytes:
    """The memo as a PDF."""
    with force_locale(language):
        return order.render(memo(dossier, language))


def memo(dossier: Dossier, language: Language, page_prefix: str = "") -> pdf.Document:
    """The memo as a document, in the language of the moment. `page_prefix` is its name in a pack."""
    content = dossier.version.content
    return pdf.Document(
        "pdf/decision_memo.html",
        content["title"],
        language,
        dossier.project.case_number,
        str(dossier.version.number),
        dossier.told_on,
        Report(
            subtitle(content),
            tuple(case_facts(dossier, language)),
            proposal(dossier, language),
            (
                Paragraphs.of(answer(content, "summary", "summary")),
                key_figures(dossier.inputs, language),
                *watch_notice(dossier, language, _WATCH_LENGTH),
            ),
            tuple(_sections(dossier, language)),
            contents=not page_prefix,
            page_prefix=page_prefix,
        ),
    )


def proposal(dossier: Dossier, language: Language) -> DecisionProposal:
    """The box: the decision once there is one, else what is proposed, else what is applied for."""
    if dossier.decision is not None:
        return _decided(dossier.decision, language)
    item = dossier.item
    if item is not None:
        verb = str(proposal_text(item.proposal))
        amount = item.proposed_amount
        return DecisionProposal(item.proposal_text, f"{verb} {kronor(amount, language)}" if amount else verb)
    applied = kronor(dossier.version.applied_amount, language)
    text = answer(dossier.version.content, "summary", "proposal")
    return DecisionProposal(
        text or _("Ansökan avser %(amount)s ur programmets ram.", amount=applied),
        applied,
        title=_("Sökandens förslag till beslut"),
    )


def watch_notice(dossier: Dossier, language: Language, limit: int) -> tuple[Notice, ...]:
    """What to watch, in at most so many signs."""
    watched = " ".join(watch_points(dossier, language))
    return (Notice(_("Att uppmärksamma"), shortened(watched, limit)),) if watched else ()


def case_facts(dossier: Dossier, language: Language) -> Iterator[Fact]:
    """Who applies, for what, and who may decide."""
    yield from department_facts(dossier.version.content)
    yield Fact(_("Sökt belopp"), kronor(dossier.version.applied_amount, language))
    if dossier.decision is None:
        yield Fact(_("Beslutas av"), decider_text(dossier, language))


def decider_text(dossier: Dossier, language: Language) -> str:
    """Who may decide on the amount, and up to what."""
    decider = dossier.decider
    if decider is None:
        return _("Ingen delegation räcker för beloppet.")
    return _office(decider.decider, decider.limit, language)


def _office(name: str, limit: Decimal | None, language: Language) -> str:
    if limit is None:
        return _("%(decider)s, utan beloppsgräns", decider=name)
    return _("%(decider)s, högst %(limit)s", decider=name, limit=kronor(limit, language))


def _decided(decision: Decision, language: Language) -> DecisionProposal:
    kind = str(decision_tag(decision.kind).label)
    return DecisionProposal(
        _("Beslutat %(day)s av %(decider)s.", day=iso_date(decision.decided_on), decider=decision.decider),
        f"{kind}: {kronor(decision.amount, language)}" if decision.amount else kind,
        tuple(_condition(row) for row in decision.conditions),
        title=_("Beslut"),
    )


def _condition(condition: Condition) -> str:
    if condition.due_on is None:
        return condition.text
    return _(
        "%(condition)s, senast %(day)s.",
        condition=condition.text.rstrip(" ."),
        day=iso_date(condition.due_on),
    )


# --- sections --------------------------------------------------------------------------------------------


def _sections(dossier: Dossier, language: Language) -> Iterator[Section]:
    content = dossier.version.content
    if dossier.decision is not None:
        yield _decision(dossier.decision, language)
    yield Section(_("Ärendets gång"), (_course(dossier),))
    if dossier.opinions:
        yield Section(_("Yttrande"), tuple(_opinions(dossier.opinions)))
    if dossier.remarks:
        yield Section(_("Anmärkningar på ärendet"), remark_notices(dossier.remarks))
    yield Section(
        _("Pengar per förvaltning"),
        (
            amount_table(
                _("Sökt belopp per förvaltning och år, kr"),
                queries.applied_by_department_and_year(dossier.version),
                content["departments"],
                language,
            ),
            paper_tables.department_table(dossier.inputs, language),
        ),
    )
    risks = risk_table(content)
    yield Section(_("Risker"), (risks or Paragraphs((_("Ansökan anger inga risker."),)),))
    yield from _operation(dossier, language)
    pre_study = content["kind"] == ProjectKind.PRE_STUDY
    yield from result_sections(dossier.inputs, language, pre_study=pre_study)


def _decision(decision: Decision, language: Language) -> Section:
    facts = [
        Fact(_("Beslut"), str(decision_tag(decision.kind).label)),
        Fact(_("Beslutets dag"), iso_date(decision.decided_on)),
        Fact(_("Delegation"), _office(decision.decider, decision.limit, language)),
    ]
    if decision.reference:
        facts.append(Fact(_("Beslutets nummer"), decision.reference))
    blocks: list[Block] = [Facts(tuple(facts))]
    if decision.amounts:
        blocks.append(
            amount_table(
                _("Beviljat belopp per förvaltning och år, kr"),
                [Amount(row.department_id, row.year, row.amount) for row in decision.amounts],
                {str(row.department_id): row.department.name for row in decision.amounts},
                language,
            )
        )
    parts = [Section(_("Skäl"), (Paragraphs.of(decision.reasons),))]
    if decision.conditions:
        conditions = tuple(_condition(row) for row in decision.conditions)
        parts.append(
            Section(ngettext("Villkor", "Villkor", len(conditions)), (Bullets(conditions, ordered=True),))
        )
    return Section(_("Beslut"), tuple(blocks), tuple(parts))


def amount_table(caption: str, amounts: Sequence[Amount], names: dict[str, str], language: Language) -> Table:
    """Departments as rows, years as columns, sums both ways; öre are shown when there are any."""
    places = 0 if all(row.amount == row.amount.to_integral_value() for row in amounts) else 2
    years = sorted({row.year for row in amounts})
    found = {(row.department_id, row.year): row.amount for row in amounts}
    departments = sorted(
        {row.department_id for row in amounts}, key=lambda row: alphabet.key(names[str(row)])
    )

    def cells(values: list[Decimal]) -> tuple[str, ...]:
        return tuple(number(value, places, language) for value in (*values, sum(values, ZERO)))

    def of(department: int) -> list[Decimal]:
        return [found.get((department, year), ZERO) for year in years]

    totals = [sum(column, ZERO) for column in zip(*map(of, departments), strict=True)]
    return Table(
        caption,
        (
            Column(_("Förvaltning")),
            *(Column(str(year), True) for year in years),
            Column(_("Summa"), True),
        ),
        tuple((names[str(department)], *cells(of(department))) for department in departments),
        ((_("Summa"), *cells(totals)),),
    )


def _course(dossier: Dossier) -> Table:
    """What happened when; what was asked in a return stays between the secretariat and the applicant."""
    events: list[tuple[date, int, str]] = []
    for version in dossier.versions:
        text = _("Version %(number)s kom in.", number=version.number)
        events.append((local_day(version.submitted_at), 0, text))
    for back in dossier.returns:
        text = _("Åter för komplettering, svar senast %(day)s.", day=iso_date(back.due_on))
        events.append((local_day(back.requested_at), 1, text))
    for opinion in dossier.opinions:
        text = _("Lilla utvecklingsrådet: %(opinion)s.", opinion=opinion_tag(opinion.kind).label)
        events.append((opinion.meeting_on, 2, text))
    for decision in dossier.decisions:
        text = _("Beslut: %(decision)s.", decision=decision_tag(decision.kind).label)
        events.append((decision.decided_on, 3, text))
    return Table(
        "",
        (Column(_("Dag"), share=16), Column(_("Händelse"), share=84)),
        tuple((day.isoformat(), text) for day, _rank, text in sorted(events)),
    )


def _opinions(opinions: Sequence[Opinion]) -> Iterator[Block]:
    for opinion in reversed(opinions):
        yield Facts(
            (
                Fact(_("Möte"), iso_date(opinion.meeting_on)),
                Fact(_("Lilla utvecklingsrådet"), str(opinion_tag(opinion.kind).label)),
                Fact(_("Särskilda yttranden"), str(opinion.separate_statements)),
            )
        )
        yield Paragraphs.of(opinion.text)


def _operation(dossier: Dossier, language: Language) -> Iterator[Section]:
    """Who takes over and who pays: what was forgotten when nobody asked for it."""
    for section in reading.read(dossier.version.content, language):
        if section.key == "operation":
            facts = [Fact(str(row.label), row.text or _("Inget angivet")) for row in section.answers]
            yield Section(str(section.title), (Facts(tuple(facts)),))
