"""Who is told of a step with a budget effect, and where that leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import holders_by_department, people_with_role
from app.budget_effects.policy import Side
from app.budget_effects.queries import EffectOf
from app.notifications.models import Kind, Notification
from app.notifications.places import Place, leads_to
from app.notifications.service import notify


def tell(people: Iterable[int], of: EffectOf, kind: Kind, now: datetime, **more: object) -> None:
    """Tell these people of the effect."""
    details = {
        "benefit": of.found.benefit.name,
        "benefit_id": of.found.benefit.id,
        "effect_id": of.effect.id,
        "budget_year": of.effect.year,
        "amount": of.effect.amount,
    }
    notify(people, kind, of.project.id, now, title=of.project.title, **(details | more))


def tell_other_side(of: EffectOf, kind: Kind, actor: Viewer, now: datetime) -> None:
    """Tell those who are to agree."""
    owners, controllers = _owners(of), _controllers(of)
    tell((controllers if of.effect.side == Side.OWNER else owners) - {actor.id}, of, kind, now)


def tell_owners(of: EffectOf, kind: Kind, actor: Viewer, now: datetime, **more: object) -> None:
    """Tell whoever promised it, and the managers whose budget it is."""
    tell((_owners(of) | {of.effect.promised_by_id}) - {actor.id}, of, kind, now, **more)


def tell_both(of: EffectOf, kind: Kind, actor: Viewer, now: datetime, **more: object) -> None:
    """Tell the controllers too."""
    people = _owners(of) | _controllers(of) | {of.effect.promised_by_id}
    tell(people - {actor.id}, of, kind, now, **more)


def tell_verifiers(of: EffectOf, actor: Viewer, now: datetime, **more: object) -> None:
    """Tell the controllers who have not entered it; without any, the secretariat."""
    others = _controllers(of) - {actor.id}
    handlers = {row.id for row in people_with_role(Role.SECRETARIAT)} - {actor.id}
    tell(others or handlers, of, Kind.EFFECT_ENTERED, now, **more)


def _owners(of: EffectOf) -> set[int]:
    return holders_by_department(Role.MANAGER).get(of.effect.department_id, set())


def _controllers(of: EffectOf) -> set[int]:
    return {row.id for row in people_with_role(Role.CONTROLLER, of.effect.department_id)}


@leads_to(
    Kind.EFFECT_PROMISED, Kind.EFFECT_AGREED, Kind.EFFECT_DECLINED, Kind.EFFECT_WITHDRAWN,
    Kind.EFFECT_ENTERED, Kind.EFFECT_VERIFIED, Kind.EFFECT_RETURNED, Kind.EFFECT_TAKEN,
    Kind.EFFECT_TAKEN_BACK, Kind.EFFECT_ANSWER_DUE, Kind.EFFECT_ANSWER_LATE, Kind.EFFECT_ENTRY_DUE,
    Kind.EFFECT_ENTRY_LATE, Kind.EFFECT_CHECK_DUE, Kind.EFFECT_CHECK_LATE,
)  # fmt: skip
def _the_effect(notification: Notification) -> Place:
    return "budget_effects.effect", {
        "project_id": notification.project_id,
        "benefit_id": notification.details["benefit_id"],
        "effect_id": notification.details["effect_id"],
    }
