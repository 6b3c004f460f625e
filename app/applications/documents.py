"""An application in full on paper: a submitted version as it was fixed, or the draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask_babel import force_locale
from flask_babel import gettext as _

from app import pdf
from app.applications import queries, reading
from app.applications.models import ApplicationVersion
from app.applications.paper_parts import (
    answer,
    department_facts,
    remark_notices,
    risk_table,
    subtitle,
)
from app.applications.snapshot import Document, document_of
from app.benefits.documents import calculation_sections, key_figures
from app.benefits.snapshot import inputs_from_json
from app.charts import Language
from app.core.clock import local_day
from app.pdf.blocks import (
    Answer,
    Block,
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
from app.projects.models import Project, ProjectKind, ProjectRemark
from app.projects.queries import remarks_on
from app.web.formats import file_size, iso_date, kronor, moment

DRAFT = "utkast"
"""What an address asks for to get the draft although something has been submitted."""
_ON_THE_FIRST_PAGE = frozenset({"summary"})
_HASH_SHOWN = 12


@dataclass(frozen=True)
class Edition:
    """What is printed. `versions` are those submitted up to this one; a draft is no version."""

    case_number: str | None
    version: ApplicationVersion | None
    versions: Sequence[ApplicationVersion]
    document: Document
    day: date
    remarks: Sequence[ProjectRemark]

    @property
    def filename(self) -> str:
        """`ansokan-2027-0001-version-2.pdf`."""
        which = f"version-{self.version.number}" if self.version else DRAFT
        return "-".join(part for part in ("ansokan", self.case_number, which) if part) + ".pdf"


def edition_of(project: Project, wanted: str, *, sees_draft: bool, today: date) -> Edition | None:
    """The edition that an address asks for; without a wish the version that was submitted last.

    A version is printed with the remarks that stood on the case when it came in, so that it is the same
    document whenever it is printed.
    """
    versions = queries.versions_of(project.id)
    remarks = remarks_on(project.id)
    if wanted == DRAFT or (not wanted and not versions):
        if not sees_draft:
            return None
        return Edition(project.case_number, None, versions, document_of(project, today), today, remarks)
    version = next((row for row in reversed(versions) if wanted in ("", str(row.number))), None)
    if version is None:
        return None
    return Edition(
        project.case_number,
        version,
        [row for row in versions if row.number <= version.number],
        version.content,
        local_day(version.submitted_at),
        [remark for remark in remarks if remark.created_at <= version.submitted_at],
    )


def application_pdf(edition: Edition, language: Language, order: pdf.Order) -> bytes:
    """The application as a PDF."""
    with force_locale(language):
        return order.render(application(edition, language))


def application(edition: Edition, language: Language) -> pdf.Document:
    """The application as a document, in the language of the moment."""
    return pdf.Document(
        "pdf/application.html",
        edition.document["title"],
        language,
        edition.case_number,
        str(edition.version.number) if edition.version else _("Utkast"),
        edition.day,
        Report(
            subtitle(edition.document),
            tuple(_facts(edition)),
            _proposal(edition.document, language),
            tuple(_summary(edition, language)),
            tuple(_sections(edition, language)),
        ),
    )


def _facts(edition: Edition) -> Iterator[Fact]:
    yield from department_facts(edition.document)
    version = edition.version
    if version is None:
        yield Fact(_("Underskriven av"), _("Utkastet är inte underskrivet."))
        return
    yield Fact(_("Underskriven av"), f"{version.signed_by.name}, {iso_date(version.signed_at)}")
    yield Fact(_("Inskickad"), moment(version.submitted_at))


def _summary(edition: Edition, language: Language) -> Iterator[Block]:
    if edition.version is None:
        yield Notice(_("Utkast"), _("Ansökan är inte inskickad. Innehållet kan ändras."))
    yield Paragraphs.of(answer(edition.document, "summary", "summary"))
    yield key_figures(inputs_from_json(edition.document["calculation"]), language)


def _proposal(document: Document, language: Language) -> DecisionProposal:
    applied = Decimal(document["results"]["applied_amount"])
    text = answer(document, "summary", "proposal")
    if not applied:
        return DecisionProposal(text or _("Ansökan anger inget belopp."))
    amount = kronor(applied, language)
    return DecisionProposal(text or _("Ansökan avser %(amount)s ur programmets ram.", amount=amount), amount)


def _sections(edition: Edition, language: Language) -> Iterator[Section]:
    document = edition.document
    for section in reading.read(document, language):
        title = str(section.title)
        if section.key in _ON_THE_FIRST_PAGE:
            continue
        match section.holds:
            case "calculation":
                inputs = inputs_from_json(document["calculation"])
                pre_study = document["kind"] == ProjectKind.PRE_STUDY
                yield Section(title, (), calculation_sections(inputs, language, pre_study=pre_study))
            case "attachments":
                yield Section(title, (_attachments(document, language),))
            case _:
                yield Section(title, tuple(_answers(_to_print(section, edition), document)))
    yield Section(_("Underskrifter"), (_signatures(edition),))
    if edition.remarks:
        yield Section(_("Anmärkningar på ärendet"), remark_notices(edition.remarks))


def _to_print(section: reading.ReadSection, edition: Edition) -> reading.ReadSection:
    """A pre-study that came in need not answer everything, and is printed without what it left open."""
    if edition.version is None or edition.document["kind"] != ProjectKind.PRE_STUDY:
        return section
    answers = tuple(given for given in section.answers if given.text)
    tables = tuple(table for table in section.tables if table.rows)
    return replace(section, answers=answers, tables=tables) if answers or tables else section


def _answers(section: reading.ReadSection, document: Document) -> Iterator[Block]:
    """The answers in their order; short ones that follow each other share a list of facts."""
    short: list[Fact] = []
    for given in section.answers:
        if not given.is_long:
            short.append(Fact(str(given.label), given.text or _("Inget angivet")))
            continue
        if short:
            yield Facts(tuple(short))
            short = []
        yield Answer(str(given.label), Paragraphs.of(given.text))
    if short:
        yield Facts(tuple(short))
    risks = risk_table(document) if section.key == "risks" else None
    if risks:
        yield risks
        return
    for table in section.tables:
        yield _table(table, str(section.title))


def _table(table: reading.Table, heading: str) -> Block:
    title = str(table.title)
    if not table.rows:
        return Answer(title, Paragraphs(()))
    return Table(
        title if title != heading else "",
        tuple(Column(str(column.label), column.numeric) for column in table.columns),
        table.rows,
    )


def _attachments(document: Document, language: Language) -> Block:
    if not document["attachments"]:
        return Paragraphs((_("Ansökan har inga bilagor."),))
    return Table(
        "",
        (Column(_("Fil")), Column(_("Beskrivning")), Column(_("Storlek"), True), Column(_("Kontrollsumma"))),
        tuple(
            (
                row["filename"],
                row["description"] or "–",
                file_size(row["size"], language),
                row["sha256"][:_HASH_SHOWN],
            )
            for row in document["attachments"]
        ),
        note=_("Kontrollsumman är de tolv första tecknen av filens SHA-256."),
    )


def _signatures(edition: Edition) -> Block:
    if not edition.versions:
        return Paragraphs((_("Utkastet är inte underskrivet."),))
    return Table(
        "",
        (
            Column(_("Version"), True, 12),
            Column(_("Inskickad"), share=20),
            Column(_("Av"), share=24),
            Column(_("Underskriven"), share=20),
            Column(_("Av"), share=24),
        ),
        tuple(
            (
                str(row.number),
                moment(row.submitted_at),
                row.submitted_by.name,
                moment(row.signed_at),
                row.signed_by.name,
            )
            for row in edition.versions
        ),
        note=_("En komplettering som inte ökar det sökta beloppet vilar på den tidigare underskriften."),
    )
