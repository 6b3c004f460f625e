"""Decisions on requests for changes, many at once: no frame is overspent, no request decided twice, and what
is asked for at the same moment is not moved away."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from sqlalchemy import func, select

from app.accounts.access import Viewer
from app.core.changes import Cost, Move, Wanted
from app.core.clock import local_day
from app.core.costs import CostKind, Financier
from app.core.plan import differences
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.delivery.changes import service
from app.delivery.changes.models import ChangeDecision
from app.delivery.changes.queries import ChangeOf, change_for
from app.delivery.changes.rules import Draft
from app.delivery.funds.service import Claim, GrantExceededError, send
from app.delivery.plans import document, rows
from app.delivery.plans import queries as plans
from app.delivery.plans.models import ProjectPlan
from app.delivery.plans.rows import write_rows
from app.delivery.plans.service import Made, fix_baseline
from app.delivery.plans.values import BudgetValues
from app.history.service import record
from app.programmes.models import FrameBalance, GrantBalance
from app.projects.models import Project
from app.upkeep import balances
from tools.drill import frame, must_hold, requisitions
from tools.drill.city import FIRST_DAY, NOW, City, founded, migrate, product
from tools.drill.crowd import by_processes, by_threads, divided, persistently
from tools.grounds import Ground

TITLE = "Parallel decisions on changes that together ask for twice the frame"
MORE = frame.APPLIED
MOVED = Decimal("50000.25")
REQUESTS = 60
ZERO = Decimal(0)
YEAR, LATER_YEAR = 2028, 2030
"""The money of the first year, of which there is 600 000,25 kr, is moved to the last, where there is none."""
RIVALS = 12
"""So many move it, and as many ask for it; it holds eleven of them."""


def running(city: City) -> int:
    """A case that has been granted its money and has a plan for it."""
    case_id = requisitions.granted(city)
    with transaction():
        project = db.session.get_one(Project, case_id)
        plan = ProjectPlan(project_id=case_id, starts_on=FIRST_DAY, ends_on=local_day(NOW))
        db.session.add(plan)
        record(city.leader, "draw_up_plan", plan, now=NOW)
        lines = [
            BudgetValues(
                description="Utveckling",
                kind=CostKind.ONE_OFF,
                department_id=department,
                financier=Financier.PROGRAMME,
                amounts={year: amount},
            )
            for (department, year), amount in plans.granted_by_department_and_year(case_id).items()
        ]
        write_rows(city.leader, case_id, rows.BUDGET, lines, NOW)
        fix_baseline(
            city.leader, project, Made("Första planen.", plans.granting_decision(case_id).decision.id), NOW
        )
        project.state = State.RUNNING.value
        record(city.leader, "start_running", project, now=NOW)
    return case_id


def asked(city: City, case_id: int, wanted: Wanted) -> int:
    """The leader has sent a request; its number."""
    with transaction():
        number = service.begin(city.leader, db.session.get_one(Project, case_id), NOW).number
        service.write(city.leader, _found(city.leader, case_id, number), wanted, NOW)
        service.send(city.leader, _found(city.leader, case_id, number), NOW)
    return number


def more_money(city: City) -> Wanted:
    """A little more of the frame."""
    department = city.department_ids[0]
    return Wanted("Mer.", costs=(Cost("Mer", CostKind.ONE_OFF, department, "Kultur", YEAR, MORE),))


def later_money(city: City, case_id: int) -> Wanted:
    """Some of the first year's money is used in the last."""
    department = city.department_ids[0]
    line = next(row for row in plans.budget_of(case_id) if row.department_id == department)
    place = (line.id, line.description, Financier.PROGRAMME, department, "Kultur", YEAR)
    return Wanted("Senare.", moves=(Move(*place, department, "Kultur", LATER_YEAR, MOVED),))


def _found(viewer: Viewer, case_id: int, number: int) -> ChangeOf:
    db.session.flush()
    db.session.expire_all()
    found = change_for(viewer, case_id, number)
    if found is None:
        raise LookupError(f"request {number} of case {case_id}")
    return found


def decide_all(city: City, wanted: Sequence[tuple[int, int]]) -> int:
    """Approve the requests (case, number) in turn; answer how many were allowed. Number 0 stands for somebody
    who asks for money of the case."""
    allowed = 0
    for case_id, number in wanted:
        act = partial(_decide, city, case_id, number) if number else partial(_ask_for_money, city, case_id)
        try:
            persistently(act)
            allowed += 1
        except (InvalidError, RefusedError, GrantExceededError):
            db.session.rollback()
    return allowed


def _decide(city: City, case_id: int, number: int) -> None:
    found = _found(city.secretary, case_id, number)
    asked_for = tuple(cost.amount for cost in found.wanted_as_sent.costs)
    given = Draft(DecisionKind.APPROVE, local_day(NOW), city.delegation_id, asked_for, "Ja.", f"§ {number}")
    service.decide(city.secretary, found, given, NOW)


def _ask_for_money(city: City, case_id: int) -> None:
    claim = Claim(city.department_ids[0], YEAR, MOVED, "Sprint.")
    send(city.leader, db.session.get_one(Project, case_id), claim, files=(), now=NOW)


def verify(city: City, case_id: int, allowed: int) -> str:
    """That the frame held, and that plan and money agree. Raises AssertionError."""
    balance = db.session.get_one(FrameBalance, city.programme_id)
    made = db.session.scalars(select(ChangeDecision).where(ChangeDecision.project_id == case_id)).all()
    must_hold(len(made) == allowed, f"{allowed} were allowed, {len(made)} are registered")
    must_hold(ZERO <= balance.available < MORE, f"{balance.available} is left of the frame")
    cases = db.session.scalar(select(func.count(GrantBalance.project_id.distinct()))) or 0
    must_hold(balance.granted == cases * frame.APPLIED + allowed * MORE, f"{balance.granted} is granted")
    _plan_and_money_agree(case_id, baselines=1 + allowed)
    return f"{allowed} approved, {balance.available} kr left; plan and ledger agree"


def verify_moves(case_id: int, moved_or_asked: int) -> str:
    """That what was moved and what was asked for are together what there was. Raises AssertionError."""
    account = db.session.scalars(
        select(GrantBalance).where(GrantBalance.project_id == case_id, GrantBalance.year == YEAR)
    ).one()
    moved = db.session.scalar(select(func.count()).where(ChangeDecision.project_id == case_id)) or 0
    must_hold(ZERO <= account.remaining < MOVED, f"{account.remaining} is left of the year")
    must_hold(
        account.requisitioned == (moved_or_asked - moved) * MOVED,
        f"{moved} of {moved_or_asked} moved, {account.requisitioned} asked for",
    )
    _plan_and_money_agree(case_id, baselines=1 + moved)
    return f"{moved} moved, {moved_or_asked - moved} asked for, {account.remaining} kr left of the year"


def _plan_and_money_agree(case_id: int, baselines: int) -> None:
    plan, kept = plans.current_plan(case_id), plans.baselines_of(case_id)
    if plan is None:
        raise LookupError("the case has a plan")
    granted = {(name, year): amount for name, year, amount in plans.granted_rows(case_id)}
    must_hold(not differences(plan, granted), f"{differences(plan, granted)}")
    must_hold([row.number for row in kept] == list(range(1, baselines + 1)), "the baselines have gaps")
    must_hold(document.from_json(kept[-1].content) == plan, "the last baseline is not the plan")
    wrong = list(balances.faults(db.session.connection()))
    must_hold(not wrong, "; ".join(map(str, wrong)))


def requests(city: City, count: int) -> list[tuple[int, int]]:
    """So many requests for more, each named twice: it is decided once."""
    case_id = running(city)
    numbers = [asked(city, case_id, more_money(city)) for _one in range(count)]
    return [(case_id, number) for number in numbers for _twice in range(2)]


def rivals(city: City, count: int) -> list[tuple[int, int]]:
    """So many moves of the money of a year, and as many requisitions of it."""
    case_id = running(city)
    numbers = [asked(city, case_id, later_money(city, case_id)) for _one in range(count)]
    return [(case_id, number) for pair in zip(numbers, [0] * count, strict=True) for number in pair]


def drill(ground: Ground) -> str:
    """Eight threads and then four processes decide; then they move what others ask for."""
    migrate(ground)
    with product(ground, connections=12):
        city = founded(frame=2 * frame.APPLIED + MORE * REQUESTS / 2)
        work, other = requests(city, REQUESTS), rivals(city, RIVALS)
        allowed = sum(by_threads(city, decide_all, divided(work[: REQUESTS // 2], 8)))
        allowed += sum(by_processes(ground, city, decide_all, divided(work[REQUESTS // 2 :], 4)))
        done = sum(by_threads(city, decide_all, divided(other, 8)))
        return f"{verify(city, work[0][0], allowed)}; {verify_moves(other[0][0], done)}"
