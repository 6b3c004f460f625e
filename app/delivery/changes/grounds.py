"""What a request is held against: the project, its plan and its money as they stand."""

from __future__ import annotations

from datetime import datetime

from app.core.changed_plan import after
from app.core.changes import CHANGES_PLAN
from app.core.clock import local_day
from app.core.workflow import State
from app.delivery.changes import document, lacking, lacks, queries, rules
from app.delivery.changes import wanted as json
from app.delivery.changes.queries import ChangeOf
from app.delivery.changes.rules import Draft
from app.delivery.costs.queries import roles_with_time
from app.delivery.plans import queries as plans
from app.programmes.queries import delegations_on
from app.projects.models import Project


def standing_of(project: Project) -> lacking.Standing:
    """The project as it stands."""
    plan = plans.current_plan(project.id)
    return lacking.Standing(
        State(project.state),
        plan,
        lacking.Bound(
            queries.reached_milestones(project.id),
            roles_with_time(project.id),
            queries.last_days_of_benefits(project.id) if plan else {},
        ),
        frozenset(person.id for person in queries.possible_leaders(project)),
        queries.room_of(project),
        queries.years_of(project.programme_id),
    )


def content_of(found: ChangeOf) -> dict[str, object]:
    """The document that the request would be if it were sent now."""
    project, wanted = found.project, found.wanted
    leaders = {person.id: person.name for person in queries.possible_leaders(project)}
    facts = document.Facts(
        found.request.number,
        project.title,
        project.case_number,
        project.leader.name,
        project.lead_department.name,
        leaders.get(wanted.leader_id or 0),
    )
    return document.as_json(facts, wanted, _held(found))


def _held(found: ChangeOf) -> document.Held | None:
    project, wanted = found.project, found.wanted
    plan = plans.current_plan(project.id)
    if plan is None or not wanted.parts & CHANGES_PLAN:
        return None
    return document.Held(
        plan,
        queries.granted_in_all(project.id),
        queries.left_of_frame(project.programme_id),
        queries.worths(project.id, plan, after(plan, wanted)),
    )


def ground_for(found: ChangeOf, now: datetime, draft: Draft | None = None) -> rules.Ground:
    """What a decision on the request, as it was last sent, is held against."""
    project, content = found.project, found.latest.content
    wanted = json.from_json(content["wanted"])
    overtaken = document.is_overtaken(content, plans.current_plan(project.id))
    day = draft.decided_on if draft else local_day(now)
    return rules.Ground(
        wanted,
        [] if overtaken else lacks.lacks_in(wanted, standing_of(project)),
        overtaken,
        queries.left_of_frame(project.programme_id),
        queries.granted_in_all(project.id),
        delegations_on(project.programme_id, day),
        local_day(found.latest.sent_at),
        local_day(now),
    )
