"""Whatever is decided about a project, in whatever order, and whatever is done with its money meanwhile.

Nothing is asked for that is not granted, nothing paid that is not asked for, the frame is never overspent,
and the plan's part of the programme's money is what is granted. What is refused has changed nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.accounts.models import Department
from app.accounts.queries import department_names
from app.core.changes import Move, Wanted
from app.core.costs import Financier
from app.core.plan import Effort, Plan
from app.core.verdict import RefusedError
from app.db import db
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.delivery.changes import queries, service
from app.delivery.changes.lacking import IncompleteError
from app.delivery.changes.models import ChangeDecision, ChangeRequest
from app.delivery.funds.queries import accounts_of, sums_of
from app.delivery.plans import document
from app.delivery.plans import queries as plans
from app.history.models import HistoryEvent
from app.programmes.documents import ledger_document
from app.programmes.grants import GrantExceededError, RepaymentExceededError
from app.programmes.models import Programme
from app.programmes.queries import delegation, ledger
from app.projects.models import Project
from tests.cast import Cast
from tests.changing_story import (
    ASKED,
    DECIDED,
    WHY,
    change,
    cost,
    draft,
    early_end,
    later_end,
    money_agrees,
    other_scope,
    rest,
)
from tests.delivery.test_money_adds_up import Story as Money
from tests.review_story import delegation_of
from tests.running_story import running
from tests.story import reloaded

ZERO = Decimal(0)
AMOUNTS = st.one_of(
    st.decimals(min_value=Decimal("2.01"), max_value=Decimal(200_000), places=2),
    st.decimals(min_value=Decimal(600_000), max_value=Decimal(1_400_000), places=2),
    st.decimals(min_value=Decimal(90_000_000), max_value=Decimal(99_000_000), places=2),
)
REFUSALS = (GrantExceededError, RepaymentExceededError, RefusedError, InvalidError, IncompleteError)
OF_MONEY = ("funds", "move_year", "move_department", "move_own")
ASKED_FOR = (*OF_MONEY, *OF_MONEY, "time", "scope", "effort", "pause")
WITH_MONEY = ("send", "check", "pay", "repay", "give_back", "withdraw")
OFFICES = ("Programdirektören", "Kommunstyrelsens utskott")


@dataclass(frozen=True)
class Step:
    """One thing that somebody does; not every step needs all of it."""

    what: str
    amount: Decimal = ZERO
    year: int = 2027
    kind: DecisionKind | None = None
    """What is decided at once; None: the request waits."""
    office: str = OFFICES[0]


YEARS = st.sampled_from([2027, 2028, 2029])
KINDS = st.sampled_from([DecisionKind.APPROVE, DecisionKind.APPROVE, DecisionKind.APPROVE_IN_PART,
                         DecisionKind.REJECT, None])  # fmt: skip
CHANGES = st.builds(Step, st.sampled_from(ASKED_FOR), AMOUNTS, YEARS, KINDS, st.sampled_from(OFFICES))
MONEY = st.builds(Step, st.sampled_from(WITH_MONEY), AMOUNTS, YEARS)
MORE = st.builds(Step, st.sampled_from(["decide", "go_on"]), kind=KINDS.filter(bool))
END = st.builds(Step, st.just("terminate"), kind=KINDS)
STEPS = st.builds(
    lambda *steps: [*steps[0], *steps[1], *steps[2]],
    st.lists(st.one_of(CHANGES, CHANGES, MONEY, MORE), min_size=4, max_size=12),
    st.lists(END, max_size=1),
    st.lists(MONEY, max_size=3),
)


class Life:
    """Does what it is told, as far as it can be done; nothing is committed."""

    def __init__(self, cast: Cast, project: Project) -> None:
        self.cast, self.id = cast, project.id
        self.money = Money(cast, project)

    @property
    def project(self) -> Project:
        db.session.flush()
        db.session.expire_all()
        return reloaded(self.money.project)

    def acts(self, step: Step) -> Iterator[Callable[[], object]]:
        """What is done in this step, one act after the other."""
        if step.what in WITH_MONEY:
            yield lambda: getattr(self.money, step.what)(min(step.year, 2028), step.amount)
        elif step.what == "go_on":
            yield lambda: service.go_on(self.cast.leader, self.project, DECIDED)
        elif step.what != "decide":
            yield lambda: self.ask(step)
        if step.kind and (waiting := queries.undecided_of(self.id)):
            # The oldest one has been overtaken now and then.
            number = waiting[0 if step.what == "decide" else -1].number
            yield lambda: self.decide(number, step)

    def ask(self, step: Step) -> None:
        """The leader sends a request."""
        wanted = Wanted(WHY, **self.parts(step))
        number = service.begin(self.cast.leader, self.project, ASKED).number
        service.write(self.cast.leader, self.found(self.cast.leader, number), wanted, ASKED)
        service.send(self.cast.leader, self.found(self.cast.leader, number), ASKED)

    def decide(self, number: int, step: Step) -> None:
        """The secretary registers what the office has decided; never more than it may decide about."""
        found = self.found(self.cast.secretary, number)
        costs, kind = found.wanted.costs, step.kind or DecisionKind.APPROVE
        if kind is DecisionKind.APPROVE_IN_PART and not costs:
            kind = DecisionKind.APPROVE
        share = {DecisionKind.APPROVE: Decimal(1), DecisionKind.APPROVE_IN_PART: Decimal("0.5")}.get(
            kind, ZERO
        )
        amounts = tuple((row.amount * share).quantize(Decimal("0.01")) for row in costs)
        office = delegation_of(found.project.programme_id, step.office)
        given = draft(found, kind=kind, amounts=amounts, delegation_id=office)
        service.decide(self.cast.secretary, found, given, DECIDED)
        limit = delegation(office)
        if limit and limit.limit is not None and kind is not DecisionKind.REJECT and costs:
            assert queries.granted_in_all(self.id) <= limit.limit

    def found(self, viewer: Any, number: int) -> queries.ChangeOf:
        return change(viewer, self.project, number)

    def parts(self, step: Step) -> dict[str, Any]:
        cast, project = self.cast, self.project
        own, other = cast.department, cast.other_department
        some, days = min(step.amount, Decimal(240_000)), 1 + int(step.amount) % 90
        every: dict[str, Callable[[], dict[str, Any]]] = {
            "time": lambda: {"time": later_end(project, days)},
            "funds": lambda: {"costs": (cost(cast, step.amount, step.year), cost(cast, some, 2028))},
            "move_year": lambda: {"moves": self.moves(Financier.PROGRAMME, own, step.year, some)},
            "move_department": lambda: {"moves": self.moves(Financier.PROGRAMME, other, step.year, some)},
            "move_own": lambda: {"moves": self.moves(Financier.OWN_BUDGET, own, step.year, some)},
            "scope": lambda: {"scope": other_scope(project, some, days)},
            "effort": lambda: {"effort": self.effort(Decimal(days))},
            "pause": lambda: {"pause": rest()},
            "terminate": lambda: {"termination": early_end()},
        }
        return every[step.what]()

    def moves(self, of: Financier, department: Department, year: int, amount: Decimal) -> tuple[Move, ...]:
        """Half of it from each end of the budget; more than there is now and then, which is refused."""
        every = [row for row in queries.room_of(self.project).sources(self.plan.budget)
                 if row.line.financier is of]  # fmt: skip
        return tuple(
            Move(
                row.line.key, row.line.description, of, row.department_id, row.line.department, row.year,
                department.id, department.name, year if department.id != row.department_id else row.year + 1,
                (amount / 2).quantize(Decimal("0.01")),
            )
            for row in (every[0], every[-1])
        )  # fmt: skip

    def effort(self, hours: Decimal) -> tuple[Effort, ...]:
        """The last role works this much, and a new one comes to."""
        *others, last = self.plan.effort
        return (*others, replace(last, low=hours, high=hours, share=None), replace(last, key=0, role="Ny"))

    @property
    def plan(self) -> Plan:
        plan = plans.current_plan(self.id)
        assert plan is not None
        return plan

    def traces(self) -> tuple[object, ...]:
        """Everything that a refusal must leave as it is; a draft that was begun may stay."""
        project = self.project
        of_drafts = HistoryEvent.record_type == ChangeRequest.__tablename__
        return (
            project.state, project.leader_id, self.plan, accounts_of(self.id),
            len(plans.baselines_of(self.id)), len(ledger(project.programme_id)),
            db.session.scalar(select(func.count(ChangeDecision.id))),
            db.session.scalar(select(func.count(HistoryEvent.id)).where(~of_drafts)),
        )  # fmt: skip

    def invariants(self) -> None:
        """What holds after every step."""
        self.money.invariants()
        assert queries.left_of_frame(self.project.programme_id) >= ZERO
        assert money_agrees(self.project)
        latest = plans.baselines_of(self.id)[-1]
        assert document.from_json(latest.content) == self.plan
        self.ledger_adds_up()

    def ledger_adds_up(self) -> None:
        programme = self.project.programme_id
        book = ledger_document(ledger(programme), department_names())
        whole, accounts = book.sums, sums_of(accounts_of(self.id))
        for parts in ([row.sums for row in book.departments], [*book.by_year.values()], [accounts]):
            for name in ("granted", "requisitioned", "paid", "repaid", "returned"):
                assert sum((getattr(part, name) for part in parts), ZERO) == getattr(whole, name), name
        assert book.available == queries.left_of_frame(programme)


@settings(
    max_examples=12,
    phases=[Phase.reuse, Phase.generate],  # a shorter story that fails takes many minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_money_and_plan_agree_whatever_is_decided(
    steps: list[Step], cast: Cast, programme: Programme
) -> None:
    life = Life(cast, db.session.scalars(select(Project)).first() or running(cast, programme))
    for step in steps:
        for act in life.acts(step):
            before = life.traces()
            try:
                act()
            except REFUSALS:
                assert life.traces() == before, step
        life.invariants()
    db.session.rollback()
