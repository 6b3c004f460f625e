"""What an interrupted project promised is counted as in its application, and comes or is written off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.benefits import tables
from app.closing.final_report.gathering import ground_of
from app.closing.termination import queries, service
from app.closing.termination.values import OutcomeValues
from app.closing.termination.written_off import BenefitRow, Worth, benefit_rows, sums_of
from app.core.final_report import GoalKind
from app.core.money import round_half_up
from app.core.termination import Fate
from app.db import transaction
from app.delivery.changes.queries import decided_calculation, promised_by
from app.delivery.changes.worth import line_number
from app.delivery.plans import queries as plans
from app.delivery.plans import service as planning
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation.queries import benefits_of
from tests.changing_story import asked, decided, other_scope, rejection
from tests.closing.terminating_story import (
    HALF,
    INTERRUPTED,
    WRITTEN_OFF,
    benefit,
    interrupt,
    terminating,
)
from tests.conftest import Cast
from tests.running_story import PLANNED, drawn_up, planned, running
from tests.story import reloaded

SHARES = st.decimals(min_value=Decimal("0.000001"), max_value=Decimal("0.999999"), places=6)


def rows_of(project: Project) -> list[BenefitRow]:
    return benefit_rows(promised_by(project.id), queries.outcomes_of(project.id))


def test_the_promise_is_what_the_application_said(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    inputs = promised_by(project.id)
    table, calculation = tables.benefit_lines(inputs), inputs.calculation
    rows = rows_of(project)
    assert [row.promised.total for row in rows if row.promised] == [row.total for row in table.rows]
    present = sum((year.benefit * year.factor for year in calculation.rows), Decimal(0))
    sums = sums_of(rows)
    assert sums.promised == Worth(table.total, round_half_up(present)) == sums.untold
    assert sums.written_off == sums.coming == Worth()
    assert table.total > 0


def test_what_is_written_off_is_the_promise_as_a_decision_changed_it(
    cast: Cast, programme: Programme
) -> None:
    project = running(cast, programme)
    found = asked(cast, project, scope=other_scope(project, Decimal(90_000)))
    (changed,) = found.latest.content["scope"]["benefits"]
    decided(cast, found)
    rejected = asked(cast, project, scope=other_scope(project, Decimal(1)))
    decided(cast, rejected, rejection(rejected))
    asked(cast, project, scope=other_scope(project, Decimal(2)))
    project = interrupt(cast, project)
    with transaction():
        service.write_off_rest(cast.leader, project, reason="Tjänsten blir inte av.", now=INTERRUPTED)
    row, *others = rows_of(project)
    assert row.written_off is not None
    assert row.written_off == row.promised
    assert row.written_off.present == Decimal(changed["present_value"]["after"])
    assert row.entry.values.starts_on == date.fromisoformat(changed["starts_on"]["after"])
    first, *untouched = benefit_rows(decided_calculation(project.id), {})
    assert first.promised is not None
    assert first.promised.present > row.written_off.present
    assert [one.promised for one in others] == [one.promised for one in untouched]


def test_a_plan_that_was_never_established_has_changed_no_promise(cast: Cast, programme: Programme) -> None:
    project = drawn_up(cast, programme)
    (first, *_others) = plans.benefits_of(project.id)
    with transaction():
        planning.save_benefits(cast.leader, project, {first.benefit_line_id: date(2029, 1, 1)}, INTERRUPTED)
    project = interrupt(cast, project)
    assert promised_by(project.id) == decided_calculation(project.id)


def test_a_later_day_in_the_leaders_plan_takes_nothing_from_the_promise(
    cast: Cast, programme: Programme
) -> None:
    project = begun_late(cast, planned(cast, programme))
    decided_first = decided_calculation(project.id)
    assert promised_by(project.id) == decided_first
    project = interrupt(cast, project)
    row, *_others = rows_of(project)
    assert row.entry.values.starts_on == decided_first.benefits[0].values.starts_on
    promised_first, *_rest = benefit_rows(decided_first, {})
    assert row.promised == promised_first.promised
    goal = next(goal for goal in ground_of(project).goals if goal.kind is GoalKind.BENEFIT)
    assert goal.by == str(decided_first.benefits[0].values.starts_on)
    kept, *_others_kept = benefits_of(project.id)
    assert row.promised is not None
    assert (kept.starts_on, kept.promised_total) == (row.entry.values.starts_on, row.promised.total)


def test_a_day_that_a_request_was_decided_on_is_promised_whatever_the_leader_had_planned(
    cast: Cast, programme: Programme
) -> None:
    project = begun_late(cast, planned(cast, programme))
    found = asked(cast, project, scope=other_scope(project, Decimal(90_000)))
    (changed,) = found.latest.content["scope"]["benefits"]
    decided(cast, found)
    later = promised_by(project.id).benefits[0].values
    assert later.starts_on == date.fromisoformat(changed["starts_on"]["after"])
    assert later.fixed_amount == Decimal(90_000)


def begun_late(cast: Cast, project: Project) -> Project:
    """The leader expects the first benefit long after what was decided, and establishes the plan so."""
    (first, *_others) = plans.benefits_of(project.id)
    with transaction():
        planning.save_benefits(cast.leader, project, {first.benefit_line_id: date(2029, 1, 1)}, PLANNED)
        planning.establish(cast.leader, project, PLANNED)
    return reloaded(project)


def test_half_of_a_benefit_comes_and_half_is_written_off(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    with transaction():
        service.tell_outcome(cast.leader, benefit(cast.leader, project), HALF, INTERRUPTED)
        service.write_off_rest(cast.leader, project, reason="Tjänsten blir inte av.", now=INTERRUPTED)
    calls, waiting = rows_of(project)
    assert calls.promised is not None
    assert calls.coming is not None
    assert calls.written_off is not None
    assert calls.coming.total == round_half_up(calls.promised.total / 2)
    assert calls.coming + calls.written_off == calls.promised
    assert (waiting.promised, waiting.written_off) == (None, None)
    assert waiting.outcome == WRITTEN_OFF
    sums = sums_of([calls, waiting])
    assert (sums.written_off, sums.untold) == (calls.written_off, Worth())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.one_of(st.none(), st.just(Decimal(0)), SHARES), min_size=2, max_size=2))
def test_what_comes_and_what_does_not_are_the_promise_to_the_krona(
    told: list[Decimal | None], cast: Cast, programme: Programme
) -> None:
    project = promised_once(cast, programme)
    inputs = promised_by(project)
    outcomes = {
        line_number(entry.key): _outcome(share)
        for entry, share in zip(inputs.benefits, told, strict=True)
        if share is not None
    }
    rows = benefit_rows(inputs, outcomes)
    sums = sums_of(rows)
    assert sums.promised == sums.coming + sums.written_off + sums.untold
    written_off = sum((row.written_off for row in rows if row.written_off), Worth())
    assert written_off == sums.written_off
    assert Worth() == sums.untold or None in told
    for row in rows:
        if row.promised and row.coming:
            assert 0 <= row.coming.total <= row.promised.total
            assert 0 <= row.coming.present <= row.promised.present


def _outcome(share: Decimal) -> OutcomeValues:
    return replace(HALF, share=share) if share else WRITTEN_OFF


_FOUND: dict[str, int] = {}


def promised_once(cast: Cast, programme: Programme) -> int:
    """The project, interrupted before the first example."""
    found = queries.termination_of(_FOUND.get("project", 0))
    if found is None:
        _FOUND["project"] = terminating(cast, programme).id
    return _FOUND["project"]


def test_a_share_of_what_has_a_price_is_said(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    without = replace(HALF, share=None)
    with pytest.raises(ValueError, match="a share"), transaction():
        service.tell_outcome(cast.leader, benefit(cast.leader, project), without, INTERRUPTED)
    with transaction():
        service.tell_outcome(cast.leader, benefit(cast.leader, project, 1), without, INTERRUPTED)
    assert queries.outcomes_of(project.id)[benefit(cast.leader, project, 1).line_id] == without


def test_what_is_told_of_a_benefit_can_be_told_anew_until_the_end(cast: Cast, programme: Programme) -> None:
    project = terminating(cast, programme)
    for values in (HALF, WRITTEN_OFF, WRITTEN_OFF):
        with transaction():
            service.tell_outcome(cast.leader, benefit(cast.leader, project), values, INTERRUPTED)
        assert list(queries.outcomes_of(project.id).values()) == [values]
    assert [row.outcome for row in rows_of(project)] == [WRITTEN_OFF, None]
    assert rows_of(project)[0].outcome is not None
    assert Fate.WRITTEN_OFF in {row.outcome.fate for row in rows_of(project) if row.outcome}
