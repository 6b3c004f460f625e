"""Parts of a case that several of its documents show: who and when, the risks, the remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from app.applications.content import Row, rows_of
from app.applications.sections import section_by_key
from app.applications.snapshot import Document
from app.pdf.blocks import Column, Fact, Notice, Table
from app.projects.models import ProjectKind, ProjectRemark
from app.web.formats import iso_date


def subtitle(document: Document) -> str:
    """What is applied for, and by whom."""
    pre_study = document["kind"] == ProjectKind.PRE_STUDY
    kind = _("Förstudie") if pre_study else _("Genomförande")
    return f"{kind}, {document['lead_department']}"


def answer(document: Document, section: str, key: str) -> str:
    """One answer as it is kept; empty when there is none."""
    return str(document["sections"].get(section, {}).get(key, ""))


def period(document: Document) -> str:
    """The first and the last day of the project."""
    begins, ends = (answer(document, "summary", f"period_{end}") for end in ("start", "end"))
    if not begins and not ends:
        return "–"
    return _("%(begins)s till %(ends)s", begins=begins or "–", ends=ends or "–")


def department_facts(document: Document) -> Iterator[Fact]:
    """Who answers for the project, and when it is to run."""
    yield Fact(_("Ansvarig förvaltning"), document["lead_department"])
    others = _participating(document)
    if others:
        yield Fact(_("Medverkande"), ", ".join(others))
    yield Fact(_("Projektledare"), document["leader"])
    yield Fact(_("Projekttid"), period(document))
    if document["round"]:
        yield Fact(_("Ansökningsomgång"), document["round"])


def risk_table(document: Document) -> Table | None:
    """The risks with probability x consequence, the gravest first; None without risks."""
    declared = section_by_key("risks").tables[0]
    labels = {spec.key: str(spec.label) for spec in declared.columns}
    rows = sorted(rows_of(document["sections"].get("risks", {}), declared), key=risk_value, reverse=True)
    if not rows:
        return None
    return Table(
        "",
        (
            Column(labels["risk"], share=32),
            Column(_("S"), True, 6),
            Column(_("K"), True, 6),
            Column(_("S × K"), True, 8),
            Column(labels["action"], share=30),
            Column(labels["owner"], share=18),
        ),
        tuple(
            (
                row.get("risk", ""),
                row.get("probability", ""),
                row.get("consequence", ""),
                str(risk_value(row) or ""),
                row.get("action", ""),
                row.get("owner", ""),
            )
            for row in rows
        ),
        note=_("S: sannolikhet, K: konsekvens, båda från 1 (liten) till 5 (mycket stor)."),
    )


def risk_value(row: Row) -> int:
    """Probability x consequence, 1 to 25; 0 when either is missing."""
    return int(row.get("probability") or 0) * int(row.get("consequence") or 0)


def remark_notices(remarks: Sequence[ProjectRemark]) -> tuple[Notice, ...]:
    """What every reader of the case should know."""
    return tuple(
        Notice(_("Anmärkning %(day)s", day=iso_date(remark.created_at)), _with_source(remark))
        for remark in remarks
    )


def _with_source(remark: ProjectRemark) -> str:
    source = _("Källa: %(source)s", source=remark.source)
    return f"{remark.text}\n{source}" if remark.source else remark.text


def _participating(document: Document) -> list[str]:
    shares = document["sections"].get("departments", {}).get("shares", ())
    names = [document["departments"].get(row.get("department", ""), "") for row in shares]
    return [name for name in dict.fromkeys(names) if name and name != document["lead_department"]]
