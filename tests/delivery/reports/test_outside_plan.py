"""Money that no line of the budget has is spent all the same: a report's sums have it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from app.core.costs import Financier
from app.db import db
from app.delivery.plans import queries as plans
from app.delivery.reports.beginning import from_the_last
from app.delivery.reports.models import ReportVersion
from app.programmes.models import Programme
from tests.conftest import Cast
from tests.delivery.costs.booking import entered, values
from tests.running_story import report_and_read, running


def test_what_is_booked_on_no_line_of_the_budget_is_in_the_sums_and_in_no_later_draft(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    outside = values("Utredning", amount=Decimal("1250.50"), financier=Financier.OWN_BUDGET)
    entered(cast.leader, project, outside)
    report_and_read(cast, programme, project)
    said = db.session.scalars(select(ReportVersion)).one().content
    last = said["costs"][-1]
    assert (last["key"], last["budget"], last["spent"], last["forecast"]) == (None, "0", "1250.50", "1250.50")
    for sum_of in ("budget", "spent", "forecast"):
        rows = sum((Decimal(row[sum_of]) for row in said["costs"]), Decimal(0))
        assert rows == Decimal(said["totals"][sum_of])
    assert None not in from_the_last(said, plans.milestones_of(project.id)).costs
