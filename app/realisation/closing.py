"""How a benefit ends: its department proposes it, and somebody in the secretariat agrees or sends it back.

And what is expected of it meanwhile, beside what was promised.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import people_with_role
from app.closing.termination.models import BenefitOutcome
from app.closing.termination.outcomes import when_told
from app.core.realisation import BenefitEnd, BenefitStanding
from app.core.termination import Fate
from app.core.verdict import RefusedError, require
from app.db import db
from app.history.service import Actor, record
from app.notifications.models import Kind
from app.notifications.service import notify
from app.realisation import policy, queries
from app.realisation.models import Benefit
from app.realisation.models_closing import BenefitClosing, BenefitForecast, BenefitVerdict
from app.realisation.queries import BenefitOf
from app.realisation.standing import settle

ZERO = Decimal(0)


class NeverMeasuredError(ValueError):
    """What nobody has measured is not said to have come."""


class LostError(ValueError):
    """How much will not come is not said, or is more than was promised."""


def propose(
    actor: Viewer, found: BenefitOf, outcome: BenefitEnd, *, reason: str, lost: Decimal | None, now: datetime
) -> BenefitClosing:
    """Propose for the department that owns it how the benefit ends. Raises NeverMeasuredError, LostError."""
    require(policy.may_propose_end(actor, found))
    benefit = found.benefit
    if not reason.strip():
        raise RefusedError(_l("Skriv varför."))
    if outcome is not BenefitEnd.ABANDONED and benefit.measured_until is None:
        raise NeverMeasuredError
    row = BenefitClosing(
        project_id=found.project.id,
        benefit_id=benefit.id,
        outcome=outcome.value,
        reason=reason,
        lost=_lost(benefit, outcome, lost),
        proposed_by_id=actor.id,
        proposed_at=now,
    )
    db.session.add(row)
    record(actor, "propose_benefit_end", row, note=benefit.name, now=now)
    _stand(actor, benefit, BenefitStanding.PROPOSED, None, now)
    handlers = [found.project.handler_id] if found.project.handler_id else []
    told = handlers or [person.id for person in people_with_role(Role.SECRETARIAT)]
    _tell(told, Kind.BENEFIT_END_PROPOSED, found, now)
    return row


def _lost(benefit: Benefit, outcome: BenefitEnd, lost: Decimal | None) -> Decimal | None:
    """What of a priced benefit does not come is said in kronor, and is no more than was promised a year."""
    if outcome is BenefitEnd.REALISED or benefit.yearly is None:
        return None
    if lost is None or not ZERO <= lost <= benefit.yearly:
        raise LostError
    return lost


def verify(actor: Viewer, found: BenefitOf, words: str, now: datetime) -> None:
    """Agree: the benefit has ended, and changes no more."""
    row = _judge(actor, found, words, now, verified=True)
    _stand(actor, found.benefit, BenefitStanding.CLOSED, BenefitEnd(row.outcome), now)
    _tell([row.proposed_by_id], Kind.BENEFIT_CLOSED, found, now)


def send_back(actor: Viewer, found: BenefitOf, words: str, now: datetime) -> None:
    """Do not agree, and say why: the benefit goes on."""
    if not words.strip():
        raise RefusedError(_l("Skriv varför."))
    row = _judge(actor, found, words, now, verified=False)
    _stand(actor, found.benefit, BenefitStanding.OPEN, None, now)
    _tell([row.proposed_by_id], Kind.BENEFIT_END_RETURNED, found, now, comment=words)


@when_told
def end_with_project(actor: Actor, row: BenefitOutcome, now: datetime) -> None:
    """A benefit that is written off with its interrupted project has ended with it; if some of it is said to
    come all the same, it goes on."""
    benefit = queries.benefit_of_line(row.benefit_line_id)
    if benefit is None:
        return
    if row.fate == Fate.WRITTEN_OFF:
        _stand(actor, benefit, BenefitStanding.CLOSED, BenefitEnd.ABANDONED, now)
    elif benefit.standing == BenefitStanding.CLOSED and not queries.is_verified(benefit.id):
        _stand(actor, benefit, BenefitStanding.OPEN, None, now)


def _judge(actor: Viewer, found: BenefitOf, words: str, now: datetime, *, verified: bool) -> BenefitClosing:
    require(policy.may_judge_end(actor, found))
    proposed = queries.proposed_end(found.benefit.id)
    if proposed is None:
        raise LookupError("nothing is proposed")
    row = BenefitVerdict(
        project_id=found.project.id,
        closing_id=proposed.id,
        proposed_by_id=proposed.proposed_by_id,
        judged_by_id=actor.id,
        verified=verified,
        words=words,
        judged_at=now,
    )
    db.session.add(row)
    verb = "verify_benefit_end" if verified else "return_benefit_end"
    record(actor, verb, row, note=found.benefit.name, now=now)
    return proposed


def _stand(
    actor: Actor, benefit: Benefit, standing: BenefitStanding, outcome: BenefitEnd | None, now: datetime
) -> None:
    benefit.standing, benefit.outcome = standing.value, outcome.value if outcome else None
    record(actor, "stand_benefit", benefit, note=benefit.name, now=now)
    settle(benefit)


def _tell(people: list[int], kind: Kind, found: BenefitOf, now: datetime, **more: object) -> None:
    details = {"benefit": found.benefit.name, "benefit_id": found.benefit.id, **more}
    notify(people, kind, found.project.id, now, title=found.project.title, **details)


def expect(
    actor: Viewer, found: BenefitOf, *, yearly: Decimal, starts_on: date, reason: str, now: datetime
) -> BenefitForecast:
    """Say what is expected of the benefit now; what was promised stands beside it."""
    require(policy.may_expect(actor, found))
    if not reason.strip():
        raise RefusedError(_l("Skriv varför."))
    row = BenefitForecast(
        project_id=found.project.id,
        benefit_id=found.benefit.id,
        yearly=yearly,
        starts_on=starts_on,
        reason=reason,
        made_by_id=actor.id,
        made_at=now,
    )
    db.session.add(row)
    record(actor, "expect_benefit", row, note=found.benefit.name, now=now)
    return row
