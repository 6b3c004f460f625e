"""What must hold when many work at once, in short; `make drill` tries the same at length."""

from __future__ import annotations

from tools.drill import case_numbers, changes, claims, frame, one_chain, repayments, requisitions, taken_home
from tools.drill.city import City, cases, cases_to_decide
from tools.drill.crowd import by_processes, by_threads, divided
from tools.grounds import Ground


def test_case_numbers_have_no_gaps_when_two_processes_register_over_new_year(
    ground: Ground, city: City
) -> None:
    by_processes(ground, city, case_numbers.register_all, divided(cases(city, 80, "submitted"), 2))
    case_numbers.verify(80)


def test_parallel_decisions_do_not_overspend_the_frame(city: City) -> None:
    ids = cases_to_decide(city, 30, frame.APPLIED)
    allowed = by_threads(city, frame.decide_all, divided(ids, 6))
    assert sum(allowed) == 10
    frame.verify(city, sum(allowed))


def test_parallel_requisitions_do_not_ask_for_more_than_was_granted(city: City) -> None:
    case_id = requisitions.granted(city)
    allowed = by_threads(city, requisitions.ask_all, divided([case_id] * 72, 6))
    requisitions.verify(case_id, sum(allowed))


def test_parallel_decisions_on_changes_do_not_overspend_the_frame_and_none_is_made_twice(city: City) -> None:
    work = changes.requests(city, 14)
    allowed = by_threads(city, changes.decide_all, divided(work, 7))
    assert sum(allowed) == 9
    changes.verify(city, work[0][0], sum(allowed))


def test_money_is_not_moved_and_asked_for_at_once(city: City) -> None:
    work = changes.rivals(city, changes.RIVALS)
    done = by_threads(city, changes.decide_all, divided(work, 7))
    assert sum(done) == 11
    changes.verify_moves(work[0][0], sum(done))


def test_parallel_repayments_do_not_take_back_more_than_was_paid(city: City) -> None:
    place = repayments.paid(city)
    allowed = by_threads(city, repayments.repay_all, divided([place] * 54, 6))
    repayments.verify(sum(allowed))


def test_parallel_claims_take_at_most_all_of_an_indicator(city: City) -> None:
    places = claims.promised(city, 60)
    allowed = by_threads(city, claims.claim_all, divided(places, 6))
    claims.verify(sum(allowed))


def test_parallel_postings_take_home_no_more_than_has_come(city: City) -> None:
    places = taken_home.measured(city, 54)
    allowed = by_threads(city, taken_home.take_all, divided(places, 6))
    taken_home.verify(sum(allowed))


def test_sixteen_writers_make_one_chain(city: City) -> None:
    before = one_chain.events()
    written = by_threads(city, one_chain.write, [(f"Tråd {one}", 4) for one in range(16)])
    one_chain.verify(sum(written), before)
