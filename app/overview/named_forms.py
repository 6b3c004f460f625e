"""What every form is called, and where its fields are declared: by the page that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accessibility.forms import FeedbackForm, OutcomeForm
from app.accounts.forms import (
    ChangeDepartmentForm,
    ChangePersonForm,
    DepartmentForm,
    NewPersonForm,
    RoleForm,
)
from app.applications.forms import AttachmentForm, CommentForm, WithdrawForm
from app.benefits.forms import CostForm
from app.benefits.forms_benefit import BenefitForm
from app.budget_effects import forms as effects
from app.closing.final_report.forms import ApproveFinalReportForm, ReturnFinalReportForm, SectionForm
from app.closing.final_report.words import FIELDS as FINAL_REPORT_FIELDS
from app.closing.handover import forms as handover
from app.closing.termination import forms as termination
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
    RowsForm,
    StatusReportForm,
)
from app.delivery.risks.forms import CloseIssueForm, CloseRiskForm, IssueForm, RiskForm
from app.follow_up.forms import ApproveFollowUpForm, CloseProjectForm, ReturnFollowUpForm
from app.follow_up.forms import SectionForm as FollowUpSectionForm
from app.follow_up.words import FIELDS as FOLLOW_UP_FIELDS
from app.knowledge.forms import LessonAnswerForm
from app.operations import forms as operations
from app.operations.forms_yearly import CarriedForm, ReviewForm
from app.operations.sharing.forms import KeyForm, ShareAnswerForm, WithdrawSharingForm
from app.portfolio.saved.forms import SavedViewForm
from app.programme_report import forms as programme_report
from app.programme_report.words import FIELDS as PROGRAMME_REPORT_FIELDS
from app.programmes.forms import FrameForm, NewProgrammeForm, ProgrammeForm, RoundForm
from app.programmes.forms_afterwards import FollowUpsForm, OutcomesForm
from app.programmes.forms_settings import (
    CalculationForm,
    CriteriaForm,
    DelegationForm,
    HourlyRateForm,
    PriceIndexForm,
)
from app.projects.forms import DetailsForm, InterestForm, StartForm
from app.realisation.forms import BenefitPlanForm
from app.realisation.forms_closing import DecidePromiseForm, ForecastForm, JudgeEndForm, ProposeEndForm
from app.realisation.forms_measuring import MeasurementForm
from app.reviews.checklist import POINTS
from app.reviews.forms import AnswerForm, ReturnForm, check_form

SECTION = "applications.section"
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
    "budget_effects.answer": (_l("Svar på en budgeteffekt"), effects.AnswerEffectForm),
    "budget_effects.enter": (_l("Budgetbeslut om en budgeteffekt"), effects.EnterEffectForm),
    "budget_effects.promise": (_l("Utlovad budgeteffekt"), effects.EffectForm),
    "budget_effects.take": (_l("Hemtagning av en budgeteffekt"), effects.TakeEffectForm),
    "budget_effects.take_back": (_l("Återföring av en budgeteffekt"), effects.TakeBackForm),
    "budget_effects.verify": (_l("Kontroll av en budgeteffekt"), effects.VerifyEffectForm),
    "budget_effects.withdraw": (_l("Återtagen budgeteffekt"), effects.WithdrawEffectForm),
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
    "follow_up.approve": (_l("Godkännande av en uppföljning"), ApproveFollowUpForm),
    "follow_up.close": (_l("Avslutning av projektet"), CloseProjectForm),
    "follow_up.give_back": (_l("Uppföljning åter för rättelse"), ReturnFollowUpForm),
    "follow_up.section": (_l("Uppföljning"), FollowUpSectionForm),
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
    "reports.write_part": (_l("Lägesrapport"), RowsForm),
    "handover.answer": (_l("Svar om en restpunkt"), handover.AnswerForm),
    "knowledge.answer": (_l("Svar på en lärdom"), LessonAnswerForm),
    "handover.close": (_l("Avslutning av en restpunkt"), handover.CloseForm),
    "handover.item": (_l("Ändra restpunkt"), handover.RestItemForm),
    "handover.new": (_l("Ny restpunkt"), handover.RestItemForm),
    "handover.nothing_left": (_l("Bekräftelse att inget återstår"), handover.WordsForm),
    "handover.reopen": (_l("Projektet är inte klart"), handover.ReopenForm),
    "handover.take_over": (_l("Övertagande av en restpunkt"), handover.WordsForm),
    "operations.answer": (_l("Svar om driftansvar"), operations.AcceptForm),
    "operations.carried": (_l("Vad en tjänst har kostat"), CarriedForm),
    "operations.decommission": (_l("Avveckling av en tjänst"), operations.DecommissionForm),
    "operations.dependencies": (_l("En tjänsts beroenden"), operations.DependenciesForm),
    "operations.describe": (_l("Om en tjänst"), operations.ServiceForm),
    "operations.holders": (_l("Vem som ansvarar för en tjänst"), operations.HoldersForm),
    "operations.money": (_l("En tjänsts kostnad och finansiering"), operations.MoneyForm),
    "operations.new": (_l("Ny tjänst"), operations.NewServiceForm),
    "operations.review": (_l("Granskning av driftansvar"), ReviewForm),
    "operations.share_answer": (_l("Svar om en andel i en delad tjänst"), ShareAnswerForm),
    "operations.share_key": (_l("Nyckel för en delad tjänst"), KeyForm),
    "operations.share_withdraw": (_l("Återtagen fördelning av en tjänst"), WithdrawSharingForm),
    "plans.benefits": (_l("När nyttan börjar"), BenefitStartsForm),
    "plans.budget": (_l("Projektets budget"), BudgetForm),
    "plans.effort": (_l("Projektets bemanning"), StaffingForm),
    "plans.milestones": (_l("Projektets tid och milstolpar"), MilestonesForm),
    "plans.steering": (_l("Styrgrupp och möten"), SteeringForm),
    "programme_report.begin": (_l("Ny programrapport"), programme_report.BeginForm),
    "programme_report.day": (_l("Dag för programrapportens siffror"), programme_report.DayForm),
    "programme_report.part": (_l("Programrapport"), programme_report.PartForm),
    "programme_report.throw_away": (_l("Kasta en programrapport"), programme_report.ThrowAwayForm),
    "programme_report.revise": (_l("Ny version av en programrapport"), programme_report.ReviseForm),
    "portfolio.save_view": (_l("Sparat urval av portföljen"), SavedViewForm),
    "programmes.change_frame": (_l("Programmets ram"), FrameForm),
    "programmes.change_programme": (_l("Programmets uppgifter"), ProgrammeForm),
    "programmes.change_round": (_l("Ansökningsomgång"), RoundForm),
    "programmes.new_calculation": (_l("Kalkylförutsättningar"), CalculationForm),
    "programmes.new_criteria": (_l("Kriterier"), CriteriaForm),
    "programmes.new_delegation": (_l("Delegation"), DelegationForm),
    "programmes.new_follow_ups": (_l("Tider för uppföljningar"), FollowUpsForm),
    "programmes.new_hourly_rate": (_l("Timkostnad"), HourlyRateForm),
    "programmes.new_outcomes": (_l("Antagande om nyttan"), OutcomesForm),
    "programmes.new_price_index": (_l("Prisindex"), PriceIndexForm),
    "programmes.new_programme": (_l("Nytt program"), NewProgrammeForm),
    "programmes.new_round": (_l("Ny ansökningsomgång"), RoundForm),
    "projects.details": (_l("Projektets uppgifter"), DetailsForm),
    "projects.interest": (_l("Jäv"), InterestForm),
    "projects.start_project": (_l("Nytt projekt"), StartForm),
    "termination.account": (_l("Levererat och förbrukat"), termination.AccountForm),
    "termination.benefit": (_l("Vad som blir av en nytta"), termination.OutcomeForm),
    "termination.contracts": (_l("Avtal som ska avslutas"), termination.ContractsForm),
    "termination.return_rest": (_l("Återföring till ramen"), termination.ReturnRestForm),
    "termination.reusable": (_l("Vad som kan återanvändas"), termination.ReusablesForm),
    "termination.write_off_rest": (_l("Avskrivning av nytta"), termination.WriteOffForm),
    "risks.close_issue": (_l("Lösning av ett problem"), CloseIssueForm),
    "risks.close_risk": (_l("Stängning av en risk"), CloseRiskForm),
    "risks.happened": (_l("Risk som har inträffat"), IssueForm),
    "risks.issue": (_l("Ändra problem"), IssueForm),
    "risks.new_issue": (_l("Nytt problem"), IssueForm),
    "risks.new_risk": (_l("Ny risk"), RiskForm),
    "risks.risk": (_l("Ändra risk"), RiskForm),
    "realisation.decide_promise": (_l("Beslut om löftet för en nytta"), DecidePromiseForm),
    "realisation.forecast": (_l("Prognos för en nytta"), ForecastForm),
    "realisation.judge_end": (_l("Prövning av hur en nytta avslutas"), JudgeEndForm),
    "realisation.propose_end": (_l("Förslag till hur en nytta avslutas"), ProposeEndForm),
    "realisation.correct": (_l("Rättad mätning av en nytta"), MeasurementForm),
    "realisation.measure": (_l("Mätning av en nytta"), MeasurementForm),
    "realisation.plan": (_l("Nyttoplan"), BenefitPlanForm),
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
    "follow_up.section": FOLLOW_UP_FIELDS,
    "programme_report.part": PROGRAMME_REPORT_FIELDS,
    "plans.benefits": {"starts": _l("Från vilken dag nyttan väntas")},
    "reports.write": {
        "light": _l("Läget"),
        "reason": _l("Varför?"),
    },
    "reports.write_part": {
        "forecast": _l("Väntas"),
        "reached": _l("Nådd"),
        "spent": _l("Förbrukat"),
        "cost": _l("Prognos när projektet är slut"),
        "worked": _l("Arbetade timmar"),
        "hours": _l("Prognos, timmar"),
    },
}
"""Forms with a field for each row of the plan, named by what is asked of it."""
