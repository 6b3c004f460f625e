"""The history of a project, told in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from flask_babel import lazy_gettext as _l

from app.applications.sections import title_of
from app.core.changes import ChangeAction
from app.core.conditions import ConditionAction
from app.core.final_report import FinalAction
from app.core.follow_up import FollowUpAction
from app.core.handover import RestAction
from app.core.reporting import ReportAction
from app.core.requisitions import RequisitionAction
from app.core.workflow import Action
from app.history.models import HistoryEvent
from app.overview.changes import Reader
from app.overview.service_acts import SERVICE_ACTS
from app.web.formats import moment

ACTS: dict[str, Any] = {
    "start_project": _l("startade projektet"),
    "add_department": _l("lade till en medverkande förvaltning"),
    "remove_department": _l("tog bort en medverkande förvaltning"),
    "remark": _l("gjorde en anmärkning"),
    "claim": _l("tog över handläggningen"),
    "let_go": _l("lämnade handläggningen"),
    "declare_interest": _l("anmälde jäv"),
    "take_back_interest": _l("tog tillbaka sin anmälan om jäv"),
    "answer_question": _l("svarade på en fråga"),
    Action.ASK_FOR_SIGNATURE: _l("skickade ansökan för underskrift"),
    Action.RECALL: _l("tog tillbaka ansökan från underskrift"),
    Action.SEND_BACK: _l("skickade tillbaka ansökan utan underskrift"),
    Action.SIGN: _l("skrev under ansökan"),
    Action.REGISTER: _l("registrerade ansökan"),
    Action.RETURN_FOR_COMPLETION: _l("begärde komplettering"),
    Action.RESUBMIT: _l("skickade in den kompletterade ansökan"),
    Action.ACCEPT_AS_COMPLETE: _l("godkände ansökan som fullständig"),
    Action.REFER_TO_COUNCIL: _l("skickade ärendet till Lilla utvecklingsrådet"),
    Action.RECORD_OPINION: _l("registrerade rådets yttrande"),
    Action.APPROVE: _l("registrerade att ansökan beviljats"),
    Action.POSTPONE: _l("registrerade att beslutet skjutits upp"),
    Action.REJECT: _l("registrerade att ansökan avslagits"),
    Action.RESUME: _l("tog upp ärendet igen"),
    Action.WITHDRAW: _l("återtog ansökan"),
    ConditionAction.REPORT: _l("redovisade ett villkor"),
    ConditionAction.APPROVE: _l("godkände att ett villkor är uppfyllt"),
    "send_requisition": _l("rekvirerade beviljade pengar"),
    RequisitionAction.SEND_AGAIN: _l("skickade en rättad rekvisition"),
    RequisitionAction.WITHDRAW: _l("tog tillbaka en rekvisition"),
    RequisitionAction.APPROVE: _l("godkände en rekvisition"),
    RequisitionAction.RETURN: _l("skickade tillbaka en rekvisition"),
    RequisitionAction.PAY: _l("bokförde utbetalningen av en rekvisition"),
    "repay_requisition": _l("bokförde en återbetalning av en rekvisition"),
    "give_back_funds": _l("återförde beviljade pengar till ramen"),
    ConditionAction.RETURN: _l("lämnade tillbaka en redovisning av ett villkor"),
    "draw_up_plan": _l("började på projektets plan"),
    Action.START_RUNNING: _l("fastställde planen, och projektet började"),
    Action.PAUSE: _l("registrerade att projektet pausas"),
    Action.CONTINUE: _l("fortsatte projektet efter pausen"),
    Action.BEGIN_CLOSING: _l("började avsluta projektet"),
    Action.REOPEN: _l("tog tillbaka avslutningen, och projektet fortsätter"),
    Action.TERMINATE: _l("registrerade att projektet avbryts"),
    Action.HAND_OVER: _l("registrerade att projektet är överlämnat"),
    Action.FINISH_TERMINATION: _l("registrerade att det avbrutna projektet är avslutat"),
    ReportAction.SEND: _l("skickade en lägesrapport"),
    ReportAction.READ: _l("läste en lägesrapport"),
    ReportAction.RETURN: _l("skickade tillbaka en lägesrapport"),
    ReportAction.APPROVE: _l("godkände en lägesrapport"),
    FinalAction.SEND: _l("skickade slutrapporten"),
    FinalAction.RETURN: _l("skickade tillbaka slutrapporten"),
    FinalAction.APPROVE: _l("godkände slutrapporten"),
    Action.FOLLOW_UP: _l("registrerade att projektet följs upp"),
    Action.CLOSE: _l("avslutade projektet"),
    "plan_follow_up": _l("planerade en uppföljning"),
    "move_follow_up": _l("lämnade en uppföljning till en annan förvaltning"),
    FollowUpAction.SEND: _l("skickade en uppföljning"),
    FollowUpAction.RETURN: _l("skickade tillbaka en uppföljning"),
    FollowUpAction.APPROVE: _l("godkände en uppföljning"),
    "keep_rest_item": _l("tog emot något som återstår"),
    "add_rest_item": _l("skrev upp något som återstår"),
    RestAction.CHANGE: _l("ändrade en restpunkt"),
    RestAction.ASK: _l("frågade mottagaren om en restpunkt"),
    RestAction.ACCEPT: _l("tog emot en restpunkt"),
    RestAction.DECLINE: _l("avböjde en restpunkt"),
    RestAction.TAKE_OVER: _l("tog över en restpunkt"),
    "rest_item_done": _l("gjorde klart en restpunkt"),
    "rest_item_dropped": _l("strök en restpunkt"),
    "confirm_nothing_left": _l("bekräftade att inget återstår"),
    **SERVICE_ACTS,
    ChangeAction.SEND: _l("skickade en ändringsbegäran"),
    ChangeAction.ASK: _l("ställde en fråga om en ändringsbegäran"),
    ChangeAction.ANSWER: _l("svarade på en fråga om en ändringsbegäran"),
    ChangeAction.WITHDRAW: _l("tog tillbaka en ändringsbegäran"),
    ChangeAction.DECIDE: _l("registrerade ett beslut om en ändringsbegäran"),
    "change_leader": _l("registrerade en ny projektledare"),
    "risk_happened": _l("registrerade att en risk har inträffat"),
    "account_for_termination": _l("redovisade vad det avbrutna projektet lämnar"),
    "tell_benefit_outcome": _l("redovisade vad som blir av en nytta"),
    "save_benefit_plan": _l("skrev en nyttoplan"),
    "measure_benefit": _l("mätte en nytta"),
    "correct_measurement": _l("rättade en mätning av en nytta"),
    "propose_benefit_end": _l("föreslog hur en nytta avslutas"),
    "verify_benefit_end": _l("godkände att en nytta avslutas"),
    "return_benefit_end": _l("skickade tillbaka förslaget att avsluta en nytta"),
    "decide_benefit_promise": _l("ändrade löftet om en nytta"),
    "expect_benefit": _l("gav en ny prognos för en nytta"),
    "promise_effect": _l("utlovade en budgeteffekt"),
    "agree_effect": _l("kom överens om en budgeteffekt"),
    "decline_effect": _l("avböjde en budgeteffekt"),
    "withdraw_effect": _l("tog tillbaka en budgeteffekt"),
    "enter_effect": _l("skrev in var en budgeteffekt står i budgeten"),
    "verify_effect": _l("kontrollerade en budgeteffekt mot budgeten"),
    "return_effect": _l("skickade tillbaka en budgeteffekt"),
    "take_effect": _l("bokförde en budgeteffekt som hemtagen"),
    "take_back_effect": _l("återförde en hemtagen budgeteffekt"),
}
"""What everybody who sees the project may read."""

WRITING: dict[str, Any] = {
    "change_project": _l("ändrade projektets uppgifter"),
    "save_section": _l("skrev i ett avsnitt"),
    "add_cost_line": _l("lade till en kostnad"),
    "change_cost_line": _l("ändrade en kostnad"),
    "remove_cost_line": _l("tog bort en kostnad"),
    "add_benefit_line": _l("lade till en nytta"),
    "change_benefit_line": _l("ändrade en nytta"),
    "remove_benefit_line": _l("tog bort en nytta"),
    "add_attachment": _l("lade till en bilaga"),
    "remove_attachment": _l("tog bort en bilaga"),
}
"""What only those read who see the application while it is being written."""

PLANNING: dict[str, Any] = {
    "begin_change": _l("började på en ändringsbegäran"),
    "write_change": _l("skrev i en ändringsbegäran"),
    "change_plan": _l("ändrade projektets tid"),
    "change_scope": _l("ändrade projektets omfattning"),
    "plan_benefit": _l("angav när en nytta väntas, eller vad den är värd"),
    "add_milestone": _l("lade till en milstolpe"),
    "change_milestone": _l("ändrade en milstolpe"),
    "expect_milestone": _l("angav när en milstolpe väntas eller nåddes"),
    "remove_milestone": _l("tog bort en milstolpe"),
    "add_budget_line": _l("lade till en kostnad i budgeten"),
    "change_budget_line": _l("ändrade en kostnad i budgeten"),
    "remove_budget_line": _l("tog bort en kostnad ur budgeten"),
    "add_effort_line": _l("lade till en roll"),
    "change_effort_line": _l("ändrade en roll"),
    "remove_effort_line": _l("tog bort en roll"),
    "add_steering_member": _l("lade till en ledamot i styrgruppen"),
    "change_steering_member": _l("ändrade en ledamot i styrgruppen"),
    "remove_steering_member": _l("tog bort en ledamot ur styrgruppen"),
    "add_steering_meeting": _l("lade till ett möte med styrgruppen"),
    "change_steering_meeting": _l("ändrade ett möte med styrgruppen"),
    "remove_steering_meeting": _l("tog bort ett möte med styrgruppen"),
    "enter_cost": _l("bokförde en post"),
    "void_cost": _l("makulerade en post"),
    "assess_effort": _l("bedömde hur mycket en roll har arbetat"),
    "take_over_risk": _l("tog med en risk från ansökan"),
    "add_risk": _l("lade till en risk"),
    "change_risk": _l("ändrade en risk"),
    "close_risk": _l("stängde en risk"),
    "add_issue": _l("lade till ett problem"),
    "change_issue": _l("ändrade ett problem"),
    "close_issue": _l("löste ett problem"),
    "read_in_costs": _l("läste in en fil med kostnader och timmar"),
    "void_read_in": _l("makulerade en inläst fil"),
    "begin_service": _l("började beskriva tjänsten"),
    "write_service": _l("beskrev tjänsten"),
    "enter_service_cost": _l("angav vad tjänsten har kostat"),
    "add_reusable_result": _l("lade till något som kan återanvändas"),
    "change_reusable_result": _l("ändrade något som kan återanvändas"),
    "remove_reusable_result": _l("tog bort något som kan återanvändas"),
    "add_contract_to_end": _l("lade till ett avtal som ska avslutas"),
    "change_contract_to_end": _l("ändrade ett avtal som ska avslutas"),
    "remove_contract_to_end": _l("tog bort ett avtal som ska avslutas"),
    "promise_benefit": _l("tog upp en utlovad nytta i registret"),
    "add_indicator": _l("lade till en indikator"),
}
"""What is written in the plan, of risks, and booked: the whole history tells it, not the project's page."""

IN_A_SECTION = frozenset({"save_section", "answer_question"})
"""Acts whose note is the key of the section that they were done in."""

WITHIN_THE_DEPARTMENT = frozenset({Action.SEND_BACK})
"""Acts whose words are between the manager and the project leader; everybody else reads that it was done."""

TOLD_ELSEWHERE = frozenset(
    {
        "answer_checklist",  # the secretariat's own notes
        "answer_lesson",  # what is written in an application
        "ask",  # the question stands beside its section
        "request_completion",  # told by the return itself
        "submit_version",  # told by the signature or the resubmission
        "keep_change",  # told by sending or answering
        "write_question",
        "write_answer",
        "write_change_decision",  # told by the decision itself
        "post_grant",  # told by the decision
        "write_opinion",  # told by the opinion's registration
        "decide",  # told by approve, postpone and reject
        "create_pack",
        "write_condition_report",  # told by what becomes of the condition
        "add_proof",
        "assess_condition",
        "write_requisition",  # told by what becomes of the requisition
        "add_requisition_file",
        "post_requisition",
        "post_payment",
        "post_repayment",
        "post_return",
        "post_move",
        "add_report_period",  # the programme's
        "begin_report",  # what is written in a report is its writer's until it is sent
        "save_report",
        "freeze_report",  # told by the report being sent
        "answer_about_service",  # told by what becomes of the service
        "hold_service_role",  # stands on the service's page
        "keep_service_review",  # told by the review itself
        "keep_service_share",  # told by the key itself
        "register_service",  # belongs to no project
        "answer_rest_item",  # told by what becomes of the thing
        "remark_on_report",  # stands beside the report
        "begin_final_report",  # what is written in it is its writer's until it is sent
        "save_final_report",
        "begin_follow_up",  # what is written in it is its writers' until it is sent
        "save_follow_up",
        "freeze_follow_up",  # told by the follow-up being sent
        "remark_on_follow_up",  # stands beside the follow-up
        "freeze_final_report",  # told by the report being sent
        "remark_on_final_report",  # stands beside the report
        "keep_cost_columns",  # belongs to the programme
        "establish_baseline",  # told by the start of the project
        "begin_termination",  # told by the termination itself
        "begin_termination_account",
        "register_effect",  # told by the promise
        "stand_benefit",  # told by what was proposed and said of it
        "put_on_agenda",  # the agenda is not the applicant's until the meeting
    }
)
"""Verbs that belong to a larger act, which the timeline tells instead."""


@dataclass(frozen=True)
class Entry:
    """One act in the timeline, as the macro shows it."""

    time: datetime
    time_text: str
    who: str
    what: Any
    detail: Any = None
    changes: list[dict[str, Any]] = field(default_factory=list)


def told(
    events: Iterable[HistoryEvent],
    reader: Reader,
    *,
    with_writing: bool,
    in_department: bool,
    with_planning: bool = False,
) -> list[Entry]:
    """The events as acts: what one person did to one record in one moment is one act.

    `with_writing` also tells what was written in the application, field by field; `in_department` what was
    said within the department before it came in; `with_planning` what was written in the plan.
    """
    verbs = ACTS | (WRITING if with_writing else {}) | (PLANNING if with_planning else {})
    same_act = groupby(events, key=lambda event: (event.at, event.actor_name, event.verb, event.record_id))
    acts = [list(group) for _, group in same_act]
    return [
        _entry(rows, verbs, reader, with_note=in_department or rows[0].verb not in WITHIN_THE_DEPARTMENT)
        for rows in acts
        if rows[0].verb in verbs
    ]


def _entry(rows: Sequence[HistoryEvent], verbs: dict[str, Any], reader: Reader, *, with_note: bool) -> Entry:
    first = rows[0]
    in_section = first.verb in IN_A_SECTION
    note = first.note if with_note else None
    detail = title_of(note) if in_section and note else note
    written = rows if first.verb in WRITING or first.verb in PLANNING else ()
    changes = [change for row in reversed(written) if (change := reader.change(row)) is not None]
    return Entry(first.at, moment(first.at), first.actor_name, verbs[first.verb], detail, changes)
