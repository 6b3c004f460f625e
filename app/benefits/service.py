"""What can be done with the lines of a benefit calculation: add, change, remove."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from app.accounts.access import Viewer
from app.benefits import policy, queries
from app.benefits.inputs import check_benefit, check_cost
from app.benefits.models import BenefitLine, CostAmount, CostLine
from app.benefits.queries import calculation_for
from app.benefits.values import BenefitValues, CostValues
from app.core.verdict import require
from app.db import db
from app.history.service import record
from app.history.told import begun, differences, ended
from app.projects.models import Project

__all__ = [
    "add_benefit_line",
    "add_cost_line",
    "calculation_for",
    "change_benefit_line",
    "change_cost_line",
    "remove_benefit_line",
    "remove_cost_line",
]


class StaleLineError(Exception):
    """Somebody saved the line after this text was begun."""


def add_cost_line(
    actor: Viewer, project: Project, values: CostValues, now: datetime, *, form_key: str | None = None
) -> CostLine:
    """Add a cost after the others. Raises RefusedError, or InputError for impossible values.

    With `form_key`, a form that is sent twice adds one line.
    """
    require(policy.may_edit(actor, project))
    check_cost(values)
    added = queries.line_from_form(CostLine, form_key)
    if added is not None and queries.cost_values(added) == values:
        return added
    line = CostLine(
        project_id=project.id,
        position=queries.next_position(CostLine, project.id),
        form_key=None if added else form_key,
        amounts=[],
    )
    _fill_cost(line, values)
    db.session.add(line)
    record(
        actor,
        "add_cost_line",
        line,
        changes=begun(values),
        covers=line.amounts,
        note=line.description,
        now=now,
    )
    return line


def change_cost_line(
    actor: Viewer,
    project: Project,
    line: CostLine,
    values: CostValues,
    now: datetime,
    *,
    version: int | None = None,
) -> None:
    """Make the cost say this instead. Raises RefusedError, or InputError for impossible values.

    `version` is the saved one that the text started from: StaleLineError when it is no longer the last.
    """
    require(policy.may_edit(actor, project))
    check_cost(values)
    changes = differences(queries.cost_values(line), values)
    if not changes:
        return
    _refuse_stale(line, version)
    before = list(line.amounts)
    _fill_cost(line, values)
    flag_modified(line, "description")  # an amount that changes makes a new version of its line, too
    covered = [*before, *(row for row in line.amounts if row not in before)]
    record(
        actor,
        "change_cost_line",
        line,
        changes=changes,
        covers=covered,
        note=line.description,
        now=now,
    )


def remove_cost_line(
    actor: Viewer, project: Project, line: CostLine, now: datetime, *, version: int | None = None
) -> None:
    """Take the cost out of the calculation; the history keeps what it said. Raises RefusedError.

    `version` is the one that was shown: StaleLineError when it is no longer the last.
    """
    require(policy.may_edit(actor, project))
    _refuse_stale(line, version)
    changes = ended(queries.cost_values(line))
    amounts = list(line.amounts)
    db.session.delete(line)
    record(
        actor,
        "remove_cost_line",
        line,
        changes=changes,
        covers=amounts,
        note=line.description,
        now=now,
    )


def add_benefit_line(
    actor: Viewer, project: Project, values: BenefitValues, now: datetime, *, form_key: str | None = None
) -> BenefitLine:
    """Add a benefit after the others. Raises RefusedError, or InputError for impossible values.

    With `form_key`, a form that is sent twice adds one line.
    """
    require(policy.may_edit(actor, project))
    check_benefit(values)
    added = queries.line_from_form(BenefitLine, form_key)
    if added is not None and queries.benefit_values(added) == values:
        return added
    line = BenefitLine(
        project_id=project.id,
        position=queries.next_position(BenefitLine, project.id),
        form_key=None if added else form_key,
    )
    _fill_benefit(line, values)
    db.session.add(line)
    record(actor, "add_benefit_line", line, changes=begun(values), note=line.description, now=now)
    return line


def change_benefit_line(
    actor: Viewer,
    project: Project,
    line: BenefitLine,
    values: BenefitValues,
    now: datetime,
    *,
    version: int | None = None,
) -> None:
    """Make the benefit say this instead. Raises RefusedError, or InputError for impossible values.

    `version` is the saved one that the text started from: StaleLineError when it is no longer the last.
    """
    require(policy.may_edit(actor, project))
    check_benefit(values)
    changes = differences(queries.benefit_values(line), values)
    if not changes:
        return
    _refuse_stale(line, version)
    _fill_benefit(line, values)
    record(actor, "change_benefit_line", line, changes=changes, note=line.description, now=now)


def remove_benefit_line(
    actor: Viewer, project: Project, line: BenefitLine, now: datetime, *, version: int | None = None
) -> None:
    """Take the benefit out of the calculation; the history keeps what it said. Raises RefusedError.

    `version` is the one that was shown: StaleLineError when it is no longer the last.
    """
    require(policy.may_edit(actor, project))
    _refuse_stale(line, version)
    changes = ended(queries.benefit_values(line))
    db.session.delete(line)
    record(actor, "remove_benefit_line", line, changes=changes, note=line.description, now=now)


def _refuse_stale(line: CostLine | BenefitLine, version: int | None) -> None:
    if version is not None and version != line.version:
        raise StaleLineError(f"{line.description} is already version {line.version}")


def _fill_cost(line: CostLine, values: CostValues) -> None:
    line.description = values.description
    line.kind = values.kind.value
    line.treatment = values.treatment.value
    line.depreciation_years = values.depreciation_years
    line.department_id = values.department_id
    line.financier = values.financier.value
    line.source = values.source
    kept = {row.year: row for row in line.amounts if row.year in values.amounts}
    for year, amount in values.amounts.items():
        row = kept.setdefault(year, CostAmount(year=year, amount=amount))
        row.amount = amount
    line.amounts = [kept[year] for year in sorted(kept)]


def _fill_benefit(line: BenefitLine, values: BenefitValues) -> None:
    line.category = values.category.value
    line.beneficiary = values.beneficiary.value
    line.method = values.method.value
    line.ramp = [f"{effect:f}" for effect in values.ramp]
    line.evidence = values.evidence.value if values.evidence else None
    for item in fields(values):
        if item.name not in ("category", "beneficiary", "method", "ramp", "evidence"):
            setattr(line, item.name, getattr(values, item.name))
