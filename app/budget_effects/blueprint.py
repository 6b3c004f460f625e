"""The blueprint of budget effects, whose pages stand in two files."""

from __future__ import annotations

from flask import Blueprint, url_for

from app.budget_effects.queries import EffectOf

bp = Blueprint("budget_effects", __name__)
OF_BENEFIT = "/projekt/<int:project_id>/nyttor/<int:benefit_id>/budgeteffekter"
ONE = f"{OF_BENEFIT}/<int:effect_id>"


def url_of(of: EffectOf) -> str:
    """The page of an effect."""
    return url_for(
        "budget_effects.effect",
        project_id=of.project.id,
        benefit_id=of.found.benefit.id,
        effect_id=of.effect.id,
    )
