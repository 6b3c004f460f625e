"""Rows, counts and sums are those of what each may see, no more and no fewer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal

from app.db import db
from app.decisions import queries as meetings
from app.export.everything import everything
from app.notifications import queries as notifications
from app.notifications.models import Notification
from app.overview import queries as overview
from app.web.formats import kronor
from tests.access import oracle
from tests.access import oracle_closing as closing
from tests.access import oracle_effects as effects
from tests.access import oracle_following as following
from tests.access import oracle_operations as operations
from tests.access import oracle_running as running
from tests.access.building import AMOUNTS
from tests.access.conftest import Place
from tests.access.oracle import Case, Person
from tests.access.oracle_tasks import task
from tests.access.people import CASES, GRANTED, WHO
from tests.access.test_reading import EVERYBODY
from tests.access.words import Part, found_in
from tests.conftest import TODAY

SHOWN = re.compile(r'href="/projekt/(\d+)"')
LED_TO = re.compile(r'href="/projekt/(\d+)["/]')
"""Also by a page of the case."""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def those(when: Callable[[Person, Case], bool], who: str) -> list[Case]:
    return [case for case in CASES if when(WHO[who], case)]


def ids(place: Place, cases: list[Case]) -> set[int]:
    return {place.city.ids[case.key] for case in cases}


def shown_in(text: str) -> set[int]:
    return {int(number) for number in SHOWN.findall(text)}


def listed(person: Person, case: Case) -> bool:
    """The list of cases holds those that have come in and that the person sees."""
    return case.came_in and oracle.sees(person, case)


LISTS: dict[str, Callable[[Person, Case], bool]] = {
    "lage=all": lambda person, case: True,
    "": lambda person, case: case.state not in (*running.GRANTED, "rejected", "withdrawn"),
    "lage=all&q=projektet": lambda person, case: True,
    "lage=all&q=zq05": lambda person, case: case.key == "checking",
    "lage=returned": lambda person, case: case.state == "returned",
    "lage=all&handlaggare=mine": lambda person, case: case.handler == person.key,
    "lage=all&handlaggare=nobody": lambda person, case: not case.handler,
}
"""What the list is asked for, and which of the cases it then holds."""


@EVERYBODY
def test_the_list_of_cases_holds_what_each_may_see_with_its_count_and_sum(place: Place, who: str) -> None:
    visitor, viewer = place.visitor(who), place.city.viewers[who]
    if not oracle.has_list(WHO[who]):
        return
    for asked, fits in LISTS.items():
        expected = [case for case in those(listed, who) if fits(WHO[who], case)]
        page = visitor.get(f"/arenden?{asked}")
        assert shown_in(page.text) == ids(place, expected), asked
        noun = "ärende" if len(expected) == 1 else "ärenden"
        assert f"{len(expected)} {noun}, " in plain(page.text), asked
    with place.app.app_context():
        wanted = overview.QueueFilter()
        _rows, totals = overview.queue(viewer, wanted, today=TODAY, limit=1, offset=0)
    every = those(listed, who)
    assert (totals.count, totals.amount) == (len(every), sum(AMOUNTS[case.key] for case in every))


def turn(person: Person, case: Case) -> bool:
    """It is the person's turn."""
    acts = (
        oracle.writes,
        oracle.signs,
        oracle.registers,
        oracle.checks,
        oracle.refers,
        running.draws_up,
        running.plans,
    )
    mine = case.handler in ("", person.key)
    later = (oracle.minutes_opinion, oracle.registers_decision, oracle.takes_up_again)
    return any(act(person, case) for act in acts) or (mine and any(act(person, case) for act in later))


@EVERYBODY
def test_the_list_of_requisitions_holds_what_each_may_see_with_its_count_and_sum(
    place: Place, who: str
) -> None:
    """Three of one krona in each of the granted cases; in those that have ended one was paid, the others were
    taken back."""
    if not running.lists_requisitions(WHO[who]):
        return
    visitor = place.visitor(who)
    for asked, states, each in (
        ("", running.AT_WORK, 3),
        ("lage=sent", running.AT_WORK, 1),
        ("lage=paid", running.ENDED, 1),
        ("lage=withdrawn", running.ENDED, 2),
    ):
        expected = [case for case in those(oracle.sees, who) if case.state in states]
        page = plain(visitor.get(f"/rekvisitioner?{asked}").text)
        count = each * len(expected)
        assert shown_in(page) == ids(place, expected), asked
        assert f"{count} rekvisition{'er' * (count != 1)}, {count} kr" in page, asked


@EVERYBODY
def test_the_lists_of_what_ends_hold_what_each_may_see(place: Place, who: str) -> None:
    """Final reports of what is being ended and of what has; what remains and somebody has received."""
    visitor, seen = place.visitor(who), those(oracle.sees, who)
    for address, reads, states in (
        ("/slutrapporter", closing.follows_endings, (*closing.ENDING, *running.ENDED)),
        ("/slutrapporter?lage=sent", closing.follows_endings, ("closing",)),
        ("/restpunkter?visa=alla", closing.lists_what_remains, following.FOLLOWED),
        ("/uppfoljningar", following.follows_up_several, following.FOLLOWED),
        ("/uppfoljningar?lage=sent", following.follows_up_several, ("follow_up",)),
        ("/uppfoljningar?lage=approved", following.follows_up_several, ("follow_up", "closed")),
        ("/uppfoljningar?lage=coming", following.follows_up_several, ("handed_over", "follow_up")),
    ):
        if reads(WHO[who]):
            expected = [case for case in seen if case.state in states]
            shown = {int(number) for number in LED_TO.findall(visitor.get(address).text)}
            assert shown == ids(place, expected), address


@EVERYBODY
def test_the_register_of_services_holds_what_each_may_see_with_its_count(place: Place, who: str) -> None:
    if not oracle.has_list(WHO[who]):
        return
    there = [case for case in those(oracle.sees, who) if operations.is_in_register(WHO[who], case)]
    page = place.visitor(who).get("/drift")
    shown = {int(number) for number in re.findall(r'href="/drift/(\d+)"', page.text)}
    assert shown == {place.city.parts[case.key]["service_id"] for case in there}
    assert f"Alla ({len(there)})" in page.text


@EVERYBODY
def test_the_bills_of_shared_services_are_those_that_each_may_read(place: Place, who: str) -> None:
    if not oracle.has_list(WHO[who]):
        return
    there = {case: operations.bills_of(WHO[who], case) for case in those(oracle.sees, who)}
    visitor, count = place.visitor(who), sum(there.values())
    year = place.city.parts["running"]["shared_year"]
    page = plain(visitor.get(f"/drift/andelar?ar={year}").text)
    assert f"{count} andel{'ar' * (count != 1)}, " in page
    assert len(visitor.get(f"/drift/andelar.csv?ar={year}").text.splitlines()) - 1 == count
    shown = {int(number) for number in re.findall(r'href="/drift/(\d+)/delning', page)}
    assert shown <= {place.city.parts[case.key]["service_id"] for case, bills in there.items() if bills}


@EVERYBODY
def test_what_is_taken_along_of_registers_has_the_rows_of_their_pages(place: Place, who: str) -> None:
    if not oracle.has_list(WHO[who]):
        return
    visitor = place.visitor(who)
    for page, counted in (
        ("/drift", r"Alla \((\d+)\)"),
        ("/nyttor", r"(\d+) nyttor?"),
        ("/budgeteffekter", r"(\d+) budgeteffekt(?:er)?"),
    ):
        if page == "/budgeteffekter" and not effects.follows_effects(WHO[who]):
            continue
        shown = re.search(counted, plain(visitor.get(page).text))
        lines = visitor.get(f"{page}.csv").text.splitlines()
        assert shown is not None
        assert len(lines) - 1 == int(shown[1]), page


@EVERYBODY
def test_the_cost_cliff_counts_only_services_that_each_may_see(place: Place, who: str) -> None:
    """In its last year nobody has said what any of them costs."""
    if not oracle.has_list(WHO[who]):
        return
    there = [case for case in those(oracle.sees, who) if operations.is_in_register(WHO[who], case)]
    page = place.visitor(who).get("/drift/kostnader")
    unknown = re.findall(r'data-label="Okänd kostnad, tjänster">(\d+)<', page.text)
    assert [int(number) for number in unknown[-1:]] == ([len(there)] if there else [])


@EVERYBODY
def test_the_start_page_counts_what_waits_and_shows_ones_own(place: Place, who: str) -> None:
    page = plain(place.visitor(who).get("/").text)
    waiting = those(turn, who)
    tasks = those(task, who)
    over = ("rejected", "withdrawn", *running.ENDED)
    own = [case for case in those(oracle.leads, who) if case.state not in over]
    assert shown_in(page) == ids(place, waiting) | ids(place, tasks) | ids(place, own)
    noun = "ärende" if len(waiting) == 1 else "ärenden"
    assert (f"{len(waiting)} {noun} behöver något av dig." in page) == bool(waiting)


def granted(*states: str) -> Decimal:
    """What has been decided is everybody's to know."""
    return sum((AMOUNTS[case.key] for case in CASES if case.state in states), Decimal(0))


@EVERYBODY
def test_the_frame_is_told_alike_to_everybody(place: Place, who: str) -> None:
    """A krona was paid in each of the cases that have ended; the rest of their money returned."""
    page = plain(place.visitor(who).get("/program").text)
    returned = granted(*running.ENDED) - len(running.ENDED)
    everything = granted(*running.GRANTED)
    assert plain(kronor(everything, "sv")) in page
    assert plain(kronor(Decimal(100_000_000) - everything + returned, "sv")) in page


@EVERYBODY
def test_a_meeting_counts_and_adds_up_the_cases_that_each_may_read(place: Place, who: str) -> None:
    if not oracle.treats(WHO[who]):
        return
    visitor = place.visitor(who)
    came = ("council", "awaiting_decision", *GRANTED, "postponed", "rejected", "resumed")
    expected = [case for case in those(oracle.on_agenda, who) if case.key.removeprefix("park_") in came]
    total = plain(kronor(sum((AMOUNTS[case.key] for case in expected), Decimal(0)), "sv"))
    meeting, every = (
        plain(visitor.get(address).text) for address in (f"/moten/{place.city.pack_id}", "/moten")
    )
    assert shown_in(meeting) == ids(place, expected)
    assert meeting.count(total) >= 2
    assert every.count(total) == 2
    assert re.search(rf">\s*{len(expected)}\s*<", every)


@EVERYBODY
def test_the_inbox_and_its_number_hold_what_each_may_still_see(place: Place, who: str) -> None:
    viewer, visitor = place.city.viewers[who], place.visitor(who)
    seen = ids(place, those(oracle.sees, who))
    with place.app.app_context():
        told = db.session.execute(
            db.select(Notification.project_id).where(Notification.person_id == viewer.id)
        ).scalars()
        expected = [project for project in told if project in seen]
        assert notifications.unread_count(viewer) == notifications.count(viewer) == len(expected)
    page = visitor.get("/aviseringar").text
    shown = {int(number) for number in LED_TO.findall(page)}
    assert shown <= seen
    assert bool(expected) == bool(shown)


def test_one_who_has_left_the_department_reads_nothing_of_what_was_told(place: Place) -> None:
    """There was something: else the test above would say nothing."""
    with place.app.app_context():
        left = place.city.viewers["left_manager"]
        told = db.select(db.func.count()).where(Notification.person_id == left.id)
        assert db.session.scalar(told)
        assert not notifications.count(left)


def test_what_the_command_exports_is_what_has_come_in(place: Place) -> None:
    """The auditor's view: every case, but nothing of what is between a few."""
    with place.app.app_context():
        told = found_in(json.dumps(everything(TODAY), ensure_ascii=False))
    assert {case for case, part in told if part is Part.APPLICATION} == set(CASES)
    assert {part for _case, part in told} == {Part.APPLICATION, Part.ACTS, Part.DECISION, Part.DELIVERY}


def test_a_member_of_the_council_who_applies_reads_no_proposal_before_the_decision(place: Place) -> None:
    """In the pack neither by page nor on paper, nor as a sum: the memo of the case is not hers either."""
    with place.app.app_context():
        agenda = meetings.pack_for(place.city.viewers["council_of_miljo"], place.city.pack_id)
        assert agenda is not None
        on_it = {item.project_id for item in agenda.items}
    assert place.city.ids["council"] not in on_it
    assert place.city.ids["park_council"] in on_it
    assert place.city.ids["approved"] in on_it
