"""Budget effects as plain data: what was agreed, every step with it, and where it stands."""

from __future__ import annotations

from app.budget_effects import queries
from app.budget_effects.models import EffectEntry
from app.budget_effects.queries import EffectOf
from app.export.plain import Json, amount, day, number
from app.projects.models import Project
from app.realisation.queries import BenefitOf, benefits_of, plans_of


def effects_in(project: Project) -> list[Json]:
    """Every budget effect of the project, by benefit and year."""
    plans, entries = plans_of(project.id), queries.entries_in(project.id)
    return [
        _effect(row, entries[row.effect.id])
        for benefit in benefits_of(project.id)
        for row in queries.effects_of(BenefitOf(project, benefit, plans.get(benefit.id)))
    ]


def _effect(of: EffectOf, entries: list[EffectEntry]) -> Json:
    effect, balance = of.effect, of.balance
    return {
        "id": effect.id,
        "project_id": effect.project_id,
        "benefit_id": effect.benefit_id,
        "department": effect.department.name,
        "cost_centre": effect.cost_centre,
        "year": effect.year,
        "item": effect.item,
        "form": effect.form,
        "amount": amount(effect.amount),
        "staff_years": number(effect.staff_years),
        "used_for": effect.used_for,
        "state": balance.state,
        "taken": amount(balance.taken),
        "early": balance.early,
        "entries": [
            {
                "step": row.step,
                "amount": amount(row.amount),
                "booked_on": day(row.booked_on),
                "reference": row.reference,
                "words": row.words,
                "entered_on": day(row.created_at),
            }
            for row in entries
        ],
    }
