"""The contact centre of 2007: three departments, eight million kronor of a frame of 650."""

from __future__ import annotations

from decimal import Decimal

from app.accounts import service as accounts
from app.benefits import service as benefits
from app.benefits.values import CostValues
from app.core.costs import CostKind, Financier
from app.db import transaction
from app.decisions import queries
from app.history.service import System
from app.programmes.models import Programme
from app.programmes.service import change_frame
from app.projects.models import Project
from tests.conftest import NOW, TODAY, Cast
from tests.decisions.asking import available, grants, opine
from tests.review_story import (
    LATER,
    answer_all,
    decide,
    delegation_of,
)
from tests.story import reloaded


def test_the_contact_centre_gets_its_disposition_to_the_krona(cast: Cast, programme: Programme) -> None:
    with transaction():
        change_frame(
            cast.administrator, programme, Decimal(550_000_000), reference="KF", booked_on=TODAY, now=LATER
        )
    disposition = {
        "Stadsledningskontoret": Decimal(3_400_000),
        "Hässelby-Vällingby stadsdelsförvaltning": Decimal(2_800_000),
        "Bromma stadsdelsförvaltning": Decimal(1_800_000),
    }
    with transaction():
        ids = {name: accounts.create_department(System(), name, NOW).id for name in disposition}
    project = contact_centre(cast, programme, {ids[name]: amount for name, amount in disposition.items()})
    decision = decide(cast.secretary, project, delegation_id=delegation_of(programme.id, "Stadsdirektören"))
    shown = {row.department.name: row.amount for row in queries.decisions_of(project.id)[0].amounts}
    assert shown == disposition
    assert decision.amount == Decimal(8_000_000) == sum(row.amount for row in grants(project))
    share = queries.share_of_frame(programme.id, decision.amount)
    assert share is not None
    assert round(share * 100, 2) == Decimal("1.23")
    assert available(programme) == Decimal(642_000_000)


def contact_centre(cast: Cast, programme: Programme, disposition: dict[int, Decimal]) -> Project:
    """A case whose programme money falls on the departments of the disposition, all of it in 2027."""
    from app.applications import service as applications
    from app.reviews import service as reviews
    from tests.story import filled_application

    project = filled_application(cast, programme, applied=Decimal(0))
    with transaction():
        for department_id, amount in disposition.items():
            benefits.add_cost_line(
                cast.leader,
                project,
                CostValues(
                    description="Lön, konsulter och licenser",
                    kind=CostKind.ONE_OFF,
                    department_id=department_id,
                    financier=Financier.PROGRAMME,
                    amounts={2027: amount},
                    source="Beräkning",
                ),
                LATER,
            )
    with transaction():
        applications.ask_for_signature(cast.leader, reloaded(project), LATER)
    with transaction():
        applications.sign(cast.manager, reloaded(project), LATER)
    with transaction():
        reviews.register(cast.secretary, reloaded(project), LATER, TODAY)
    answer_all(cast, reloaded(project))
    with transaction():
        reviews.accept_as_complete(cast.secretary, reloaded(project), LATER)
        reviews.refer_to_council(cast.secretary, reloaded(project), LATER)
    opine(cast.secretary, reloaded(project))
    return reloaded(project)
