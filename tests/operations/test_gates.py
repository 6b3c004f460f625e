"""No money for what nobody is to own, and no end for what nobody has accepted: by no route."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.applications.models import ApplicationVersion
from app.applications.queries import newest_version
from app.applications.snapshot import sha256_of
from app.core.operation import YearlyCost, YearlyKind
from app.core.workflow import COMPLETED, TRANSITIONS, State
from app.db import db, transaction
from app.decisions import queries as decided
from app.decisions.models import DecisionKind
from app.decisions.rules import InvalidError
from app.follow_up.gates import obstacles_to_close
from app.history.service import record
from app.operations import service
from app.operations.gate import operation_lacks
from app.programmes.models import Programme
from app.projects import service as projects
from app.projects.models import Project, ProjectKind
from app.projects.obstacles import NotReadyError
from config import PROJECT_ROOT
from tests import review_story
from tests.closing import final_story, terminating_story
from tests.conftest import Browser, Cast
from tests.operating_story import (
    LAUNCHED,
    accepted,
    asked,
    changed_cost,
    described,
    said_by,
    service_of,
)  # fmt: skip
from tests.running_story import PLANNED, running
from tests.story import reloaded

# --- before the decision ---------------------------------------------------------------------------------

REQUIRED = ("owner", "owner_department", "yearly_cost", "payer", "financed_until")


def _without(cast: Cast, project: Project, *names: str, **instead: str) -> None:
    """A newer version that does not say this of how the service is to be run."""
    newest = newest_version(project.id)
    assert newest is not None
    sections = dict(newest.content["sections"])
    said = {key: value for key, value in sections["operation"].items() if key not in names}
    content = {**newest.content, "sections": sections | {"operation": said | instead}}
    columns = {
        column.key: getattr(newest, column.key)
        for column in ApplicationVersion.__table__.columns
        if column.key not in ("id", "content", "content_sha256", "number")
    }
    version = ApplicationVersion(
        **columns, content=content, content_sha256=sha256_of(content), number=newest.number + 1
    )
    with transaction():
        db.session.add(version)
        record(cast.leader, "submit_version", version, now=PLANNED)


@pytest.mark.parametrize("name", REQUIRED)
def test_nothing_is_granted_without_an_owner_a_cost_a_payer_and_money(
    cast: Cast, programme: Programme, name: str
) -> None:
    project = review_story.awaiting_decision(cast, programme)
    _without(cast, project, name)
    with pytest.raises(InvalidError) as refused:
        review_story.decide(cast.secretary, reloaded(project))
    assert [fault.field for fault in refused.value.faults] == ["kind"]
    assert reloaded(project).state == State.AWAITING_DECISION


def test_money_that_has_run_out_by_the_decision_is_none(cast: Cast, programme: Programme) -> None:
    project = review_story.awaiting_decision(cast, programme)
    _without(cast, project, financed_until="2027-03-03")
    with pytest.raises(InvalidError):
        review_story.decide(cast.secretary, reloaded(project), kind=DecisionKind.APPROVE)


def test_what_lacks_an_owner_can_be_rejected_and_a_pre_study_needs_none(
    cast: Cast, programme: Programme
) -> None:
    project = review_story.awaiting_decision(cast, programme)
    _without(cast, project, *REQUIRED)
    review_story.decide(cast.secretary, reloaded(project), kind=DecisionKind.REJECT, amounts=())
    assert reloaded(project).state == State.REJECTED
    study = review_story.awaiting_decision(cast, programme, kind=ProjectKind.PRE_STUDY)
    assert decided.operation_lacks_in(study, newest_version(study.id), date(2027, 4, 1)) == ()


def test_the_page_of_the_decision_names_what_is_missing(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = review_story.awaiting_decision(cast, programme)
    _without(cast, project, "owner", "payer")
    page = browser.sign_in(cast.secretary).get(f"/projekt/{project.id}/beslut").text
    assert "En roll som äger tjänsten" in page
    assert "Vem som betalar" in page
    assert "Ägarens förvaltning" not in page


# --- before the end --------------------------------------------------------------------------------------

Happens = Callable[[Cast, Project], None]


def _nothing(cast: Cast, project: Project) -> None:
    """The service is as the application left it."""


def _declined(cast: Cast, project: Project) -> None:
    asked(cast, project)
    with transaction():
        service.decline(cast.manager, service_of(project), "Vi saknar pengar.", PLANNED)


def _changed(cast: Cast, project: Project) -> None:
    accepted(cast, project)
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, 2028, 2030, Decimal(1)))


def _by_who_leads_now(cast: Cast, project: Project) -> None:
    """The manager has accepted, and has become the project's leader."""
    accepted(cast, project)
    with transaction():
        there = reloaded(project)
        there.leader_id = cast.manager.id
        record(cast.secretary, "change_leader", there, now=PLANNED)


NOT_ACCEPTED: dict[str, Happens] = {
    "nobody has described it": _nothing,
    "nobody has been asked": described,
    "nobody has answered": asked,
    "the department has declined": _declined,
    "it was changed after it was accepted": _changed,
    "whoever accepted leads the project now": _by_who_leads_now,
}


@pytest.mark.parametrize("standing", NOT_ACCEPTED)
def test_a_project_is_not_handed_over_before_somebody_answers_for_its_service(
    cast: Cast, programme: Programme, standing: str
) -> None:
    project = running(cast, programme)
    NOT_ACCEPTED[standing](cast, project)
    lacks = operation_lacks(reloaded(project))
    assert lacks
    assert all("Miljöförvaltningen" in lack or "Saknas" in lack or "leder" in lack for lack in lacks)


def test_the_end_is_refused_and_says_what_is_missing(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = final_story.final_report_sent(cast, programme)
    final_story.put_in_order(cast, project)
    changed_cost(cast.leader, project, YearlyCost(YearlyKind.OPERATION, 2028, 2030, Decimal(1)))
    page = browser.sign_in(cast.secretary).get(f"/projekt/{project.id}/slutrapport/godkann").text
    assert "har inte svarat om driftansvaret" in page
    assert f'href="/projekt/{project.id}/drift"' in page
    with pytest.raises(NotReadyError):
        final_story.approve(cast, project)
    with transaction():
        service.accept(cast.manager, service_of(project), "", final_story.CLOSED)
    final_story.approve(cast, project)
    assert reloaded(project).state == State.HANDED_OVER


def test_an_interrupted_project_is_asked_only_for_what_it_has_launched(
    cast: Cast, programme: Programme
) -> None:
    project = terminating_story.terminating(cast, programme)
    assert operation_lacks(project) == []
    what, _who, _money = said_by(service_of(project).service)
    with transaction():
        service.save_service(cast.leader, service_of(project), replace(what, launched_on=LAUNCHED), PLANNED)
    assert operation_lacks(reloaded(project))


def test_a_project_ends_in_one_place_only() -> None:
    """Whatever moves a project into a state in which its work is over is told by the table; only the approval
    of its final report, which asks the gate, takes such a way."""
    ends = {row.action for row in TRANSITIONS if row.target in COMPLETED and row.source not in COMPLETED}
    names = {action.name for action in ends} | {"ENDED_BY"}
    used: dict[str, set[str]] = {}
    for path in sorted((PROJECT_ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _is_move(node) and _names_in(node) & names:
                used.setdefault(str(path.relative_to(PROJECT_ROOT)), set()).update(_names_in(node) & names)
    assert set(used) == {"app/closing/final_report/service.py"}


def _is_move(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == projects.move.__name__


def _names_in(node: ast.AST) -> set[str]:
    return {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


def test_a_project_that_ran_before_there_was_a_register_begins_by_itself(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = running(cast, programme)
    _forget(project)
    assert operation_lacks(reloaded(project)) == ["Tjänsten som projektet lämnar är inte beskriven."]
    browser.sign_in(cast.leader)
    assert "Börja beskriva tjänsten" in browser.get(f"/projekt/{project.id}/drift").text
    assert browser.post(f"/projekt/{project.id}/drift").status_code == 302
    assert service_of(project).service.owner_role == "Avdelningschef, tillstånd"
    assert browser.post(f"/projekt/{project.id}/drift").status_code == 403


def _forget(project: Project) -> None:
    """As an older release left it."""
    tables: Any = service_of(project).service.__class__.metadata.tables
    with transaction():
        for name in ("service_cost", "operated_service"):
            db.session.execute(tables[name].delete())
    db.session.expire_all()


def test_a_project_is_not_closed_while_what_it_launched_waits_to_be_accepted_anew(
    cast: Cast, programme: Programme
) -> None:
    project = final_story.handed_over(cast, programme)
    told = {str(row.text) for row in obstacles_to_close(project) if row.endpoint == "operations.project"}
    assert told == set()
    changed_cost(cast.manager, project, YearlyCost(YearlyKind.OTHER, 2029, 2030, Decimal(5)))
    told = {str(row.text) for row in obstacles_to_close(project) if row.endpoint == "operations.project"}
    assert told == {"Miljöförvaltningen har inte svarat om driftansvaret."}
