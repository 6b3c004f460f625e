"""Promised benefits as plain data: what was promised, how it is measured, what was measured, how it ended."""

from __future__ import annotations

from app.export.plain import Json, amount, day, number
from app.projects.models import Project
from app.realisation import queries
from app.realisation.models import Benefit, BenefitPlan, Measurement


def benefits_in(project: Project) -> list[Json]:
    """Every promised benefit of the project, in the order of its application."""
    plans = queries.plans_of(project.id)
    return [_benefit(row, plans.get(row.id)) for row in queries.benefits_of(project.id)]


def _benefit(row: Benefit, plan: BenefitPlan | None) -> Json:
    return {
        "id": row.id,
        "project_id": row.project_id,
        "benefit_line_id": row.benefit_line_id,
        "name": row.name,
        "category": row.category,
        "department": row.department.name,
        "price_year": row.price_year,
        "starts_on": day(row.starts_on),
        "ends_on": day(row.ends_on),
        "ramp": row.ramp,
        "yearly": amount(row.yearly),
        "promised": row.promised,
        "promised_total": amount(row.promised_total),
        "realised": amount(row.realised),
        "measured_until": day(row.measured_until),
        "next_due_on": day(row.next_due_on),
        "fulfilment": number(row.fulfilment),
        "standing": row.standing,
        "outcome": row.outcome,
        "plan": _plan(plan) if plan else None,
        "measurements": [_measurement(one) for one in queries.all_measurements(row.id)],
        "ends": [_end(one) for one in reversed(queries.ends_of(row.id))],
        "forecasts": [
            {
                "yearly": amount(one.yearly),
                "starts_on": day(one.starts_on),
                "reason": one.reason,
                "made_on": day(one.made_at),
            }
            for one in reversed(queries.forecasts_of(row.id))
        ],
        "decisions": [
            {
                "yearly": amount(one.yearly),
                "starts_on": day(one.starts_on),
                "promised_total": amount(one.promised_total),
                "before": one.before,
                "reason": one.reason,
                "reference": one.reference,
                "decided_on": day(one.decided_on),
            }
            for one in reversed(queries.decisions_of(row.id))
        ],
    }


def _plan(plan: BenefitPlan) -> Json:
    return {
        "department": plan.department.name,
        "owner_role": plan.owner_role,
        "indicator": plan.indicator.name,
        "unit": plan.indicator.unit,
        "direction": plan.indicator.direction,
        "share": number(plan.share),
        "baseline": number(plan.baseline),
        "baseline_on": day(plan.baseline_on),
        "baseline_source": plan.baseline_source,
        "target": number(plan.target),
        "target_on": day(plan.target_on),
        "how": plan.how,
        "every_months": plan.every_months,
        "measurer_role": plan.measurer_role,
    }


def _measurement(row: Measurement) -> Json:
    return {
        "id": row.id,
        "begins_on": day(row.begins_on),
        "ends_on": day(row.ends_on),
        "indicator_value": number(row.indicator_value),
        "amount": amount(row.amount),
        "volume": number(row.volume),
        "minutes_saved": number(row.minutes_saved),
        "share": number(row.share),
        "quantity": number(row.quantity),
        "value": amount(row.value),
        "source": row.source,
        "explanation": row.explanation,
        "replaces_id": row.replaces_id,
        "correction": row.correction,
        "measured_on": day(row.measured_at),
    }


def _end(end: queries.End) -> Json:
    return {
        "outcome": end.closing.outcome,
        "reason": end.closing.reason,
        "lost": amount(end.closing.lost),
        "proposed_on": day(end.closing.proposed_at),
        "verified": end.verdict.verified if end.verdict else None,
        "words": end.verdict.words if end.verdict else None,
        "judged_on": day(end.verdict.judged_at) if end.verdict else None,
    }
