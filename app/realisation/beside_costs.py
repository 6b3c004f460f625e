"""What comes of financial benefits, year by year: it stands beside what services cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.accounts.access import Viewer
from app.core.benefits import BenefitCategory
from app.core.realisation import BenefitEnd, own_part
from app.db import db
from app.operations.cliff.beside import stands_beside
from app.projects.models import Project
from app.projects.queries import visible_to
from app.realisation.models import Benefit, BenefitPlan, Measurement
from app.realisation.register import OWNER

ZERO = Decimal(0)


@stands_beside(_l("Utlovad nytta"))
def promised(viewer: Viewer, department_id: int | None, years: range) -> Mapping[int, Decimal]:
    """As the newest baselines have them, but for those that will not come."""
    query = _financial(viewer, department_id, Benefit.promised).where(
        Benefit.outcome.is_distinct_from(BenefitEnd.ABANDONED.value)
    )
    found = dict.fromkeys(years, ZERO)
    for by_year in db.session.scalars(query):
        for year, amount in by_year.items():
            if int(year) in found:
                found[int(year)] += Decimal(amount)
    return found


@stands_beside(_l("Realiserad nytta"))
def realised(viewer: Viewer, department_id: int | None, years: range) -> Mapping[int, Decimal]:
    """As they are measured so far, in the first of the years: nobody knows it of those that are to come."""
    later = aliased(Measurement)
    query = (
        _financial(viewer, department_id, Measurement.value, BenefitPlan.share)
        .join(Measurement, Measurement.benefit_id == Benefit.id)
        .where(
            Measurement.value.is_not(None),
            Measurement.begins_on >= date(years[0], 1, 1),
            Measurement.begins_on <= date(years[0], 12, 31),
            ~select(later.id).where(later.replaces_id == Measurement.id).exists(),
        )
    )
    parts = (own_part(value, share) for value, share in db.session.execute(query))
    return {years[0]: sum(parts, ZERO)}


def _financial(viewer: Viewer, department_id: int | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    query = (
        select(*columns)
        .select_from(Benefit)
        .join(Project, Project.id == Benefit.project_id)
        .outerjoin(BenefitPlan, BenefitPlan.benefit_id == Benefit.id)
        .where(visible_to(viewer), Benefit.category == BenefitCategory.FINANCIAL.value)
    )
    return query if department_id is None else query.where(OWNER.in_([department_id]))
