"""From a promise to what is taken home: two agree, somebody else verifies, only what is measured counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.budget_effects import queries, service
from app.budget_effects.ledger import HeldError
from app.budget_effects.service import TooEarlyError
from app.core.budget_effects import EffectState, Form, Sums, TooMuchError
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.notifications.models import Kind, Notification
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation import queries as benefits
from app.realisation import service as measuring
from tests.budget_effects.effect_story import (
    agree,
    effect,
    enter,
    promise,
    promised,
    ready,
    take,
    verified,
    verify,
)
from tests.conftest import Cast
from tests.realisation.measuring_story import AFTERWARDS, TODAY, measure, measured, measured_values, of
from tests.running_story import running

ALL = Decimal("250000.50")
MEASURED = Decimal(379_500)


def state(cast: Cast, project: Project, number: int | None = None) -> str:
    return effect(cast.controller, project, number).balance.state


def told(person_id: int) -> list[str]:
    query = db.select(Notification.kind).where(Notification.person_id == person_id).order_by(Notification.id)
    return [kind for kind in db.session.scalars(query) if kind.startswith("effect_")]


def test_from_a_promise_to_money_that_is_taken_home(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    promise(cast, project)
    assert state(cast, project) == "promised"
    agree(cast, project)
    assert state(cast, project) == "agreed"
    enter(cast, project)
    assert state(cast, project) == "in_budget"
    verify(cast, project)
    assert state(cast, project) == "verified"
    take(cast, project, Decimal(250_000))
    assert state(cast, project) == "verified"
    take(cast, project, Decimal("0.50"))
    row = effect(cast.controller, project)
    assert (row.balance.state, row.balance.taken, row.balance.early) == ("taken_home", ALL, False)
    assert queries.pool_of(row.found.benefit).left == MEASURED - ALL
    steps = [entry.step for entry in queries.entries_of(row.effect.id)]
    assert steps == ["promise", "agree", "enter", "verify", "take", "take"]
    assert told(cast.controller.id) == [Kind.EFFECT_PROMISED, Kind.EFFECT_ENTERED]
    assert told(cast.manager.id) == [Kind.EFFECT_AGREED, Kind.EFFECT_VERIFIED, *[Kind.EFFECT_TAKEN] * 2]


def test_the_two_agree_whoever_of_them_begins(cast: Cast, programme: Programme) -> None:
    project = promised(cast, programme)
    for viewer in (cast.manager, cast.leader, cast.secretary, cast.auditor):
        with pytest.raises(RefusedError):
            service.agree(viewer, effect(viewer, project), "", AFTERWARDS)
    number = promise(cast, project, viewer=cast.controller, item="Tjänst 7").effect.id
    assert told(cast.manager.id) == [Kind.EFFECT_PROMISED]
    with pytest.raises(RefusedError, match="andra parten"):
        agree(cast, project, number)
    db.session.rollback()
    with transaction():
        service.agree(cast.manager, effect(cast.manager, project, number), "Ja.", AFTERWARDS)
    assert state(cast, project, number) == "agreed"


def test_nobody_agrees_alone_whatever_roles_he_holds(cast: Cast, programme: Programme) -> None:
    project = promised(cast, programme)
    both = replace(cast.manager, roles=cast.manager.roles | cast.controller.roles)
    with pytest.raises(RefusedError, match="andra parten"):
        service.agree(both, effect(both, project), "", AFTERWARDS)
    himself = text(
        "insert into effect_entry (project_id, effect_id, step, amount, booked_on, reference, words, by_id,"
        " answers_id, created_at) select project_id, effect_id, :step, amount, booked_on, '', 'x', by_id,"
        " :who, created_at from effect_entry where step = 'promise'"
    )
    for step in ("agree", "verify"):
        for who in (cast.manager.id, None):
            with pytest.raises(IntegrityError, match="four_eyes"), transaction():
                db.session.execute(himself, {"step": step, "who": who})


def test_who_entered_it_does_not_verify_it(cast: Cast, programme: Programme) -> None:
    project = promised(cast, programme)
    agree(cast, project)
    with transaction():
        service.enter(cast.controller, effect(cast.controller, project), "Budget 2029", TODAY, AFTERWARDS)
    for viewer in (cast.controller, cast.manager, cast.leader):
        with pytest.raises(RefusedError):
            service.verify(viewer, effect(viewer, project), "", AFTERWARDS)
    with transaction():
        service.verify(cast.secretary, effect(cast.secretary, project), "", AFTERWARDS)
    assert state(cast, project) == "verified"


def test_what_is_sent_back_is_agreed_still_and_no_longer_early(cast: Cast, programme: Programme) -> None:
    project = promised(cast, programme)
    agree(cast, project)
    enter(cast, project)
    assert effect(cast.controller, project).balance.early
    with pytest.raises(RefusedError, match="Skriv varför"):
        service.send_back(cast.controller, effect(cast.controller, project), " ", AFTERWARDS)
    with transaction():
        service.send_back(cast.controller, effect(cast.controller, project), "Fel sida.", AFTERWARDS)
    row = effect(cast.controller, project)
    assert (row.balance.state, row.balance.early) == ("agreed", False)
    assert told(cast.manager.id)[-1] == Kind.EFFECT_RETURNED


def test_what_comes_into_the_budget_before_it_is_measured_is_marked_and_not_refused(
    cast: Cast, programme: Programme
) -> None:
    project = promised(cast, programme)
    agree(cast, project)
    enter(cast, project)
    verify(cast, project)
    measure(cast, project)
    take(cast, project, Decimal(1))
    assert effect(cast.controller, project).balance.early, "also when it is measured since"
    later = promise(cast, project, item="Tjänst 7").effect.id
    agree(cast, project, later)
    enter(cast, project, later)
    assert not effect(cast.controller, project, later).balance.early
    before = promise(cast, project, item="Tjänst 8").effect.id
    agree(cast, project, before)
    enter(cast, project, before, date(2029, 1, 14))
    assert effect(cast.controller, project, before).balance.early, "decided the day before"


def test_no_more_is_taken_home_than_is_measured(cast: Cast, programme: Programme) -> None:
    project = verified(cast, programme)
    other = ready(cast, project, item="Tjänst 7", form=Form.POSTS, staff_years=Decimal("0.5")).effect.id
    take(cast, project, ALL)
    with pytest.raises(TooMuchError) as refused:
        take(cast, project, Decimal("129499.51"), other)
    assert refused.value.most == MEASURED - ALL == Decimal("129499.50")
    db.session.rollback()
    take(cast, project, Decimal("129499.50"), other)
    with pytest.raises(RefusedError, match="måste mätas"):
        take(cast, project, Decimal("0.01"), other)
    for said in ("taken_home = taken_home + 1", "kept = kept + 1", "realised = realised - 1"):
        with pytest.raises(IntegrityError, match="at_most_what_came"), transaction():
            db.session.execute(text(f"update taken_balance set {said}"))


def test_nothing_is_taken_home_of_what_nobody_has_measured(cast: Cast, programme: Programme) -> None:
    project = promised(cast, programme)
    agree(cast, project)
    enter(cast, project)
    with pytest.raises(RefusedError):
        take(cast, project, Decimal(1))
    db.session.rollback()
    verify(cast, project)
    with pytest.raises(RefusedError, match="måste mätas"):
        take(cast, project, Decimal(1))


def test_the_same_post_of_a_budget_is_not_taken_home_twice(cast: Cast, programme: Programme) -> None:
    first, second = promised(cast, programme), running(cast, programme, title="Ett annat projekt")
    places: list[dict[str, Any]] = [{}, {"cost_centre": " 1234"}, {"item": "5010  lokaler "}]
    for place in places:
        with pytest.raises(HeldError) as refused:
            promise(cast, second, **place)
        assert refused.value.holder is not None
        assert refused.value.holder.project.id == first.id
        db.session.rollback()
    outside = replace(cast.other_manager, roles=frozenset())
    assert queries.holder_of(outside, "1234", 2029, "5010 lokaler") is None, "told only to who sees it"
    assert queries.is_held("1234", 2029, "5010 lokaler")
    other = promise(cast, second, year=2030)
    twice = text("update effect_balance set year = 2029 where effect_id = :id")
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(twice, {"id": other.effect.id})
    with transaction():
        service.withdraw(cast.manager, effect(cast.manager, first), "Lokalen behålls.", AFTERWARDS)
    assert promise(cast, second).balance.state == "promised"


def test_what_is_declined_or_withdrawn_goes_no_further(cast: Cast, programme: Programme) -> None:
    project = promised(cast, programme)
    with pytest.raises(RefusedError, match="Skriv varför"):
        service.decline(cast.controller, effect(cast.controller, project), "", AFTERWARDS)
    with transaction():
        service.decline(cast.controller, effect(cast.controller, project), "Hyran går inte ner.", AFTERWARDS)
    assert told(cast.manager.id) == [Kind.EFFECT_DECLINED]
    for act in (agree, enter, verify):
        with pytest.raises(RefusedError):
            act(cast, project)
        db.session.rollback()
    number = ready(cast, project).effect.id
    with pytest.raises(RefusedError):
        service.withdraw(cast.manager, effect(cast.manager, project, number), "Nej.", AFTERWARDS)


def test_time_that_stays_is_kept_with_its_use_and_is_never_money(cast: Cast, programme: Programme) -> None:
    project = verified(cast, programme)
    number = promise(
        cast, project, form=Form.CAPACITY, item="Handläggare", amount=Decimal(200_000),
        staff_years=Decimal("0.25"), used_for="Fler besök hos dem som inte söker själva.",
    ).effect.id  # fmt: skip
    agree(cast, project, number)
    with pytest.raises(RefusedError, match="ändrar ingen budget"):
        enter(cast, project, number)
    db.session.rollback()
    take(cast, project, Decimal(200_000), number)
    row = effect(cast.controller, project, number)
    assert row.balance.state == EffectState.TAKEN_HOME
    assert row.sums == Sums(kept=Decimal(200_000))
    with pytest.raises(TooMuchError) as refused:
        take(cast, project, ALL)
    assert refused.value.most == MEASURED - 200_000, "an hour is not both kept and taken home"


def test_what_a_corrected_measurement_does_not_cover_goes_back(cast: Cast, programme: Programme) -> None:
    project = verified(cast, programme)
    other = ready(cast, project, item="Tjänst 7", amount=Decimal(100_000)).effect.id
    take(cast, project, ALL)
    take(cast, project, Decimal(100_000), other)
    row = benefits.standing_measurements(of(cast.manager, project).benefit.id)[0]
    found = benefits.measurement_for(cast.manager, project.id, row.benefit_id, row.id)
    assert found is not None
    half = measured_values(
        correction="Varannan rad var dubbel.",
        counted={"volume": Decimal(2_300), "minutes_saved": Decimal(25), "share": Decimal("0.44")},
    )
    with transaction():
        measuring.correct(cast.manager, found, half, AFTERWARDS)
    assert effect(cast.controller, project, other).balance.taken == 0, "it took last"
    first = effect(cast.controller, project)
    assert (first.balance.taken, first.balance.state) == (MEASURED / 2, "verified")
    assert queries.pool_of(first.found.benefit).left == 0
    last = queries.entries_of(first.effect.id)[-1]
    assert (last.step, last.amount, last.words) == (
        "take_back",
        ALL - MEASURED / 2,
        "Varannan rad var dubbel.",
    )
    assert told(cast.controller.id).count(Kind.EFFECT_TAKEN_BACK) == 2


def test_what_was_not_taken_home_after_all_is_posted_back_with_its_reason(
    cast: Cast, programme: Programme
) -> None:
    project = verified(cast, programme)
    take(cast, project, ALL)
    row = effect(cast.controller, project)
    with pytest.raises(RefusedError):
        service.take_back(cast.manager, row, ALL, "Fel.", AFTERWARDS)
    with pytest.raises(TooMuchError):
        service.take_back(cast.controller, row, ALL + 1, "Fel.", AFTERWARDS)
    with transaction():
        service.take_back(cast.controller, row, Decimal("0.50"), "Avrundat.", AFTERWARDS)
    assert state(cast, project) == "verified"
    assert queries.pool_of(effect(cast.controller, project).found.benefit).left == MEASURED - 250_000


@pytest.mark.parametrize(
    "changes",
    [{"booked_on": date(2029, 1, 16)}, {"booked_on": date(2028, 12, 31)}],
    ids=["to come", "before"],
)
def test_money_is_taken_home_in_its_year_and_not_before(
    cast: Cast, programme: Programme, changes: dict[str, Any]
) -> None:
    project = verified(cast, programme)
    with pytest.raises(TooEarlyError):
        take(cast, project, Decimal(1), **changes)


def test_a_controller_with_an_interest_does_not_speak_for_the_budget(
    cast: Cast, programme: Programme
) -> None:
    project = promised(cast, programme)
    leads = replace(cast.leader, roles=cast.leader.roles | cast.controller.roles)
    for asked in (service.agree, service.withdraw):
        with pytest.raises(RefusedError):
            asked(leads, effect(leads, project), "x", AFTERWARDS)
