"""Services that several departments share: a year that all have accepted and whose books then said something
else, one that was talked over, one that waits, one that somebody declines. Days are counted back from now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial

from app.core.clock import LOCAL_TIME
from app.core.sharing import ShareState
from app.demo.operating import CARRIED, IT_DEPARTMENT, PLATFORM
from app.demo.story import Moment, Story
from app.operations import queries as services
from app.operations.sharing import queries, service
from app.operations.sharing.values import KeyValues

PARKING, LIBRARY = "Boendeparkering på nätet", "Låna och reservera på biblioteket"
TRAFFIC, SCHOOLS, ENVIRONMENT, CULTURE = (
    "Trafikkontoret", "Utbildningsförvaltningen", "Miljöförvaltningen", "Kulturförvaltningen",
)  # fmt: skip
WRONG_MONTH = "Måttet är från augusti, när skolorna har öppnat ansökan. Mät över ett helt år."
NOT_OURS = "Skolorna använder inte reservationerna. Vi vill se måttet per bibliotek först."


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key, without its day."""

    service: str
    basis: str
    unit: str
    source: str
    quantities: Mapping[str, int]
    words: str = ""


CASES = Key(
    service=PLATFORM,
    basis="Ärenden som kom in genom plattformen under ett år",
    unit="ärenden",
    source="Plattformens statistik",
    quantities={IT_DEPARTMENT: 14_200, TRAFFIC: 61_350, ENVIRONMENT: 22_480, SCHOOLS: 48_900},
)
FIRST_TRY = Key(
    service=PLATFORM,
    basis="Ärenden som kom in genom plattformen i augusti",
    unit="ärenden",
    source="Plattformens statistik",
    quantities={IT_DEPARTMENT: 1_010, TRAFFIC: 4_730, ENVIRONMENT: 1_520, SCHOOLS: 11_640},
)
PERMITS = Key(
    service=PARKING,
    basis="Giltiga tillstånd den sista mars",
    unit="tillstånd",
    source="Tillståndsregistret",
    quantities={TRAFFIC: 18_600, ENVIRONMENT: 1_240},
    words="Miljöförvaltningens tillstånd för tjänstebilar räknas för första gången.",
)
LOANS = Key(
    service=LIBRARY,
    basis="Lån och reservationer under ett år",
    unit="lån",
    source="Bibliotekssystemet",
    quantities={CULTURE: 412_000, SCHOOLS: 96_500},
)


def shared(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """What is proposed and answered, in no order."""
    someone = stories[0]
    last, this = today.year - 1, today.year
    yield from _proposed(someone, CASES, last, today - timedelta(days=330))
    for number, department in enumerate(CASES.quantities):
        yield from _answer(someone, (CASES, last), department, today - timedelta(days=318 - number))
    after_the_books = today - CARRIED + timedelta(days=5)
    for department in (IT_DEPARTMENT, TRAFFIC, ENVIRONMENT):
        yield from _answer(someone, (CASES, last), department, after_the_books)

    yield from _proposed(someone, FIRST_TRY, this, today - timedelta(days=75))
    yield from _answer(someone, (FIRST_TRY, this), TRAFFIC, today - timedelta(days=70))
    yield from _answer(someone, (FIRST_TRY, this), SCHOOLS, today - timedelta(days=66), WRONG_MONTH)
    yield from _proposed(someone, CASES, this, today - timedelta(days=58))
    for number, department in enumerate(CASES.quantities):
        yield from _answer(someone, (CASES, this), department, today - timedelta(days=52 - number))

    yield from _proposed(someone, PERMITS, this, today - timedelta(days=24))
    yield from _answer(someone, (PERMITS, this), TRAFFIC, today - timedelta(days=22))
    yield from _proposed(someone, LOANS, this, today - timedelta(days=40))
    yield from _answer(someone, (LOANS, this), CULTURE, today - timedelta(days=38))
    yield from _answer(someone, (LOANS, this), SCHOOLS, today - timedelta(days=34), NOT_OURS)


def _proposed(someone: Story, key: Key, year: int, day: date) -> Iterator[Moment]:
    yield _moment(day, 10, partial(_propose, someone, key, year))


def _answer(
    someone: Story, of_year: tuple[Key, int], department: str, day: date, words: str = ""
) -> Iterator[Moment]:
    """With words it is declined."""
    yield _moment(day, 14, partial(_say, someone, of_year, department, words))


def _moment(day: date, hour: int, happens: Callable[[datetime], None]) -> Moment:
    at = datetime.combine(day - timedelta(days=max(day.weekday() - 4, 0)), time(hour, 20), LOCAL_TIME)
    return at, partial(happens, at)


def _propose(someone: Story, key: Key, year: int, at: datetime) -> None:
    """The secretariat, which keeps the register of older services."""
    found = queries.sharing_for(someone.secretary, _number_of(key.service), year)
    if found is None:
        raise LookupError(f"{key.service} costs nothing in {year}")
    departments = someone.cast.departments
    values = KeyValues(
        basis=key.basis,
        unit=key.unit,
        measured_on=at.date() - timedelta(days=9),
        source=key.source,
        quantities={departments[name]: Decimal(number) for name, number in key.quantities.items()},
        words=key.words,
    )
    service.propose(someone.secretary, found, values, at)


def _say(someone: Story, of_year: tuple[Key, int], department: str, words: str, at: datetime) -> None:
    key, year = of_year
    manager, number = someone.cast.managers[department], someone.cast.departments[department]
    found = queries.share_for(manager, _number_of(key.service), year, number)
    if found is None:
        raise LookupError(f"{department} has no share in {key.service}")
    given = ShareState.DECLINED if words else ShareState.ACCEPTED
    service.answer(manager, found, given, words, at)


def _number_of(title: str) -> int:
    return next(row.id for row in services.registered() if row.title == title)
