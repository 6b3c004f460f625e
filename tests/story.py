"""The story of a project as a test needs it: each function brings it one step further, through the services.

Every function ends in a committed transaction and answers with the project, freshly loaded with its names.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from app.applications import service as applications
from app.applications.sections import sections_for
from app.benefits import service as benefits
from app.benefits.values import BenefitMethod, BenefitValues, CostValues, Evidence
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier
from app.db import db, transaction
from app.programmes.models import Programme
from app.programmes.queries import open_rounds
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from tests.answers import ANSWERS
from tests.conftest import NOW, TODAY, Cast
from tests.remembered import remembered, standing

TITLE = "Uteservering på nätet"


def answers_for(cast: Cast, kind: ProjectKind) -> dict[str, dict[str, Any]]:
    """Complete answers for each section that this kind of project is asked."""
    names = {"LEAD": str(cast.department.id), "OTHER": str(cast.other_department.id)}
    answers = {}
    for section in sections_for(kind):
        given = ANSWERS.get(section.key, {})
        content: dict[str, Any] = {
            spec.key: names.get(given[spec.key], given[spec.key])
            for spec in section.fields_for(kind)
            if spec.key in given
        }
        for table in section.tables_for(kind):
            columns = [spec.key for spec in table.columns_for(kind)]
            content[table.key] = [
                {key: names.get(row[key], row[key]) for key in columns if key in row}
                for row in given.get(table.key, ())
            ]
        if content:
            answers[section.key] = content
    return answers


def reloaded(project: Project) -> Project:
    """The project as it now stands, with its names, whoever may see it."""
    return standing(project.id)


@remembered
def started(
    cast: Cast,
    programme: Programme,
    *,
    title: str = TITLE,
    kind: ProjectKind = ProjectKind.IMPLEMENTATION,
    now: datetime = NOW,
) -> Project:
    """A project that its leader has just started, in the first open round."""
    with transaction():
        project = projects.start(
            cast.leader,
            programme_id=programme.id,
            round_id=next((row.id for row in open_rounds(programme.id, TODAY)), None),
            title=title,
            kind=kind,
            department_id=cast.department.id,
            now=now,
        )
    return reloaded(project)


@remembered
def filled_application(
    cast: Cast,
    programme: Programme,
    *,
    title: str = TITLE,
    kind: ProjectKind = ProjectKind.IMPLEMENTATION,
    applied: Decimal = Decimal(1_500_000),
    now: datetime = NOW,
) -> Project:
    """A draft in which nothing is lacking: `applied` kronor of the programme, 2027 and 2028."""
    project = started(cast, programme, title=title, kind=kind, now=now)
    with transaction():
        for key, content in answers_for(cast, kind).items():
            applications.save_section(cast.leader, project, key, content, now)
        add_lines(cast, project, applied, now)
    return reloaded(project)


def add_lines(cast: Cast, project: Project, applied: Decimal, now: datetime = NOW) -> None:
    """Two costs and two benefits; a third of the applied amount in 2027, the rest in 2028."""
    first = (applied / 3).quantize(Decimal(1))
    for values in (
        CostValues(
            description="Utveckling av e-tjänsten",
            kind=CostKind.ONE_OFF,
            department_id=cast.department.id,
            financier=Financier.PROGRAMME,
            amounts={2027: first, 2028: applied - first},
            source="Offert 2027-02-10",
        ),
        CostValues(
            description="Drift och förvaltning",
            kind=CostKind.OPERATION,
            department_id=cast.department.id,
            financier=Financier.OWN_BUDGET,
            amounts=dict.fromkeys(range(2028, 2036), Decimal(310_000)),
            source="Avtal med plattformens leverantör",
        ),
    ):
        benefits.add_cost_line(cast.leader, project, values, now)
    for benefit in (
        BenefitValues(
            description="Färre samtal till handläggare",
            category=BenefitCategory.REDISTRIBUTION,
            beneficiary=Beneficiary.DEPARTMENT,
            department_id=cast.department.id,
            method=BenefitMethod.SAVED_TIME,
            volume=Decimal(9_200),
            minutes_saved=Decimal(25),
            share=Decimal("0.8"),
            hourly_rate=Decimal(450),
            starts_on=date(2028, 7, 1),
            ramp=(Decimal("0.5"), Decimal(1)),
            taken_home_how="Handläggarna prövar fler ärenden i stället.",
            owner_role="Enhetschef, tillstånd",
            indicator="Antal samtal per månad",
            source="Samtalsstatistik 2026",
            evidence=Evidence.MEASURED,
        ),
        BenefitValues(
            description="Sökande slipper vänta",
            category=BenefitCategory.QUALITY,
            beneficiary=Beneficiary.COMPANIES,
            department_id=cast.other_department.id,
            method=BenefitMethod.DESCRIBED,
            starts_on=date(2028, 7, 1),
            taken_home_how="Mäts i den årliga undersökningen.",
            owner_role="Enhetschef, tillstånd",
            indicator="Nöjd-kund-index",
            source="Undersökning 2026",
            evidence=Evidence.ESTIMATE,
        ),
    ):
        benefits.add_benefit_line(cast.leader, project, benefit, now)


@remembered
def awaiting_signature(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The leader has asked the manager to sign."""
    project = filled_application(cast, programme, **details)
    with transaction():
        applications.ask_for_signature(cast.leader, project, details.get("now", NOW))
    return reloaded(project)


@remembered
def submitted(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The manager has signed: version 1 has come in."""
    project = awaiting_signature(cast, programme, **details)
    with transaction():
        applications.sign(cast.manager, project, details.get("now", NOW) + timedelta(hours=1))
    return reloaded(project)


@remembered
def registered(cast: Cast, programme: Programme, **details: Any) -> Project:
    """The secretariat has registered the application: the case has its number."""
    project = submitted(cast, programme, **details)
    now = details.get("now", NOW) + timedelta(hours=2)
    with transaction():
        projects.register(cast.secretary, project, now, due_on=now.date() + timedelta(days=10))
    return reloaded(project)


def in_state(project: Project, state: str, **more: Any) -> Project:
    """Put a project straight into a state, past the process: only for tests of who may see what."""
    with transaction():
        db.session.execute(db.update(Project).where(Project.id == project.id).values(state=state, **more))
    db.session.expire_all()
    return reloaded(project)
