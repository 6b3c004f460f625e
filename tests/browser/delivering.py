"""A project that works with its money, for the gallery: its plan, its costs, what it asks for and reports."""

from __future__ import annotations

from datetime import date

from app.core.reporting import Dimension, Light
from app.db import transaction
from app.delivery.conditions.queries import conditions_in
from app.delivery.costs.queries import entries_of, read_ins_of
from app.delivery.funds import service as funds
from app.delivery.plans.queries import effort_of
from app.delivery.reports import service as reports
from app.delivery.reports.content import LightSaid
from app.delivery.reports.parts import Rows
from app.delivery.reports.queries import periods_of
from app.delivery.risks import service as risks
from app.delivery.risks.queries import issues_of, risks_of
from app.delivery.risks.values import IssueValues
from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.delivery.costs import files
from tests.delivery.costs.booking import booked
from tests.delivery.granted import CONDITIONS, claim, file, paid, repaid, reported, requisition, sent
from tests.review_story import LATER, awaiting_decision, decide
from tests.running_story import complete_content, period, report_on, run
from tests.story import reloaded

PLAN = "/projekt/{planned}/plan"
RUNNING = "/projekt/{running}"
LEADERS = (
    "/projekt/{approved}/plan",
    "/projekt/{approved}/rekvisitioner",
    "/projekt/{approved}/villkor",
    PLAN,
    *(f"{PLAN}/{part}" for part in ("milstolpar", "budget", "bemanning", "styrgrupp", "nytta", "faststall")),
    RUNNING,
    f"{RUNNING}/plan",
    f"{RUNNING}/plan/1",
    f"{RUNNING}/plan/styrgrupp",
    f"{RUNNING}/kostnader",
    f"{RUNNING}/kostnader/nya",
    f"{RUNNING}/kostnader/{{entry}}/makulera",
    f"{RUNNING}/kostnader/roll/{{effort}}",
    f"{RUNNING}/kostnader/las-in",
    f"{RUNNING}/kostnader/las-in/kolumner",
    f"{RUNNING}/kostnader/las-in/granska",
    f"{RUNNING}/kostnader/inlasning/{{read_in}}/makulera",
    f"{RUNNING}/villkor",
    f"{RUNNING}/villkor/{{condition}}/redovisa",
    f"{RUNNING}/rekvisitioner",
    f"{RUNNING}/rekvisitioner/ny",
    f"{RUNNING}/rekvisitioner/{{requisition}}",
    f"{RUNNING}/rekvisitioner/{{requisition}}/ta-tillbaka",
    f"{RUNNING}/rekvisitioner/{{sent_back}}",
    f"{RUNNING}/rekvisitioner/{{sent_back}}/andra",
    f"{RUNNING}/risker",
    f"{RUNNING}/risker/ny",
    f"{RUNNING}/risker/{{risk}}",
    f"{RUNNING}/risker/{{risk}}/stang",
    f"{RUNNING}/risker/{{risk}}/intraffad",
    f"{RUNNING}/risker/problem/nytt",
    f"{RUNNING}/risker/problem/{{issue}}",
    f"{RUNNING}/risker/problem/{{issue}}/los",
    f"{RUNNING}/lagesrapporter",
    f"{RUNNING}/lagesrapporter/{{report}}",
    f"{RUNNING}/lagesrapporter/over-tid",
    f"{RUNNING}/lagesrapporter/{{report}}/over-tid",
    f"{RUNNING}/lagesrapporter/{{next_report}}/skriv",
    *(f"{RUNNING}/lagesrapporter/{{next_report}}/skriv/{rows}" for rows in Rows),
    f"{RUNNING}/lagesrapporter/{{next_report}}/skriv/over-tid",
)
SECRETARIATS = (
    f"{RUNNING}/villkor",
    f"{RUNNING}/villkor/{{said_met}}/prova",
    "/rekvisitioner",
    "/andringar",
    f"{RUNNING}/rekvisitioner/{{requisition}}",
    f"{RUNNING}/rekvisitioner/{{requisition}}/skicka-tillbaka",
    "/lagesrapporter",
    "/lagesrapporter/perioder",
    f"{RUNNING}/lagesrapporter/{{report}}",
    f"{RUNNING}/lagesrapporter/{{report}}/tillbaka",
)
CONTROLLERS = (
    "/",
    "/rekvisitioner",
    f"{RUNNING}/rekvisitioner/{{checked}}",
    f"{RUNNING}/rekvisitioner/{{checked}}/betala",
    f"{RUNNING}/rekvisitioner/{{paid}}",
    f"{RUNNING}/rekvisitioner/{{paid}}/aterbetala",
    f"{RUNNING}/aterforing",
)
"""Pages of projects that have been granted money, by whom they are for."""


def delivering(cast: Cast, programme: Programme, title: str) -> Project:
    """All that can be in a project that runs."""
    project = awaiting_decision(cast, programme, title=title)
    decide(cast.secretary, project, conditions=CONDITIONS)
    run(cast, reloaded(project), LATER)
    project = reloaded(project)
    booked(cast, project)
    files.read_in(cast.leader, project, "Faktura")
    files.begun(cast.leader, project, "Tidrapport")
    reported(cast, project, files=[file()], now=LATER)
    _happens(cast, project)
    _ask(cast, project)
    _report(cast, programme, project)
    return reloaded(project)


def _happens(cast: Cast, project: Project) -> None:
    """Besides the risk of the application, something has gone wrong and waits to be solved."""
    wrong = IssueValues(
        text="Leverantörens tester är sena.", consequence=3, action="Möte varje vecka.",
        owner="Projektledaren",
        due_on=LATER.date(),
    )  # fmt: skip
    with transaction():
        risks.add_issue(cast.leader, project, wrong, LATER)


def _ask(cast: Cast, project: Project) -> None:
    """Of four requisitions the first waits for the secretariat, the second to be paid; the third came
    back, the fourth is paid and a part of it repaid."""
    for amount in (100_000, 75_000, 50_000, 25_000):
        sent(cast, project, claim(cast, amount), files=[file()], now=LATER)
    with transaction():
        for number in (2, 4):
            funds.approve(cast.secretary, requisition(cast.secretary, project, number), 1, LATER)
        back = requisition(cast.secretary, project, 3)
        funds.send_back(cast.secretary, back, 1, reason="Fakturan saknas.", now=LATER)
    paid(cast, project, 4)
    repaid(cast, project, 5_000, number=4)


def _report(cast: Cast, programme: Programme, project: Project) -> None:
    """The report of the first quarter is sent, read and talked of; that of the tertial is being written."""
    lights = dict.fromkeys(Dimension, LightSaid(Light.GREEN, "Allt går som det ska."))
    lights[Dimension.TIME] = LightSaid(Light.YELLOW, "Avtalet dröjer. Vi tar hjälp av juristen.")
    with transaction():
        quarter = reports.add_period(
            cast.secretary,
            programme.id,
            name="Kvartal 1 2027",
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 3, 31),
            due_on=date(2027, 4, 14),
            now=LATER,
        ).id
        content = complete_content(project, lights=lights, needs="Beslut om driften.")
        reports.send(cast.leader, report_on(cast.leader, project, quarter), content, LATER)
    with transaction():
        reports.read(cast.secretary, report_on(cast.secretary, project, quarter), 1, LATER)
        reports.comment(
            cast.secretary, report_on(cast.secretary, project, quarter), "När är avtalet klart?", LATER
        )
    tertial = report_on(cast.leader, project, period(cast, programme).id)
    with transaction():
        reports.save(cast.leader, tertial, complete_content(project, coming=""), LATER)


def numbers_of(cast: Cast, programme: Programme, project: Project) -> dict[str, int]:
    """What the addresses of the project's pages hold."""
    entries, _count = entries_of(project.id, limit=1, offset=0)
    said_met, to_meet = (found.condition.id for found in conditions_in(project))
    asked = {
        name: requisition(cast.auditor, project, number).requisition.id
        for number, name in enumerate(("requisition", "checked", "sent_back", "paid"), start=1)
    }
    first, second = (row.id for row in reversed(periods_of(programme.id)))
    return asked | {
        "risk": risks_of(project.id)[0].id,
        "issue": issues_of(project.id)[0].id,
        "entry": entries[0].id,
        "effort": effort_of(project.id)[0].id,
        "read_in": read_ins_of(project.id)[0].id,
        "said_met": said_met,
        "condition": to_meet,
        "report": first,
        "next_report": second,
    }
