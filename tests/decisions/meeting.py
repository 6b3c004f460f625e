"""A meeting with cases on its agenda."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.accounts.access import Viewer
from app.db import transaction
from app.decisions import queries, service
from app.decisions.models import DecisionKind, MeetingPack
from app.decisions.service import Item
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.review_story import LATER


def packed(cast: Cast, programme: Programme, *projects: Project, text: str = "Som ansökt.") -> MeetingPack:
    with transaction():
        return service.create_pack(
            cast.secretary,
            programme_id=programme.id,
            title="Möte 20 mars 2027",
            meeting_on=date(2027, 3, 20),
            items=[
                Item(row.id, DecisionKind.APPROVE, text, row.applied_amount or Decimal(0)) for row in projects
            ],
            now=LATER,
        )


def agenda(viewer: Viewer, pack: MeetingPack) -> queries.Agenda:
    found = queries.pack_for(viewer, pack.id)
    assert found is not None
    return found
