"""A case on its way through the process: each step is taken through the service that a person would use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from app.accounts.access import Viewer
from app.applications import queries as written
from app.applications import service as applications
from app.benefits import service as benefits
from app.core.clock import local_day
from app.decisions import service as decisions
from app.decisions.models import DecisionKind, OpinionKind
from app.decisions.queries import applied_by_department_and_year
from app.decisions.rules import Amount
from app.delivery.plans import service as plans
from app.demo import entry, running
from app.demo.case import Case, Step
from app.demo.cast import Cast
from app.demo.programmes import Stage
from app.programmes.models import DelegationLimit
from app.programmes.queries import delegations_on
from app.projects import service as projects
from app.projects.models import Project
from app.reviews import queries as reviewed
from app.reviews import service as reviews
from app.reviews.checklist import points_for
from app.reviews.models import Answer

Moment = tuple[datetime, Callable[[], None]]
"""When something happens, and what."""


def play(moments: Iterator[Moment]) -> None:
    """Let everything happen in the order of its time, so that numbers and history come out in order too."""
    for _at, happens in sorted(moments, key=lambda moment: moment[0]):
        happens()


@dataclass
class Story:
    """One case, with the people and programmes that it meets."""

    case: Case
    cast: Cast
    stage: Stage
    _project: Project | None = None

    @property
    def project(self) -> Project:
        """The project, once it is started."""
        if self._project is None:
            raise LookupError(f"{self.case.key} has not begun")
        return self._project

    @property
    def leader(self) -> Viewer:
        """Who writes."""
        return self.cast.leaders[self.case.lead]

    @property
    def manager(self) -> Viewer:
        """Who signs."""
        return self.cast.managers[self.case.lead]

    @property
    def secretary(self) -> Viewer:
        """Who handles the case."""
        return self.cast.secretaries[self.case.handler]

    def moments(self) -> Iterator[Moment]:
        """Every step with its time."""
        for step in self.case.path:
            yield step.at, partial(_VERBS[step.name], self, step)

    def start(self, step: Step) -> None:
        """The project leader starts the project."""
        self._project = projects.start(
            self.leader,
            programme_id=self.stage.programmes[self.case.programme].id,
            round_id=self.stage.rounds[self.case.round].id if self.case.round else None,
            title=self.case.title,
            kind=self.case.kind,
            department_id=self.cast.departments[self.case.lead],
            now=step.at,
        )

    def write(self, step: Step) -> None:
        """The project leader saves all sections and lines, or as much of it as the step says."""
        keys = step.details.get("sections", list(self.case.sections))
        for key in keys:
            told = entry.content(key, self.case.sections[key], self.cast.departments)
            applications.save_section(self.leader, self.project, key, told, step.at)
        if step.details.get("lines", True):
            for line in self.case.costs:
                self._add_cost(line, step.at)
            for line in self.case.benefits:
                values = entry.benefit(line, self.cast.departments)
                benefits.add_benefit_line(self.leader, self.project, values, step.at)

    def _add_cost(self, line: Mapping[str, Any], now: datetime) -> None:
        benefits.add_cost_line(self.leader, self.project, entry.cost(line, self.cast.departments), now)

    def ask(self, step: Step) -> None:
        """The project leader asks for the manager's signature."""
        applications.ask_for_signature(
            self.leader, self.project, step.at, open_questions=reviewed.open_questions(self.project.id)
        )

    def sign(self, step: Step) -> None:
        """The manager signs."""
        applications.sign(self.manager, self.project, step.at)

    def register(self, step: Step) -> None:
        """The secretariat takes the case in."""
        reviews.register(self.secretary, self.project, step.at, local_day(step.at))

    def remark(self, step: Step) -> None:
        """Whoever enters the case notes what its reader should know."""
        author = self.secretary if self.project.case_number else self.leader
        for told in self.case.remarks:
            projects.remark(author, self.project, told["text"], source=told["source"], now=step.at)

    def check(self, step: Step) -> None:
        """The secretariat answers the first points of its checklist; all of them unless it says how many."""
        lacking = {section for section, _text in step.details.get("questions", ())}
        points = points_for(self.project.kind)[: step.details.get("count")]
        answers = {
            point.key: (Answer.LACKING if point.section in lacking else Answer.COMPLETE, "")
            for point in points
        }
        reviews.answer_checklist(self.secretary, self.project, answers, step.at)

    def give_back(self, step: Step) -> None:
        """The secretariat returns the application with questions."""
        self.check(step)
        reviews.return_for_completion(
            self.secretary,
            self.project,
            message=step.details["message"],
            due_on=local_day(step.at) + timedelta(days=step.details["days"]),
            questions=[(section, text) for section, text in step.details["questions"]],
            now=step.at,
        )

    def answer(self, step: Step) -> None:
        """The project leader answers questions in their order, as many as there are answers."""
        request = reviewed.open_request(self.project.id)
        if request is None:
            raise LookupError(f"{self.case.key} has no questions to answer")
        for question, text in zip(request.questions, step.details["answers"], strict=False):
            reviews.answer_question(self.leader, self.project, question, text, step.at)

    def amend(self, step: Step) -> None:
        """The project leader adds a sentence to a section, and a cost if there is one to add."""
        key, name, sentence = step.details["sentence"]
        before = written.contents_of(self.project.id)[key]
        changed = {**before, name: f"{before[name]} {sentence}"}
        applications.save_section(self.leader, self.project, key, changed, step.at)
        if "cost" in step.details:
            self._add_cost(step.details["cost"], step.at)

    def resubmit(self, step: Step) -> None:
        """The project leader submits the completed application."""
        applications.resubmit(
            self.leader, self.project, step.at, open_questions=reviewed.open_questions(self.project.id)
        )

    def accept(self, step: Step) -> None:
        """The secretariat finds nothing lacking."""
        self.check(step)
        reviews.accept_as_complete(self.secretary, self.project, step.at)

    def refer(self, step: Step) -> None:
        """The secretariat sends the case to the council."""
        reviews.refer_to_council(self.secretary, self.project, step.at)

    def opine(self, step: Step) -> None:
        """The secretariat registers what the council said."""
        decisions.record_opinion(
            self.secretary,
            self.project,
            meeting_on=local_day(step.at),
            kind=OpinionKind(step.details["kind"]),
            text=step.details["text"],
            separate_statements=step.details.get("statements", 0),
            now=step.at,
        )

    def decide(self, step: Step) -> None:
        """The secretariat registers the decision: what is applied for, or the share of it that is granted."""
        kind = DecisionKind(step.details["kind"])
        share = Decimal(step.details.get("share", 0 if kind in _NO_MONEY else 1))
        amounts = [
            (row.department_id, row.year, (row.amount * share).quantize(Decimal(1)))
            for row in self._applied()
            if share
        ]
        total = sum((amount for _department, _year, amount in amounts), Decimal(0))
        basis = self._delegation(local_day(step.at), total, step.details.get("decider"))
        decisions.decide(
            self.secretary,
            self.project,
            kind=kind,
            decided_on=local_day(step.at),
            delegation_id=basis.id,
            amounts=amounts,
            conditions=[
                (text, None if days is None else local_day(step.at) + timedelta(days=days))
                for text, days in step.details.get("conditions", ())
            ],
            reasons=step.details["reasons"],
            reference=step.details.get("reference", ""),
            now=step.at,
        )

    def _applied(self) -> Sequence[Amount]:
        """What the submitted version asks for."""
        version = written.newest_version(self.project.id)
        if version is None:
            raise LookupError(f"{self.case.key} has not been submitted")
        return applied_by_department_and_year(version)

    def _delegation(self, day: date, total: Decimal, decider: str | None) -> DelegationLimit:
        """The named office, or the lowest that may decide on so much."""
        valid = delegations_on(self.project.programme_id, day)
        return next(
            row
            for row in valid
            if (row.decider == decider if decider else row.limit is None or row.limit >= total)
        )

    def plan(self, step: Step) -> None:
        """The project leader draws up the plan and completes it."""
        running.plan(self.leader, self.project, step.at)

    def run(self, step: Step) -> None:
        """The project leader establishes the plan."""
        plans.establish(self.leader, self.project, step.at)

    def withdraw(self, step: Step) -> None:
        """The project leader takes the application back."""
        applications.withdraw(self.leader, self.project, step.details["reason"], step.at)


_NO_MONEY = frozenset({DecisionKind.POSTPONE, DecisionKind.REJECT})

_VERBS: Mapping[str, Callable[[Story, Step], None]] = {
    "start": Story.start,
    "write": Story.write,
    "ask": Story.ask,
    "sign": Story.sign,
    "register": Story.register,
    "remark": Story.remark,
    "check": Story.check,
    "return": Story.give_back,
    "answer": Story.answer,
    "amend": Story.amend,
    "resubmit": Story.resubmit,
    "accept": Story.accept,
    "refer": Story.refer,
    "opinion": Story.opine,
    "decide": Story.decide,
    "withdraw": Story.withdraw,
    "plan": Story.plan,
    "run": Story.run,
}
