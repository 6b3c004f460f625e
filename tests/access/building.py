"""How a case comes to where it stands: written, signed, checked, returned, decided, its texts marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from flask import current_app

from app import drafts
from app.accepted.taking_in import take_in
from app.accounts.queries import departments
from app.applications import service as applications
from app.applications.attachments import add_attachment
from app.applications.declaration import FieldKind, FieldSpec
from app.applications.sections import sections_for
from app.benefits import service as benefits
from app.benefits.values import BenefitMethod, BenefitValues, CostValues, Evidence
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier
from app.db import transaction
from app.decisions import service as decisions
from app.decisions.models import DecisionKind, OpinionKind
from app.drafts import Source
from app.history.service import System
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from app.reviews import queries as checks
from app.reviews import service as reviews
from app.reviews.models import Answer
from tests import review_story, story
from tests.access.oracle import Case
from tests.access.oracle_running import GRANTED
from tests.access.people import CASES
from tests.access.words import Part, word
from tests.applications.files import PDF
from tests.conftest import NOW, TODAY, Cast
from tests.review_story import LATER

AFTER = LATER - timedelta(hours=1)
"""When what follows on the completeness check happens; the pages are opened at LATER."""

AMOUNTS = {
    case.key: Decimal(1_000_000 + 2**number)
    for number, case in enumerate(sorted(CASES, key=lambda case: case.state not in GRANTED))
}
"""What each case applies for: every sum tells which cases are in it. What is granted is little of it."""


def _marked(spec: FieldSpec, text: str, mark: str) -> str:
    free = spec.kind in (FieldKind.TEXT, FieldKind.LINE) and not text.isdecimal()
    return f"{mark} {text}" if free else text


def _answers(cast: Cast, mark: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """A complete application in which every free text carries the mark."""
    kind = ProjectKind.IMPLEMENTATION
    given = story.answers_for(cast, kind)
    for section in sections_for(kind):
        content = given.get(section.key)
        if content is None:
            continue
        marked: dict[str, Any] = {
            spec.key: _marked(spec, content[spec.key], mark)
            for spec in section.fields_for(kind)
            if spec.key in content
        }
        for table in section.tables_for(kind):
            columns = {spec.key: spec for spec in table.columns_for(kind)}
            marked[table.key] = [
                {key: _marked(columns[key], text, mark) for key, text in row.items()}
                for row in content[table.key]
            ]
        yield section.key, marked


@dataclass(frozen=True)
class Builder:
    """Brings one case along the process. `cast` is the case's own: its leader, manager and department."""

    cast: Cast
    programme: Programme
    case: Case

    def mark(self, part: Part) -> str:
        """The marked word of a part of this case."""
        return word(self.case.key, part)

    def written(self) -> Project:
        """Written whole, with a file, and sent back once by the manager."""
        mark, cast = self.mark(Part.APPLICATION), self.cast
        project = story.started(cast, self.programme, title=f"Projektet {mark}")
        with transaction():
            for key, content in _answers(cast, mark):
                if self.case.taking_part or key != "departments":
                    applications.save_section(cast.leader, project, key, content, NOW)
            self._shares_alone(project)
            self._lines(project, AMOUNTS[self.case.key], mark)
            self._file(project, mark)
        project = story.reloaded(project)
        with transaction():
            applications.ask_for_signature(cast.leader, project, NOW)
        with transaction():
            applications.send_back(cast.manager, project, self.mark(Part.SENT_BACK), NOW)
        return story.reloaded(project)

    def draft(self) -> Project:
        """Something is typed and not saved."""
        return self._typed(self.written())

    def _typed(self, project: Project) -> Project:
        kept = [("included", self.mark(Part.UNSAVED)), ("version", "1")]
        place = f"/projekt/{project.id}/ansokan/omfattning"
        with transaction():
            source = Source(self.cast.leader.id, place, "x", place, about=f"{project.id}/scope")
            drafts.keep(source, kept, AFTER)
        return story.reloaded(project)

    def _shares_alone(self, project: Project) -> None:
        if not self.case.taking_part:
            shares = [{"department": str(self.cast.department.id), "cost_share": "1", "benefit_share": "1"}]
            content = {"agreement": self.mark(Part.APPLICATION), "shares": shares}
            applications.save_section(self.cast.leader, project, "departments", content, NOW)

    def _lines(
        self, project: Project, amount: Decimal, mark: str, financier: Financier = Financier.PROGRAMME
    ) -> None:
        cost = CostValues(
            description=f"Utveckling {mark}",
            kind=CostKind.ONE_OFF,
            department_id=self.cast.department.id,
            financier=financier,
            amounts={2027: amount},
            source=f"Offert {mark}",
        )
        benefits.add_cost_line(self.cast.leader, project, cost, NOW)
        benefit = BenefitValues(
            description=f"Färre samtal {mark}",
            category=BenefitCategory.REDISTRIBUTION,
            beneficiary=Beneficiary.DEPARTMENT,
            department_id=self.cast.department.id,
            method=BenefitMethod.FIXED,
            fixed_amount=Decimal(200_000),
            starts_on=date(2028, 1, 1),
            taken_home_how=f"Fler ärenden {mark}",
            owner_role=f"Enhetschef {mark}",
            indicator=f"Samtal {mark}",
            source=f"Statistik {mark}",
            evidence=Evidence.ESTIMATE,
        )
        benefits.add_benefit_line(self.cast.leader, project, benefit, NOW)

    def _file(self, project: Project, mark: str) -> None:
        content = BytesIO(PDF.replace(b"trailer", f"% {mark}\ntrailer".encode()))
        store = current_app.extensions["files"]
        file = take_in(content, filename=f"{mark}.pdf", store=store, limit=10_000)
        add_attachment(self.cast.leader, project, file, description=f"Underlag {mark}", now=NOW)

    def awaiting_signature(self) -> Project:
        project = self.written()
        with transaction():
            applications.ask_for_signature(self.cast.leader, project, NOW)
        return story.reloaded(project)

    def withdrawn_draft(self) -> Project:
        return self._withdraw(self.written())

    def _withdraw(self, project: Project) -> Project:
        with transaction():
            applications.withdraw(self.cast.leader, project, self.mark(Part.ACTS), AFTER)
        return story.reloaded(project)

    def submitted(self) -> Project:
        project = self.awaiting_signature()
        with transaction():
            applications.sign(self.cast.manager, project, NOW + timedelta(hours=1))
            mark = self.mark(Part.ACTS)
            projects.remark(System(), project, mark, source=mark, now=NOW + timedelta(hours=1))
        return story.reloaded(project)

    def checking(self) -> Project:
        """Registered; every point found complete; the handler has begun a return all the same."""
        project = self.submitted()
        handler = self.cast.secretary
        with transaction():
            reviews.register(handler, project, NOW + timedelta(hours=2), TODAY)
            points = checks.check_of(project).points
            found = {point.key: (Answer.COMPLETE, self.mark(Part.CHECKLIST)) for point in points}
            reviews.answer_checklist(handler, project, found, AFTER)
            place = f"/projekt/{project.id}/granskning/komplettering"
            drafts.keep(Source(handler.id, place, "x"), [("message", self.mark(Part.RETURN_DRAFT))], AFTER)
        return story.reloaded(project)

    def withdrawn(self) -> Project:
        return self._withdraw(self.checking())

    def asked(self) -> Project:
        """Returned with two questions; nothing is written yet."""
        project, asked = self.checking(), self.mark(Part.QUESTIONS)
        with transaction():
            reviews.return_for_completion(
                self.cast.secretary,
                project,
                message=self.mark(Part.ACTS),
                due_on=date(2027, 3, 31),
                questions=[("goals", asked), ("operation", asked)],
                now=AFTER,
            )
        return story.reloaded(project)

    def _answered(self, project: Project, mark: str) -> None:
        completion = checks.open_request(project.id)
        assert completion is not None
        for question in completion.questions:
            reviews.answer_question(self.cast.leader, project, question, mark, AFTER)

    def returned(self) -> Project:
        return self._typed(self.begun())

    def begun(self) -> Project:
        """Begun: new words, a new line, another file, answers; and a department that is to take part too."""
        project, mark = self.asked(), self.mark(Part.WRITTEN_SINCE)
        with transaction():
            applications.save_section(self.cast.leader, project, "scope", {"included": mark}, AFTER)
            self._invite(project, mark)
            self._lines(project, Decimal(1), mark, Financier.OWN_BUDGET)
            self._file(project, mark)
            self._answered(project, mark)
        return story.reloaded(project)

    def _invite(self, project: Project, mark: str) -> None:
        """One more department is to take part, once the completion comes in."""
        shares = [
            {"department": str(row.id), "cost_share": share, "benefit_share": share}
            for row, share in zip(departments(), ("0.25", "0.5", "0.25"), strict=True)
        ]
        content = {"agreement": mark, "shares": shares}
        applications.save_section(self.cast.leader, project, "departments", content, AFTER)

    def awaiting_new_signature(self) -> Project:
        project = self.begun()
        given = dict(_answers(self.cast, self.mark(Part.WRITTEN_SINCE)))
        with transaction():
            applications.save_section(self.cast.leader, project, "scope", given["scope"], AFTER)
            applications.ask_for_signature(self.cast.leader, project, AFTER)
        return story.reloaded(project)

    def completed(self) -> Project:
        """Returned, completed without asking for more, and found complete: two versions."""
        project, mark = self.asked(), self.mark(Part.APPLICATION)
        with transaction():
            given = dict(_answers(self.cast, f"{mark} igen"))
            applications.save_section(self.cast.leader, project, "scope", given["scope"], AFTER)
            self._answered(project, self.mark(Part.QUESTIONS))
            applications.resubmit(self.cast.leader, project, AFTER, open_questions=0)
        return self._accepted(story.reloaded(project))

    def _accepted(self, project: Project) -> Project:
        with transaction():
            points = checks.check_of(project).points
            found = {point.key: (Answer.COMPLETE, self.mark(Part.CHECKLIST)) for point in points}
            reviews.answer_checklist(self.cast.secretary, project, found, AFTER)
            reviews.accept_as_complete(self.cast.secretary, project, AFTER)
        return story.reloaded(project)

    def council(self) -> Project:
        project = self._accepted(self.checking())
        with transaction():
            reviews.refer_to_council(self.cast.secretary, project, AFTER)
        return story.reloaded(project)

    def with_opinion(self, project: Project) -> Project:
        with transaction():
            decisions.record_opinion(
                self.cast.secretary,
                project,
                meeting_on=AFTER.date(),
                kind=OpinionKind.APPROVE,
                text=self.mark(Part.ACTS),
                separate_statements=0,
                now=AFTER,
            )
        return story.reloaded(project)

    def decided(self, project: Project, kind: DecisionKind) -> Project:
        mark = self.mark(Part.DECISION)
        review_story.decide(
            self.cast.secretary,
            project,
            kind=kind,
            amounts=review_story.applied_rows(project) if kind is DecisionKind.APPROVE else (),
            conditions=((mark, date(2027, 12, 31)), (mark, date(2027, 3, 10))),
            reasons=mark,
            reference=mark,
            now=AFTER,
        )
        return story.reloaded(project)
