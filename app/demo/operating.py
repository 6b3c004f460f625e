"""Who answers for services: those that running projects will launch, and older ones that the secretariat has
registered. Days are counted back from today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.clock import LOCAL_TIME
from app.core.operation import YearlyCost, YearlyKind
from app.core.workflow import State
from app.demo.meetings import invented
from app.demo.story import Moment, Story
from app.operations import queries, service, yearly
from app.operations.queries import ServiceOf
from app.operations.values import Dependency, HolderValues, MoneyValues, ServiceValues

ACCEPTED_AFTER, CARRIED = timedelta(days=9), timedelta(days=28)
DESCRIBED, ASKED, ANSWERED = (timedelta(days=days) for days in (40, 33, 25))
PLATFORM = "Stadens e-tjänstplattform"
IT_DEPARTMENT = "Serviceförvaltningen"
BUSINESS, IT = "Förvaltningsledare, verksamhet", "Förvaltningsledare, it"


@dataclass(frozen=True, kw_only=True)
class Older:
    """A service that was there before the programme."""

    title: str
    department: str
    owner: str
    opened: date
    supplier: str = ""
    contract_months: int | None = None
    """In so many months from today its contract ends, or ended."""
    yearly: tuple[tuple[YearlyKind, int], ...] = ()
    funded_years: int = 0
    """To the end of the year so many years ahead."""
    held: bool = False
    """The department's manager holds the owner's role."""
    accepted: bool = False
    registered: int = 75
    """Days ago. What was accepted more than a year ago is to be reviewed."""
    carried: str = ""
    """What it cost last year, as a share of the plan; empty: nobody has entered it."""


OLDER = (
    Older(
        title=PLATFORM,
        department=IT_DEPARTMENT,
        owner="Chef för digital service",
        opened=date(2014, 9, 1),
        supplier="Plattformens leverantör",
        contract_months=31,
        yearly=(
            (YearlyKind.OPERATION, 3_850_000),
            (YearlyKind.LICENCES, 1_240_000),
            (YearlyKind.CAPITAL, 960_000),
        ),
        funded_years=4,
        held=True,
        accepted=True,
        registered=420,
        carried="1.06",
    ),
    Older(
        title="Boendeparkering på nätet",
        department="Trafikkontoret",
        owner="Enhetschef, parkering",
        opened=date(2011, 5, 2),
        supplier="Systemleverantören",
        contract_months=5,
        yearly=((YearlyKind.OPERATION, 410_000), (YearlyKind.MAINTENANCE, 180_000)),
        funded_years=1,
        held=True,
        accepted=True,
        registered=390,
        carried="0.97",
    ),
    Older(
        title="Anmälan om livsmedelsverksamhet",
        department="Miljöförvaltningen",
        owner="Avdelningschef, livsmedel",
        opened=date(2016, 2, 15),
        supplier="Konsultbolaget",
        contract_months=-3,
        yearly=((YearlyKind.OPERATION, 265_000),),
        funded_years=2,
        held=True,
        accepted=True,
    ),
    Older(
        title="Låna och reservera på biblioteket",
        department="Kulturförvaltningen",
        owner="Bibliotekschef",
        opened=date(2012, 10, 1),
        supplier="Biblioteksleverantören",
        contract_months=19,
        yearly=((YearlyKind.OPERATION, 720_000), (YearlyKind.LICENCES, 95_000)),
        funded_years=3,
        accepted=True,
    ),
    Older(
        title="Ansökan om äldreboende",
        department="Äldreförvaltningen",
        owner="Avdelningschef, myndighet",
        opened=date(2018, 3, 12),
        yearly=((YearlyKind.OPERATION, 340_000),),
        funded_years=0,
        held=True,
    ),
    Older(
        title="Elevers frånvaro i mobilen",
        department="Utbildningsförvaltningen",
        owner="Enhetschef, skolplattform",
        opened=date(2019, 8, 19),
    ),
)


def operated(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """The older services are registered and described, most are accepted; of the running projects' services
    one waits for its department, the other is declined."""
    someone = stories[0]
    for place, older in enumerate(OLDER):
        registered_on = today - timedelta(days=older.registered)
        at = _at(registered_on, 10 + place)
        yield at, partial(_register, someone, older, today, at)
        if older.accepted:
            answered = _at(registered_on + ACCEPTED_AFTER, 20 + place)
            yield answered, partial(_accept_older, someone, older, answered)
        if older.carried:
            entered = _at(today - CARRIED, 30 + place)
            yield entered, partial(_enter_cost, someone, older, today.year - 1, entered)
    waiting, declining, *_rest = invented(stories, State.RUNNING)
    for story, days, happens in (
        (waiting, DESCRIBED, describe),
        (waiting, ASKED, ask),
        (declining, DESCRIBED - timedelta(days=2), describe),
        (declining, ASKED - timedelta(days=1), ask),
        (declining, ANSWERED, _decline),
    ):
        at = _at(today - days, 40)
        yield at, partial(happens, story, at)


def _at(day: date, minute: int) -> datetime:
    on = day - timedelta(days=max(day.weekday() - 4, 0))
    return datetime.combine(on, time(13, minute), LOCAL_TIME)


# --- older services --------------------------------------------------------------------------------------


def _register(someone: Story, older: Older, today: date, at: datetime) -> None:
    cast, secretary = someone.cast, someone.secretary
    manager = cast.managers[older.department]
    holders = HolderValues(
        department_id=cast.departments[older.department],
        owner_role=older.owner,
        owner_id=manager.id if older.held else None,
        business_role=BUSINESS,
        business_department_id=cast.departments[older.department],
        it_role=IT,
        it_department_id=cast.departments[IT_DEPARTMENT],
    )
    what = ServiceValues(
        title=older.title,
        launched_on=older.opened,
        platform="" if older.title == PLATFORM else PLATFORM,
        supplier=older.supplier,
        contract_ends_on=_end_of_contract(older, today),
        notice_months=3 if older.supplier else None,
        confidentiality=2,
        integrity=2,
        availability=3 if older.title == PLATFORM else 2,
    )
    number = service.register(secretary, what, holders, at).id
    if older.yearly:
        service.save_money(secretary, _found(someone, number), _money(someone, older, today), at)
    if older.title != PLATFORM:
        leans = [Dependency(_number_of(PLATFORM))]
        service.save_dependencies(secretary, _found(someone, number), leans, at)
    if older.accepted:
        service.ask(secretary, _found(someone, number), at)


def _end_of_contract(older: Older, today: date) -> date | None:
    if older.contract_months is None:
        return None
    return today + timedelta(days=30 * older.contract_months)


def _money(someone: Story, older: Older, today: date) -> MoneyValues:
    last = today.year + older.funded_years
    return MoneyValues(
        payer_department_id=someone.cast.departments[older.department],
        payer="Förvaltningens ordinarie budget",
        financed_until=date(last, 12, 31),
        costs=[
            YearlyCost(kind, today.year - 1, today.year + 10, Decimal(amount))
            for kind, amount in older.yearly
        ],
    )


def _accept_older(someone: Story, older: Older, at: datetime) -> None:
    manager = someone.cast.managers[older.department]
    service.accept(manager, _found(someone, _number_of(older.title)), "", at)


def _enter_cost(someone: Story, older: Older, year: int, at: datetime) -> None:
    amounts = {kind: Decimal(amount) * Decimal(older.carried) for kind, amount in older.yearly}
    found = _found(someone, _number_of(older.title))
    yearly.enter_cost(someone.cast.controller, found, year, amounts, source=f"Bokslut {year}", now=at)


def _number_of(title: str) -> int:
    return next(row.id for row in queries.registered() if row.title == title)


def _found(someone: Story, number: int) -> ServiceOf:
    found = queries.service_for(someone.secretary, number)
    if found is None:
        raise LookupError(f"there is no service {number}")
    return found


# --- services of projects --------------------------------------------------------------------------------


def describe(story: Story, at: datetime) -> None:
    """The project leader says what the application did not."""
    found = _of(story)
    row = found.service
    department = story.project.lead_department_id
    opens = at.date() + timedelta(days=120)
    what = ServiceValues(
        title=row.title,
        platform=PLATFORM,
        launched_on=opens,
        service_level=row.service_level,
        confidentiality=row.confidentiality,
        integrity=row.integrity,
        availability=row.availability,
        supplier=row.supplier,
        contract_ends_on=row.contract_ends_on,
    )
    service.save_service(story.leader, found, what, at)
    holders = HolderValues(
        department_id=row.department_id,
        owner_role=row.owner_role,
        business_role=BUSINESS,
        business_department_id=department,
        it_role=IT,
        it_department_id=story.cast.departments[IT_DEPARTMENT],
    )
    service.save_holders(story.leader, _of(story), holders, at)
    if row.financed_until is None or row.financed_until <= at.date():
        money = MoneyValues(
            payer_department_id=row.payer_department_id,
            payer=row.payer,
            financed_until=date(opens.year + 3, 12, 31),
            costs=row.yearly,
        )
        service.save_money(story.leader, _of(story), money, at)


def ask(story: Story, at: datetime) -> None:
    """The project leader asks the department to answer for it."""
    service.ask(story.leader, _of(story), at)


def accept(story: Story, at: datetime) -> None:
    """The department's manager accepts."""
    service.accept(story.manager, _of(story), "", at)


def _decline(story: Story, at: datetime) -> None:
    words = "Kostnaden ryms inte i vår budget. Beskriv vem som betalar licenserna."
    service.decline(story.manager, _of(story), words, at)


def _of(story: Story) -> ServiceOf:
    found = queries.service_of(story.project)
    if found is None:
        raise LookupError(f"{story.case.key} has no service")
    return found
