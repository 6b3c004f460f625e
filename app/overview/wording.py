"""What every form is called, and its fields: for lists of drafts, and for pages about what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, g
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms.fields.core import UnboundField

from app.accessibility.forms import FeedbackForm, OutcomeForm
from app.accounts.forms import (
    ChangeDepartmentForm,
    ChangePersonForm,
    DepartmentForm,
    NewPersonForm,
    RoleForm,
)
from app.applications.declaration import TableSpec
from app.applications.forms import AttachmentForm, CommentForm, WithdrawForm
from app.applications.sections import spec_at, title_of
from app.benefits.forms import CostForm
from app.benefits.forms_benefit import BenefitForm
from app.closing.final_report.forms import ApproveFinalReportForm, ReturnFinalReportForm, SectionForm
from app.closing.final_report.words import FIELDS as FINAL_REPORT_FIELDS
from app.closing.handover.forms import AnswerForm as RestAnswerForm
from app.closing.handover.forms import CloseForm as CloseRestForm
from app.closing.handover.forms import ReopenForm, RestItemForm, WordsForm
from app.closing.termination.forms import (
    AccountForm,
    ContractsForm,
    ReturnRestForm,
    ReusablesForm,
    WriteOffForm,
)
from app.closing.termination.forms import OutcomeForm as BenefitOutcomeForm
from app.db import db
from app.decisions.forms import DecisionForm, OpinionForm, PackForm
from app.delivery.changes.forms import AnswerForm as AnswerChangeForm
from app.delivery.changes.forms import (
    DecideForm,
    LeaderForm,
    PauseForm,
    QuestionForm,
    ReasonForm,
    TerminationForm,
    TimeForm,
)
from app.delivery.changes.forms_money import FundsForm, MovesForm
from app.delivery.changes.forms_scope import ScopeForm, WorkForm
from app.delivery.conditions.forms import AssessForm, ReportForm
from app.delivery.costs.forms import AssessForm as EffortForm
from app.delivery.costs.forms import EntriesForm, VoidForm
from app.delivery.costs.forms_reading import VoidReadInForm
from app.delivery.funds.forms import (
    GiveBackForm,
    PayForm,
    RepayForm,
    RequisitionForm,
    SendAgainForm,
    SendBackForm,
)
from app.delivery.plans.forms import (
    BenefitStartsForm,
    BudgetForm,
    MilestonesForm,
    StaffingForm,
    SteeringForm,
)
from app.delivery.reports.forms import (
    PeriodForm,
    RemarkForm,
    ReturnReportForm,
    StatusReportForm,
)
from app.delivery.risks.forms import CloseIssueForm, CloseRiskForm, IssueForm, RiskForm
from app.programmes.forms import FrameForm, NewProgrammeForm, ProgrammeForm, RoundForm
from app.programmes.forms_settings import (
    CalculationForm,
    CriteriaForm,
    DelegationForm,
    HourlyRateForm,
    PriceIndexForm,
)
from app.projects.forms import DetailsForm, InterestForm, StartForm
from app.projects.models import Project
from app.projects.queries import visible_to
from app.reviews.checklist import POINTS
from app.reviews.forms import AnswerForm, ReturnForm, check_form
from app.web import wording
from app.web.wording import Page

SECTION = "applications.section"
YEAR_OF_COST = "amount_"
FORMS: Mapping[str, tuple[Any, type[Any]]] = {
    "accessibility.tell": (_l("Synpunkt"), FeedbackForm),
    "accessibility.one_feedback": (_l("Åtgärd för en synpunkt"), OutcomeForm),
    "accounts.department": (_l("Förvaltning"), ChangeDepartmentForm),
    "accounts.new_department": (_l("Ny förvaltning"), DepartmentForm),
    "accounts.person": (_l("Person"), ChangePersonForm),
    "accounts.new_person": (_l("Ny person"), NewPersonForm),
    "applications.sign": (_l("Kommentar till projektledaren"), CommentForm),
    "applications.withdraw": (_l("Återta ansökan"), WithdrawForm),
    "benefits.benefit": (_l("Ändra nytta"), BenefitForm),
    "benefits.new_benefit": (_l("Ny nytta"), BenefitForm),
    "benefits.cost": (_l("Ändra kostnad"), CostForm),
    "benefits.new_cost": (_l("Ny kostnad"), CostForm),
    "changes.answer": (_l("Svar om en ändringsbegäran"), AnswerChangeForm),
    "changes.ask": (_l("Fråga om en ändringsbegäran"), QuestionForm),
    "changes.decide": (_l("Beslut om en ändringsbegäran"), DecideForm),
    "changes.part": (_l("Del av en ändringsbegäran"), TimeForm),
    "changes.reason": (_l("Skäl för en ändringsbegäran"), ReasonForm),
    "conditions.assess": (_l("Prövning av ett villkor"), AssessForm),
    "conditions.report": (_l("Redovisning av ett villkor"), ReportForm),
    "costs.assess": (_l("Bedömd tid för en roll"), EffortForm),
    "costs.enter": (_l("Kostnader och timmar"), EntriesForm),
    "costs.void_read_in": (_l("Makulering av en inläsning"), VoidReadInForm),
    "costs.void": (_l("Makulering av en post"), VoidForm),
    "decisions.decide": (_l("Beslut"), DecisionForm),
    "decisions.new_pack": (_l("Nytt möte"), PackForm),
    "decisions.opinion": (_l("Yttrande"), OpinionForm),
    "final_report.approve": (_l("Godkännande av en slutrapport"), ApproveFinalReportForm),
    "final_report.give_back": (_l("Slutrapport åter för rättelse"), ReturnFinalReportForm),
    "final_report.section": (_l("Slutrapport"), SectionForm),
    "funds.change": (_l("Rättad rekvisition"), SendAgainForm),
    "funds.give_back": (_l("Återföring till ramen"), GiveBackForm),
    "funds.new": (_l("Ny rekvisition"), RequisitionForm),
    "funds.pay": (_l("Utbetalning av en rekvisition"), PayForm),
    "funds.repay": (_l("Återbetalning av en rekvisition"), RepayForm),
    "funds.send_back": (_l("Rättelse av en rekvisition"), SendBackForm),
    "reports.all_periods": (_l("Rapportperiod"), PeriodForm),
    "reports.comment": (_l("Kommentar till en lägesrapport"), RemarkForm),
    "reports.give_back": (_l("Lägesrapport åter för rättelse"), ReturnReportForm),
    "reports.report": (_l("Kommentar till en lägesrapport"), RemarkForm),
    "reports.write": (_l("Lägesrapport"), StatusReportForm),
    "handover.answer": (_l("Svar om en restpunkt"), RestAnswerForm),
    "handover.close": (_l("Avslutning av en restpunkt"), CloseRestForm),
    "handover.item": (_l("Ändra restpunkt"), RestItemForm),
    "handover.new": (_l("Ny restpunkt"), RestItemForm),
    "handover.nothing_left": (_l("Bekräftelse att inget återstår"), WordsForm),
    "handover.reopen": (_l("Projektet är inte klart"), ReopenForm),
    "handover.take_over": (_l("Övertagande av en restpunkt"), WordsForm),
    "plans.benefits": (_l("När nyttan börjar"), BenefitStartsForm),
    "plans.budget": (_l("Projektets budget"), BudgetForm),
    "plans.effort": (_l("Projektets bemanning"), StaffingForm),
    "plans.milestones": (_l("Projektets tid och milstolpar"), MilestonesForm),
    "plans.steering": (_l("Styrgrupp och möten"), SteeringForm),
    "programmes.change_frame": (_l("Programmets ram"), FrameForm),
    "programmes.change_programme": (_l("Programmets uppgifter"), ProgrammeForm),
    "programmes.change_round": (_l("Ansökningsomgång"), RoundForm),
    "programmes.new_calculation": (_l("Kalkylförutsättningar"), CalculationForm),
    "programmes.new_criteria": (_l("Kriterier"), CriteriaForm),
    "programmes.new_delegation": (_l("Delegation"), DelegationForm),
    "programmes.new_hourly_rate": (_l("Timkostnad"), HourlyRateForm),
    "programmes.new_price_index": (_l("Prisindex"), PriceIndexForm),
    "programmes.new_programme": (_l("Nytt program"), NewProgrammeForm),
    "programmes.new_round": (_l("Ny ansökningsomgång"), RoundForm),
    "projects.details": (_l("Projektets uppgifter"), DetailsForm),
    "projects.interest": (_l("Jäv"), InterestForm),
    "projects.start_project": (_l("Nytt projekt"), StartForm),
    "termination.account": (_l("Levererat och förbrukat"), AccountForm),
    "termination.benefit": (_l("Vad som blir av en nytta"), BenefitOutcomeForm),
    "termination.contracts": (_l("Avtal som ska avslutas"), ContractsForm),
    "termination.return_rest": (_l("Återföring till ramen"), ReturnRestForm),
    "termination.reusable": (_l("Vad som kan återanvändas"), ReusablesForm),
    "termination.write_off_rest": (_l("Avskrivning av nytta"), WriteOffForm),
    "risks.close_issue": (_l("Lösning av ett problem"), CloseIssueForm),
    "risks.close_risk": (_l("Stängning av en risk"), CloseRiskForm),
    "risks.happened": (_l("Risk som har inträffat"), IssueForm),
    "risks.issue": (_l("Ändra problem"), IssueForm),
    "risks.new_issue": (_l("Nytt problem"), IssueForm),
    "risks.new_risk": (_l("Ny risk"), RiskForm),
    "risks.risk": (_l("Ändra risk"), RiskForm),
    "reviews.case": (_l("Fullständighetskontroll"), check_form(POINTS)),
    "reviews.return_for_completion": (_l("Begäran om komplettering"), ReturnForm),
}
"""By the page that shows the form; a section of an application is named by its declaration."""

BESIDE: Mapping[str, tuple[type[Any], ...]] = {
    "accounts.person": (RoleForm,),
    "changes.part": (ScopeForm, FundsForm, MovesForm, WorkForm, LeaderForm, PauseForm, TerminationForm),
    SECTION: (AttachmentForm, AnswerForm),
}
"""Smaller forms on the same pages."""


OF_ROWS: Mapping[str, Mapping[str, Any]] = {
    "final_report.section": FINAL_REPORT_FIELDS,
    "plans.benefits": {"starts": _l("Från vilken dag nyttan väntas")},
    "reports.write": {
        "light": _l("Läget"),
        "reason": _l("Varför?"),
        "forecast": _l("Väntas"),
        "reached": _l("Nådd"),
        "spent": _l("Förbrukat"),
        "cost": _l("Prognos när projektet är slut"),
        "worked": _l("Arbetade timmar"),
        "hours": _l("Prognos, timmar"),
    },
}
"""Forms with a field for each row of the plan, named by what is asked of it."""


def install(app: Flask) -> None:
    """Let the product use these words."""
    wording.use(app, wording.Wording(titles, label))


def titles(pages: Sequence[Page | None]) -> list[str]:
    """Form and case, as "Yttrande, Radonmätning". A case that the viewer may no longer see is not named."""
    numbers = {page[1]["project_id"] for page in pages if page and "project_id" in page[1]}
    seen = select(Project.id, Project.title).where(Project.id.in_(numbers), visible_to(g.viewer))
    cases = {row.id: row.title for row in db.session.execute(seen)} if numbers else {}
    return [", ".join(_named(page, cases)) if page else "" for page in pages]


def _named(page: Page, cases: Mapping[int, str]) -> list[str]:
    endpoint, parts = page
    form = title_of(parts["key"]) if endpoint == SECTION else FORMS.get(endpoint, ("", None))[0]
    return [str(word) for word in (form, cases.get(parts.get("project_id", 0), "")) if word]


def label(page: Page, name: str) -> str | None:
    """The label of a field; in a table with the number of its row."""
    endpoint, parts = page
    if endpoint in OF_ROWS:
        kind, _place, _row = name.partition("_")
        return (
            str(OF_ROWS[endpoint][kind])
            if kind in OF_ROWS[endpoint]
            else _written(FORMS[endpoint][1], [name])
        )
    words = name.split("-")
    if words[-1].startswith(YEAR_OF_COST):
        return words[-1].removeprefix(YEAR_OF_COST)
    if endpoint == SECTION:
        found = _asked(parts["key"], words[0], words[-1])
    else:
        found = _written(FORMS[endpoint][1], words) if endpoint in FORMS else None
    if found and len(words) > 2 and words[1].isdecimal():
        return f"{found} {int(words[1]) + 1}"
    beside = (
        word
        for form in BESIDE.get(endpoint, ())
        if (word := _written(form, words) or _written(form, words[-1:]))
    )
    return found or next(beside, None)


def _asked(section: str, name: str, column: str) -> str | None:
    spec = spec_at(f"{section}.{name}")
    if isinstance(spec, TableSpec):
        return next((str(asked.label) for asked in spec.columns if asked.key == column), None)
    return str(spec.label) if spec else None


def _written(form: type[Any], words: Sequence[str]) -> str | None:
    """What a class of forms says of the field; rows and points hold a form of their own."""
    field = getattr(form, words[0], None)
    while isinstance(field, UnboundField) and field.args and isinstance(field.args[0], UnboundField):
        field = field.args[0]
    if not isinstance(field, UnboundField) or not field.args:
        return None
    first, *more = field.args
    if not isinstance(first, type):
        return str(first)
    inner = [word for word in words[1:] if not word.isdecimal()]
    within = _written(first, inner) if inner else None
    return " ".join(str(word) for word in (*more, within) if word) or None
