"""What the secretariat has reported of today's programme: a tertial that was issued twice, as one report came
late, and last year's report, which is being written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from functools import partial

from app.accounts.access import Viewer
from app.core.calendar import ONE_DAY, Period, Tertial, after_working_days, is_working_day, periods_of
from app.core.clock import LOCAL_TIME, local_day
from app.core.programme_report import GoalStanding, ReportKind
from app.demo.programmes import TODAYS
from app.demo.story import Moment, Story
from app.programme_report import service
from app.programme_report.content import Content, GoalSaid
from app.programme_report.queries import ReportOf, report_for, report_on
from app.programme_report.questions import Ask
from app.programmes.models import Programme
from app.programmes.queries import goals_of

WRITTEN_IN, PUT_RIGHT_IN = 3, 6
"""Working days after the reports were due, and after the first version."""
KINDS = {Tertial.FIRST: ReportKind.FIRST, Tertial.SECOND: ReportKind.SECOND}

TEXTS = {
    Ask.HEADLINE: (
        "De flesta projekt går som planerat, men nyttan kommer senare än projekten lovade. Driften av flera "
        "tjänster saknar pengar om några år."
    ),
    Ask.WELL: (
        "Tjänster som har varit i drift ett år används av allt fler. Förvaltningar som mäter tidigt tar hem "
        "mer av den utlovade nyttan än de andra."
    ),
    Ask.WORRIES: (
        "Många nyttor är inte mätta fast de skulle vara det. En nytta som ingen mäter räknas som noll. Några "
        "projekt är röda för att upphandlingar drar ut på tiden."
    ),
    Ask.DECIDE: "Rådet behöver ta ställning till hur driften ska betalas när projektens pengar är slut.",
    Ask.BENEFITS: (
        "Skillnaden mellan utlovat och realiserat beror mest på att nyttan kommer senare, och till en mindre "
        "del på att den uteblir."
    ),
    Ask.OPERATION: "Förvaltningarna har börjat ta med driften i sina budgetar, men inte alla.",
}
LATE_ONE = "En lägesrapport som kom in för sent har tagits med. Texten om det som oroar är ändrad."
WORRIES_NOW = f"{TEXTS[Ask.WORRIES]} Den sena rapporten visar att ett projekt till är försenat."
MEASURES = (
    ("Andel ärenden som fullföljs digitalt", "61 %", GoalStanding.PARTLY),
    ("Frigjorda timmar per år", "18 400 timmar", GoalStanding.PARTLY),
    ("Tjänster med driftansvar och pengar i tre år", "", GoalStanding.NOT_YET),
)
SEEN = "Målet är på väg att nås, men det skiljer sig mycket mellan förvaltningarna."


def told(stories: Sequence[Story], today: date) -> Iterator[Moment]:
    """Each step on its working day."""
    stage, writer = stories[0].stage, stories[0].cast.secretaries[0]
    programme = stage.programmes[TODAYS]
    issued = _last_told(today)
    if issued is not None:
        kind, year, first, second = issued
        yield _on(first, 10, partial(_issue, writer, programme, kind, year))
        yield _on(second, 10, partial(_issue_again, writer, programme, kind, year))
    yield _on(_working_day_before(today), 11, partial(_begin_year, writer, programme))


def _on(day: date, hour: int, happens: partial[None]) -> Moment:
    at = datetime.combine(day, time(hour, 40), LOCAL_TIME)
    return at, partial(happens, at)


def _last_told(today: date) -> tuple[ReportKind, int, date, date] | None:
    """The latest tertial that there has been time to report on twice, and the days of that."""
    periods: list[Period] = [
        period for year in (today.year, today.year - 1) for period in reversed(periods_of(year))
    ]
    for period in periods:
        first = after_working_days(period.due_on, WRITTEN_IN)
        second = after_working_days(first, PUT_RIGHT_IN)
        if period.tertial in KINDS and second < today:
            return KINDS[period.tertial], period.year, first, second
    return None


def _working_day_before(day: date) -> date:
    before = day - ONE_DAY
    while not is_working_day(before):
        before -= ONE_DAY
    return before


def _issue(writer: Viewer, programme: Programme, kind: ReportKind, year: int, at: datetime) -> None:
    report = service.begin(writer, programme, kind, year, today=local_day(at), now=at)
    service.save(writer, _found(writer, report.id), Content(TEXTS, _goals(programme)), at)
    service.issue(writer, _found(writer, report.id), today=local_day(at), now=at)


def _issue_again(writer: Viewer, programme: Programme, kind: ReportKind, year: int, at: datetime) -> None:
    report = report_on(programme.id, kind, year)
    if report is None:
        raise LookupError("the report has not been issued")
    service.revise(writer, _found(writer, report.id), reason=LATE_ONE, now=at)
    content = Content({**TEXTS, Ask.WORRIES: WORRIES_NOW}, _goals(programme))
    service.save(writer, _found(writer, report.id), content, at)
    service.choose_day(writer, _found(writer, report.id), local_day(at) - ONE_DAY, at)
    service.issue(writer, _found(writer, report.id), today=local_day(at), now=at)


def _begin_year(writer: Viewer, programme: Programme, at: datetime) -> None:
    """The year before is begun; what is written so far is the beginning of its summary."""
    today = local_day(at)
    report = service.begin(writer, programme, ReportKind.YEAR, today.year - 1, today=today, now=at)
    found = _found(writer, report.id)
    begun = service.begun(found)
    service.save(writer, found, Content({Ask.WELL: TEXTS[Ask.WELL]}, begun.goals), at)


def _goals(programme: Programme) -> dict[str, GoalSaid]:
    """The first goals have been measured; of the others nothing is said yet."""
    return {
        str(goal.id): GoalSaid(measure, value, standing, SEEN)
        for goal, (measure, value, standing) in zip(goals_of(programme.id), MEASURES, strict=False)
    }


def _found(writer: Viewer, report_id: int) -> ReportOf:
    found = report_for(writer, report_id)
    if found is None:
        raise LookupError(f"no programme report {report_id}")
    return found
