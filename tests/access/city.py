"""A small city with a case in every state, entered through the services, its texts marked.

Made once and copied: `people.py` says which cases there are and how they stand, this brings them there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from flask import current_app

from app.accessibility import service as accessibility
from app.accounts.access import Viewer
from app.accounts.queries import departments, grants_of, roles_of
from app.applications.queries import attachments_of
from app.benefits.queries import lines_of
from app.db import transaction
from app.decisions import service as decisions
from app.decisions.models import DecisionKind
from app.decisions.printing import PACK
from app.history.service import System
from app.jobs import service as jobs
from app.jobs.models import JobState
from app.mail import claiming
from app.notifications.queries import newest_id
from app.portfolio.saved import service as saved
from app.programmes.models import Programme
from app.programmes.queries import the_programme
from app.projects.models import Project
from app.reviews import queries as checks
from tests import story
from tests.access import ending, following
from tests.access.building import AFTER, AMOUNTS, Builder
from tests.access.delivering import book, change, deliver, delivered, plan, report, run
from tests.access.oracle import PARK, Case
from tests.access.people import CASES, GRANTED
from tests.access.residents import declare, engage, leave
from tests.access.words import Part
from tests.conftest import Cast, the_cast


@dataclass(frozen=True)
class City:
    """Where everything stands in the database."""

    viewers: Mapping[str, Viewer]
    ids: Mapping[str, int]
    """The project of each case."""
    pack_id: int
    parts: Mapping[str, Mapping[str, int]]
    """For each case a record under it by the name of its part in addresses: a line, a file, a question."""
    written_since: Mapping[str, Mapping[str, int]]
    """The same for what is written in a completion and has not come in."""
    notification_id: int
    """One of the leader's."""
    grant_id: int
    """A role that somebody holds."""
    feedback_id: int
    """What somebody has told about a barrier."""
    job_id: int
    """Work that the secretary has asked for, and that is done."""
    mail_id: int
    """A mail that the mail server has refused."""
    view_id: int
    """A view of the portfolio that is everybody's."""


_AFTER_COUNCIL = frozenset({"council", "awaiting_decision", *GRANTED, "postponed", "rejected", "resumed"})


def _way(case: Case) -> str:
    """What the case's state is called among its family's."""
    return case.key.removeprefix("park_")


def _finish(builder: Builder, project: Project) -> None:
    """From the council on, once the meeting's documents are made."""
    way = _way(builder.case)
    if way == "council":
        return
    project = builder.with_opinion(project)
    if way == "awaiting_decision":
        return
    kinds = dict.fromkeys(GRANTED, DecisionKind.APPROVE) | {"rejected": DecisionKind.REJECT}
    project = builder.decided(project, kinds.get(way, DecisionKind.POSTPONE))
    if way in GRANTED:
        _deliver(builder, project, way)
    if way == "resumed":
        with transaction():
            decisions.resume(builder.cast.secretary, project, AFTER)


def _deliver(builder: Builder, project: Project, way: str) -> None:
    """From the decision on."""
    cast, mark = builder.cast, builder.mark(Part.DELIVERY)
    deliver(cast, project, mark)
    if way == "approved":
        return
    plan(cast, project)
    if way == "planned":
        return
    run(cast, project, mark)
    book(cast, project, mark)
    if way == "running":
        change(cast, project, mark, builder.mark(Part.UNSENT))
    elif way == "reported":
        report(cast, builder.programme, project, mark)
    else:
        _INTERRUPTED_OR_ENDED[way](cast, project, builder.mark)


_INTERRUPTED_OR_ENDED: dict[str, Callable[[Cast, Project, ending.Marks], None]] = {
    "paused": ending.pause,
    "closing": ending.close,
    "terminating": ending.interrupt,
    "handed_over": following.begin,
    "follow_up": following.follow_up,
    "closed": following.close,
    "terminated": ending.interrupt_for_good,
}


def build() -> City:
    """The whole city, in the database of the current app: one with the cast and the programme."""
    cast, programme = the_cast(), the_programme()
    assert programme is not None
    viewers = engage(cast)
    park = next(row for row in departments() if row.name == PARK)
    park_cast = replace(
        cast, leader=viewers["secretary_leading"], manager=viewers["park_manager"], department=park
    )
    builders = {
        case.key: Builder(park_cast if case.department == PARK else cast, programme, case) for case in CASES
    }
    built: dict[str, Project] = {}
    for key, builder in builders.items():
        way = "council" if _way(builder.case) in _AFTER_COUNCIL else _way(builder.case)
        make: Callable[[], Project] = getattr(builder, way)
        built[key] = make()
    pack_id = _pack(cast, programme, builders, built)
    for key, builder in builders.items():
        if _way(builder.case) in _AFTER_COUNCIL:
            _finish(builder, story.reloaded(built[key]))
    declare(viewers, built)
    leave(viewers)
    ids = {key: project.id for key, project in built.items()}
    return _found(viewers, ids, pack_id)


def _pack(
    cast: Cast, programme: Programme, builders: Mapping[str, Builder], built: Mapping[str, Project]
) -> int:
    """One meeting with every case that has come to the council."""
    items = [
        decisions.Item(
            built[key].id, DecisionKind.APPROVE, builder.mark(Part.PROPOSAL), AMOUNTS[builder.case.key]
        )
        for key, builder in builders.items()
        if _way(builder.case) in _AFTER_COUNCIL
    ]
    with transaction():
        pack = decisions.create_pack(
            cast.secretary,
            programme_id=programme.id,
            title="Möte 20 mars 2027",
            meeting_on=date(2027, 3, 20),
            items=items,
            now=AFTER,
        )
        return pack.id


def _found(viewers: Mapping[str, Viewer], ids: Mapping[str, int], pack_id: int) -> City:
    as_they_are_now = {key: replace(viewer, roles=roles_of(viewer.id)) for key, viewer in viewers.items()}
    return City(
        as_they_are_now,
        ids,
        pack_id,
        {key: _records(project_id, 0) for key, project_id in ids.items()},
        {key: _records(ids[key], -1) for key in ("returned", "awaiting_new_signature")},
        newest_id(viewers["leader"].id),
        grants_of(viewers["expert"].id)[0].id,
        _barrier(),
        _job(viewers["secretary"], pack_id),
        _refused_mail(),
        _view(viewers["secretary"]),
    )


def _barrier() -> int:
    with transaction():
        told = accessibility.receive(
            System(), text="Liten text.", place="", reply_to="", form_key="", address="192.0.2.1", now=AFTER
        )
        return told.id


def _job(secretary: Viewer, pack_id: int) -> int:
    with transaction():
        job = jobs.ask(secretary, PACK, {"pack_id": pack_id}, "Handlingar till mötet", AFTER)
        job.state, job.ended_at, job.attempts = JobState.DONE.value, AFTER, 1
        kept = current_app.extensions["results"].keep(BytesIO(b"%PDF-1.7 the documents"))
        job.sha256, job.filename, job.media_type = kept.sha256, "handlingar.pdf", "application/pdf"
        return job.id


def _view(secretary: Viewer) -> int:
    with transaction():
        return saved.save_view(secretary, "Beviljade", "lage=granted", for_all=True, now=AFTER).id


def _refused_mail() -> int:
    claim = claiming.claim_next(AFTER)
    assert claim is not None
    claiming.refused(claim, "", "550 nobody here", AFTER)
    return claim.mail_id


def _records(project_id: int, place: int) -> dict[str, int]:
    """The first or the last of what the case has."""
    lines = lines_of(project_id)
    found = {
        "cost": lines.costs[place].id,
        "benefit": lines.benefits[place].id,
        "attachment_id": attachments_of(project_id)[place].id,
    }
    found |= delivered(project_id)
    asked = [question.id for row in checks.requests_of(project_id) for question in row.questions]
    return found | ({"question_id": asked[0]} if asked else {})
