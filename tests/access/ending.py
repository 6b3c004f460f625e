"""What happens in the cases that pause or end, their texts marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.accounts.access import Viewer
from app.accounts.queries import person_by_email, roles_of
from app.closing.final_report import service as final_report
from app.closing.final_report.content import Words
from app.closing.handover import service as handover
from app.closing.handover.queries import RestItemOf, items_of
from app.closing.handover.values import RestValues
from app.closing.termination import service as termination
from app.closing.termination.values import ContractValues, ReusableValues
from app.core.changes import Pause, Termination, Wanted
from app.core.handover import RestAction, RestKind
from app.core.requisitions import RequisitionState
from app.core.termination import ContractState
from app.db import transaction
from app.delivery.changes import service as changes
from app.delivery.changes.queries import ChangeOf
from app.delivery.funds import queries as accounts
from app.delivery.funds import service as funds
from app.projects.models import Project
from tests import changing_story, operating_story
from tests.access.delivering import more_money, requested
from tests.access.words import Part
from tests.closing import final_story
from tests.conftest import Cast
from tests.remembered import standing
from tests.review_story import LATER

Marks = Callable[[Part], str]


def pause(cast: Cast, project: Project, mark: Marks) -> None:
    """A question has been asked about the first request for changes. The second made the project pause."""
    said, today = mark(Part.DELIVERY), LATER.date()
    found = requested(cast, project, more_money(cast, said))
    with transaction():
        changes.ask(cast.secretary, found, said, LATER)
    wanted = Wanted(said, pause=Pause(today, date(2027, 12, 31), said))
    _decided(cast, requested(cast, standing(project.id), wanted), said)


def close(cast: Cast, project: Project, mark: Marks) -> None:
    """The project is on its way to its end, and its final report is sent. Its own manager is asked to answer
    for the service, and by name to take over what another department is asked to accept."""
    said = mark(Part.DELIVERY)
    operating_story.asked(cast, project, LATER)
    _remains(cast, project, said, cast.manager)
    _report(cast, standing(project.id), said)


def hand_over(cast: Cast, project: Project, mark: Marks) -> None:
    """The other department has received what remains, and the report is approved: the project has ended."""
    said = mark(Part.DELIVERY)
    operating_story.accepted(cast, project, LATER)
    _remains(cast, project, said, cast.manager)
    with transaction():
        found = RestItemOf(standing(project.id), items_of(project.id)[0])
        handover.answer(_somebody("other_manager"), found, RestAction.ACCEPT, said, LATER)
    _end(cast, project, said, mark(Part.LESSON))


def interrupt(cast: Cast, project: Project, mark: Marks) -> None:
    """The second request for changes interrupted the project; the first was never decided. What it leaves is
    told but for its benefits, and the final report is being written."""
    said = mark(Part.DELIVERY)
    requested(cast, project, more_money(cast, said))
    wanted = Wanted(said, termination=Termination(said, LATER.date(), said))
    _decided(cast, requested(cast, standing(project.id), wanted), said)
    contract = ContractValues(
        supplier=said, reference=said, status=ContractState.OPEN, notice_by=LATER.date()
    )
    result = ReusableValues(result=said, useful_to=said, place=said)
    with transaction():
        there = standing(project.id)
        termination.save_account(cast.leader, there, delivered=said, spent=said, now=LATER)
        termination.save_reusable(cast.leader, there, [result], none=False, now=LATER)
        termination.save_contracts(cast.leader, there, [contract], none=False, now=LATER)
    _write(cast, standing(project.id), mark(Part.UNSENT))


def interrupt_for_good(cast: Cast, project: Project, mark: Marks) -> None:
    """Everything is told and settled, and the report is approved: the interrupted project has ended."""
    interrupt(cast, project, mark)
    said = mark(Part.DELIVERY)
    ended = ContractValues(supplier=said, reference=said, status=ContractState.ENDED, ends_on=LATER.date())
    with transaction():
        there = standing(project.id)
        termination.save_contracts(cast.leader, there, [ended], none=False, now=LATER)
        termination.write_off_rest(cast.leader, there, reason=said, now=LATER)
        handover.confirm_nothing_left(cast.manager, there, said, LATER)
    _end(cast, project, said, mark(Part.LESSON))


# --- a step each -----------------------------------------------------------------------------------------


def _somebody(key: str) -> Viewer:
    person = person_by_email(f"{key}@staden.example")
    assert person is not None
    return Viewer(person.id, person.name, "sv", roles_of(person.id))


def _decided(cast: Cast, found: ChangeOf, mark: str) -> None:
    given = changing_story.draft(found, decided_on=LATER.date(), reasons=mark, reference=mark)
    with transaction():
        changes.decide(cast.secretary, found, given, LATER)


def _remains(cast: Cast, project: Project, mark: str, asked: Viewer) -> None:
    with transaction():
        handover.begin_closing(cast.leader, standing(project.id), LATER)
        remains = RestValues(
            kind=RestKind.FOLLOW_UP,
            text=mark,
            department_id=cast.other_department.id,
            owner=mark,
            person_id=asked.id,
            due_on=LATER.date(),
        )
        handover.add_item(cast.leader, standing(project.id), remains, LATER)
        handover.ask(cast.leader, standing(project.id), LATER)


def _write(cast: Cast, project: Project, mark: str, lesson: str = "") -> None:
    """`lesson` is what the programme learns when the report is approved."""
    whole = final_story.complete_content(project)
    milestones = {key: replace(row, reached_on=LATER.date()) for key, row in whole.milestones.items()}
    texts = {words: f"{mark} {text}" for words, text in whole.texts.items()}
    if lesson:
        texts[Words.RECOMMENDATIONS] = lesson
    content = replace(whole, texts=texts, milestones=milestones, ended_on=LATER.date())
    with transaction():
        found = final_story.final_report(cast.leader, project)
        final_report.save(cast.leader, found, content, LATER)


def _report(cast: Cast, project: Project, mark: str, lesson: str = "") -> None:
    _write(cast, project, mark, lesson)
    final_story.send(cast, project, LATER)


def _end(cast: Cast, project: Project, mark: str, lesson: str) -> None:
    """The money is settled, the report sent and approved: what it recommends is everybody's."""
    _settle(cast, project, mark)
    _report(cast, standing(project.id), mark, lesson)
    final_story.approve(cast, project, LATER)


def _settle(cast: Cast, project: Project, mark: str) -> None:
    """What was checked is paid, what was not is taken back, and what is left returns to the frame."""
    payer = _somebody("programme_controller")
    for found in accounts.requisitions_of(standing(project.id)):
        with transaction():
            if found.state is RequisitionState.CHECKED:
                number = found.latest.number
                funds.pay(payer, found, number, paid_on=LATER.date(), reference=mark, now=LATER)
            else:
                funds.withdraw(cast.leader, found, LATER)
    with transaction():
        funds.give_back_rest(payer, standing(project.id), reference=mark, now=LATER)
