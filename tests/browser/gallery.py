"""A city with projects in every state, and the list of all pages, as those see them who use them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from app.accessibility.service import handle, receive
from app.accounts.queries import grants_of
from app.applications.sections import sections_for
from app.benefits.queries import lines_of
from app.db import transaction
from app.decisions import service as decisions
from app.decisions.models import DecisionKind
from app.decisions.printing import PACK
from app.jobs import service as jobs
from app.jobs.models import JobState
from app.mail import claiming
from app.programmes.models import Programme
from app.programmes.queries import rounds_of
from app.projects.models import Project, ProjectKind
from app.reviews.models import Answer
from tests.browser.delivering import (
    CONTROLLERS,
    LEADERS,
    SECRETARIATS,
    delivering,
    numbers_of,
)
from tests.browser.ending import ENDING, ending, numbers_in
from tests.browser.realising import REALISING, realising
from tests.conftest import Cast, make_cast, make_programme
from tests.delivery.granted import payer
from tests.review_story import (
    LATER,
    answer_all,
    assessed,
    awaiting_decision,
    decide,
    in_council,
    resubmitted,
    returned,
    taken_in,
)
from tests.running_story import planned
from tests.story import awaiting_signature, filled_application, reloaded, started, submitted


@dataclass(frozen=True)
class Gallery:
    """Where the city is, and the numbers of what is in it."""

    base: str
    cast: Cast
    numbers: dict[str, int]

    def at(self, base: str) -> Gallery:
        """The same city, served here."""
        return replace(self, base=base)

    def path(self, pattern: str) -> str:
        """The address of a page: `/projekt/{draft}`."""
        return pattern.format(**self.numbers)


def filled_gallery() -> Gallery:
    """Fill the database of the current app."""
    cast = make_cast()
    cast = replace(cast, controller=payer())
    programme = make_programme(cast)
    projects = _projects(cast, programme)
    numbers = {name: project.id for name, project in projects.items()}
    lines = lines_of(projects["draft"].id)
    numbers |= {"cost": lines.costs[0].id, "benefit": lines.benefits[0].id, "programme": programme.id}
    numbers |= {"pack": _pack(cast, programme, projects), "leader": cast.leader.id}
    numbers |= {"round": rounds_of(programme.id)[0].id, "grant": grants_of(cast.leader.id)[0].id}
    numbers |= numbers_of(cast, programme, projects["running"]) | numbers_in(projects)
    numbers |= realising(cast, reloaded(projects["running"]))
    numbers |= {"feedback": _told(cast)} | _mails() | _jobs(cast, numbers["pack"])
    return Gallery("", cast, numbers | {"department": cast.department.id})


def _projects(cast: Cast, programme: Programme) -> dict[str, Project]:
    made = {
        "empty": started(cast, programme, title="Sotning på nätet"),
        "pre_study": started(cast, programme, title="Förstudie om kistor", kind=ProjectKind.PRE_STUDY),
        "draft": filled_application(cast, programme, title="Uteservering på nätet"),
        "waiting": awaiting_signature(cast, programme, title="Livsmedelskontroll med bokning"),
        "submitted": submitted(cast, programme, title="Köldmedier i register"),
        "checking": taken_in(cast, programme, title="Radonmätning"),
        "returned": returned(cast, taken_in(cast, programme, title="Enskilda avlopp")),
        "completed": resubmitted(cast, returned(cast, taken_in(cast, programme, title="Cisterner"))),
        "assessed": assessed(cast, programme, title="Serveringstillstånd"),
        "council": in_council(cast, programme, title="Bullerklagomål"),
        "awaiting": awaiting_decision(cast, programme, title="Badvatten"),
        "approved": awaiting_decision(cast, programme, title="Miljötillsyn i mobilen"),
        "postponed": awaiting_decision(cast, programme, title="Energirådgivning"),
        "planned": planned(cast, programme, title="Markupplåtelse på nätet"),
        "running": delivering(cast, programme, "Lekplatser på karta"),
        **ending(cast, programme),
    }
    answer_all(cast, made["checking"], Answer.LACKING)
    decide(
        cast.secretary,
        made["approved"],
        conditions=[("Redovisa driftens finansiering.", LATER.date() + timedelta(60))],
    )
    decide(cast.secretary, made["postponed"], kind=DecisionKind.POSTPONE, amounts=())
    return made


def _told(cast: Cast) -> int:
    """Two have told about barriers; one of them has been helped."""
    with transaction():
        first, second = (
            receive(
                cast.leader,
                text=text,
                place="/arenden",
                reply_to="leader@staden.example",
                form_key=text,
                address="192.0.2.1",
                now=LATER,
            )
            for text in ("Tabellen går inte att läsa upp.", "Diagrammet är för litet.")
        )
        handle(cast.administrator, second, "Större text i diagrammen.", LATER)
        return first.id


def _jobs(cast: Cast, pack_id: int) -> dict[str, int]:
    """One goes on, one could not be done."""
    with transaction():
        asked = {"pack_id": pack_id}
        broken = jobs.ask(cast.secretary, PACK, asked, "Handlingar till ett annat möte", LATER)
        broken.state, broken.ended_at, broken.fault = (
            JobState.FAILED.value,
            LATER,
            "Dokumentet gick inte att göra.",
        )
        going_on = jobs.ask(cast.secretary, PACK, asked, "Handlingar till mötet", LATER)
        going_on.done, going_on.total = 3, 8
        return {"job": going_on.id, "broken_job": broken.id}


def _mails() -> dict[str, int]:
    """One has left, of one nobody knows; the rest wait."""
    claims = [claim for _mail in range(2) if (claim := claiming.claim_next(LATER)) is not None]
    for claim in claims:
        assert claiming.hand_over(claim, "leader@staden.example", LATER)
    sent, doubtful = claims
    claiming.sent(sent, LATER)
    claiming.in_doubt(doubtful, "TimeoutError: timed out", LATER)
    return {"mail": sent.mail_id, "doubtful_mail": doubtful.mail_id}


def _pack(cast: Cast, programme: Programme, projects: dict[str, Project]) -> int:
    with transaction():
        made = decisions.create_pack(
            cast.secretary,
            programme_id=programme.id,
            title="Lilla utvecklingsrådet 12 mars 2027",
            meeting_on=LATER.date() + timedelta(8),
            items=[
                decisions.Item(projects[name].id, DecisionKind.APPROVE, "Bevilja.", Decimal(1_500_000))
                for name in ("council", "awaiting")
            ],
            now=LATER,
        )
        return made.id


SECTIONS = tuple(section.slug for section in sections_for(ProjectKind.IMPLEMENTATION))
LINES = (
    "kostnad/ny",
    "kostnad/{cost}",
    "kostnad/{cost}/ta-bort",
    "nytta/ny",
    "nytta/{benefit}",
    "nytta/{benefit}/ta-bort",
)

PAGES: dict[str, tuple[str, ...]] = {
    "visitor": ("/logga-in", "/finns-inte", "/tillganglighet", "/tillganglighet/synpunkt"),
    "leader": (
        "/",
        "/projekt/nytt",
        "/projekt/{empty}",
        "/projekt/{empty}/ansokan",
        "/projekt/{empty}/ansokan/kontroll",
        "/projekt/{empty}/ansokan/las",
        "/projekt/{empty}/kalkyl",
        "/projekt/{pre_study}/ansokan",
        "/projekt/{draft}",
        "/projekt/{draft}/ansokan",
        *(f"/projekt/{{draft}}/ansokan/{slug}" for slug in SECTIONS),
        "/projekt/{draft}/ansokan/kontroll",
        "/projekt/{draft}/ansokan/las",
        "/projekt/{draft}/ansokan/aterta",
        "/projekt/{draft}/uppgifter",
        "/projekt/{draft}/kalkyl",
        "/projekt/{draft}/kalkyl/utrakning",
        *(f"/projekt/{{draft}}/kalkyl/{line}" for line in LINES),
        "/projekt/{waiting}",
        "/projekt/{returned}",
        "/projekt/{returned}/ansokan/mal",
        "/projekt/{returned}/ansokan/kontroll",
        "/projekt/{completed}/ansokan/jamfor",
        "/projekt/{approved}",
        "/projekt/{approved}/historik",
        *LEADERS,
        *ENDING["leader"],
        "/projekt/{submitted}",
        "/projekt/999999",
        "/admin/personer",
        "/aviseringar",
        "/mina-sessioner",
        "/mina-installningar",
    ),
    "manager": (
        "/",
        "/projekt/{waiting}/underskrift",
        "/projekt/{submitted}/underskrift/klar",
        *ENDING["manager"],
        *REALISING["manager"],
    ),
    "secretary": (
        "/",
        "/arenden",
        "/arenden?q=finnsinte",
        "/projekt/{submitted}/granskning",
        "/projekt/{checking}/granskning",
        "/projekt/{checking}/granskning/komplettering",
        "/projekt/{completed}/granskning",
        "/projekt/{assessed}/granskning",
        "/projekt/{council}/yttrande",
        "/projekt/{awaiting}/beslut",
        "/projekt/{awaiting}/jav",
        "/mina-utkast",
        "/projekt/{postponed}/granskning",
        "/moten",
        "/moten/nytt",
        "/moten/{pack}",
        "/arbeten/{job}",
        "/arbeten/{broken_job}",
        "/program",
        "/program/rambok",
        "/projekt/{draft}",
        "/program/installningar",
        "/program/omgangar",
        *SECRETARIATS,
        *ENDING["secretary"],
        *REALISING["secretary"],
    ),
    "controller": (*CONTROLLERS, *ENDING["controller"], *REALISING["controller"]),
    "other_manager": ENDING["other_manager"],
    "council": (
        "/",
        "/arenden",
        "/projekt/{council}",
        "/projekt/{council}/ansokan/las",
        "/projekt/{council}/kalkyl",
        "/moten/{pack}",
    ),
    "auditor": ("/", "/projekt/{postponed}", "/projekt/{draft}/historik", "/program/rambok"),
    "administrator": (
        "/",
        "/admin/personer?sok=finnsinte",
        "/admin/personer/{leader}/losenord",
        "/admin/roller/{grant}/avsluta",
        "/admin/forvaltningar/ny",
        "/admin/synpunkter",
        "/admin/synpunkter/{feedback}",
        "/admin/mejl",
        "/admin/mejl?lage=closed",
        "/admin/mejl/{mail}",
        "/admin/mejl/{doubtful_mail}",
        "/program/nytt",
        "/program/omgangar/{round}",
        "/program/installningar/prisindex",
        "/admin/personer",
        "/admin/personer/ny",
        "/admin/personer/{leader}",
        "/admin/forvaltningar",
        "/admin/forvaltningar/{department}",
        "/program/andra",
        "/program/ram",
        "/program/installningar/kalkyl",
        "/program/installningar/timkostnad",
        "/program/installningar/delegation",
        "/program/installningar/kriterier",
        *ENDING["administrator"],
        "/program/omgangar/ny",
        "/styleguide",
        "/styleguide/lists",
        "/styleguide/forms",
    ),
}
"""Every page, by whom it is for."""
