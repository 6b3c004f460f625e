"""What must hold when many work at once, in short; `make drill` tries the same at length."""

from __future__ import annotations

from tools.drill import case_numbers, frame, one_chain, requisitions
from tools.drill.city import City, cases, cases_to_decide
from tools.drill.crowd import by_processes, by_threads, divided
from tools.grounds import Ground


def test_case_numbers_have_no_gaps_when_two_processes_register_over_new_year(
    ground: Ground, city: City
) -> None:
    by_processes(ground, city, case_numbers.register_all, divided(cases(city, 200, "submitted"), 2))
    case_numbers.verify(200)


def test_parallel_decisions_do_not_overspend_the_frame(city: City) -> None:
    ids = cases_to_decide(city, 30, frame.APPLIED)
    allowed = by_threads(city, frame.decide_all, divided(ids, 6))
    assert sum(allowed) == 10
    frame.verify(city, sum(allowed))


def test_parallel_requisitions_do_not_ask_for_more_than_was_granted(city: City) -> None:
    case_id = requisitions.granted(city)
    allowed = by_threads(city, requisitions.ask_all, divided([case_id] * 72, 6))
    requisitions.verify(case_id, sum(allowed))


def test_sixteen_writers_make_one_chain(city: City) -> None:
    before = one_chain.events()
    written = by_threads(city, one_chain.write, [(f"Tråd {one}", 4) for one in range(16)])
    one_chain.verify(sum(written), before)
