"""The charts of a project over time, each with its figures as a table: the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from app import charts
from app.charts import BudgetCurveChart, Language, MilestoneSlipChart, SlipLine
from app.core.budget_curve import Curve, CurveRow
from app.core.milestone_trend import Course, Moment, Standing, Trend
from app.delivery.reports.over_time import OverTime
from app.pdf.blocks import Column, Figure, Table
from app.web.formats import MINUS, exact, number


@dataclass(frozen=True)
class Picture:
    """A chart and its figures."""

    figure: Figure
    table: Table


def pictures_of(found: OverTime, language: Language) -> list[Picture]:
    """In the language of the moment; nothing of what there is nothing to draw of."""
    drawn = []
    if found.trend.is_told and found.trend.courses and not _is_nothing_but_missed(found.trend):
        drawn.append(Picture(_slip(found.trend, language), slip_table(found.trend)))
    if not found.curve.is_empty:
        drawn.append(Picture(_money(found.curve, language), money_table(found.curve, language)))
    return drawn


def _is_nothing_but_missed(trend: Trend) -> bool:
    """Of a project that ended before any milestone or report there is only its plan."""
    told = [moment for moment in trend.moments if not moment.is_plan and not moment.is_end]
    return not told and not trend.count(Standing.REACHED)


def _figure(chart: charts.Chart, source: str) -> Figure:
    return Figure(charts.svg(chart), chart.title, chart.finding, source)


# --- milestones ------------------------------------------------------------------------------------------


def _slip(trend: Trend, language: Language) -> Figure:
    first, *later = trend.moments
    chart = MilestoneSlipChart(
        title=_("Milstolpar från rapport till rapport"),
        finding=slip_finding(trend),
        language=language,
        words=charts.words(_),
        starts_on=first.on,
        reports=tuple(moment.on for moment in later if not moment.is_plan),
        plans=tuple((moment.on, moment.name) for moment in later if moment.is_plan),
        lines=tuple(_line(course, trend.moments) for course in trend.courses),
    )
    return _figure(chart, " ".join(_slip_source(trend)))


def _line(course: Course, moments: tuple[Moment, ...]) -> SlipLine:
    known = [(moment, row) for moment, row in zip(moments, course.said, strict=True) if row is not None]
    told = [(moment, row) for place, (moment, row) in enumerate(known) if not (moment.is_plan and place)]
    points = [(moment.on, row.day) for moment, row in told if not row.is_reached]
    replanned = [(moment.on, row.day) for moment, row in known[1:] if moment.is_plan]
    if course.standing is Standing.REACHED:
        points.append((course.latest, course.latest))
        replanned = [(on, day) for on, day in replanned if on < course.latest]
    return SlipLine(course.name, standing_text(course), course.standing, tuple(points), tuple(replanned))


def standing_text(course: Course) -> str:
    """How it stands, with days against the first plan."""
    if course.standing is Standing.DROPPED:
        return _("utgår")
    if course.standing is Standing.MISSED:
        return _("nåddes inte")
    if course.standing is Standing.REACHED:
        return _("nådd, %(days)s", days=_days(course.delay)) if course.delay else _("nådd i tid")
    return _days(course.delay) if course.delay else _("som planerat")


def _days(delay: int) -> str:
    signed = f"+{delay}" if delay > 0 else f"{MINUS}{-delay}"
    return ngettext("%(signed)s dag", "%(signed)s dagar", abs(delay), signed=signed)


def slip_finding(trend: Trend) -> str:
    """What the chart says, in a sentence or two."""
    count, reached = len(trend.courses) - trend.count(Standing.DROPPED), trend.count(Standing.REACHED)
    if trend.has_ended:
        return _finding_at_the_end(trend, reached, count)
    late = [course for course in trend.courses if course.standing is Standing.LATE]
    said = _("%(reached)s av %(count)s milstolpar är nådda.", reached=reached, count=count)
    if not late:
        return " ".join((said, _("Ingen annan väntas senare än först planerat.") if reached < count else ""))
    last = max(late, key=lambda course: course.delay)
    slipped = ngettext(
        "”%(name)s” väntas %(num)s dag senare än först planerat.",
        "”%(name)s” väntas %(num)s dagar senare än först planerat.",
        last.delay,
        name=last.name,
    )
    return f"{said} {slipped}"


def _finding_at_the_end(trend: Trend, reached: int, count: int) -> str:
    said = _("%(reached)s av %(count)s milstolpar nåddes.", reached=reached, count=count)
    late = [course for course in trend.courses if course.standing is Standing.REACHED and course.delay > 0]
    if not late:
        return " ".join((said, _("Ingen nåddes senare än först planerat.") if reached else ""))
    last = max(late, key=lambda course: course.delay)
    slipped = ngettext(
        "”%(name)s” nåddes %(num)s dag senare än först planerat.",
        "”%(name)s” nåddes %(num)s dagar senare än först planerat.",
        last.delay,
        name=last.name,
    )
    return f"{said} {slipped}"


def _slip_source(trend: Trend) -> Iterator[str]:
    if trend.has_ended:
        yield _("Källa: baslinjer, lägesrapporter och slutrapport. Dagar mot den första planen.")
    else:
        yield _("Källa: baslinjer och lägesrapporter. Dagar mot den första planen.")
    yield _("Det som är nått slutar vid den streckade linjen.")
    if trend.moments_left_out:
        yield ngettext(
            "%(num)s plan eller rapport efter den första planen visas inte, bara de senaste.",
            "%(num)s planer och rapporter efter den första planen visas inte, bara de senaste.",
            trend.moments_left_out,
        )
    if trend.left_out:
        yield ngettext(
            "%(num)s milstolpe som ligger närmare sin plan visas inte.",
            "%(num)s milstolpar som ligger närmare sin plan visas inte.",
            trend.left_out,
        )


def slip_table(trend: Trend) -> Table:
    """The day that each plan and report said, milestone by milestone."""
    share = min(80 // len(trend.moments), 20)
    columns = [Column(moment.name, share=share) for moment in trend.moments]
    rows = tuple(
        (f"{course.name}: {standing_text(course)}", *_days_said(course, trend.moments))
        for course in trend.courses
    )
    head = Column(_("Det här är klart"), share=100 - share * len(columns))
    caption = _("Milstolparnas dag enligt varje baslinje och rapport")
    return Table(caption, (head, *columns), rows, together=True)


def _days_said(course: Course, moments: Sequence[Moment]) -> Iterator[str]:
    planned = reached = False
    for row, moment in zip(course.said, moments, strict=True):
        if row is None and moment.is_end and course.standing is Standing.MISSED:
            yield _("nåddes inte")
        elif row is None:
            yield _("utgår") if planned and not reached else "–"
        elif reached and moment.is_plan:
            yield "–"  # the plan still has the day that it was planned for
        else:
            planned, reached = True, row.is_reached
            yield _("nådd %(day)s", day=row.day) if reached else row.day.isoformat()


# --- money -----------------------------------------------------------------------------------------------


def _money(curve: Curve, language: Language) -> Figure:
    chart = BudgetCurveChart(
        title=_("Pengar över tid"),
        finding=money_finding(curve),
        language=language,
        words=charts.words(_),
        curve=curve,
    )
    if curve.is_over:
        source = _("Källa: baslinjer, lägesrapporter och slutrapport.")
    else:
        source = _("Källa: baslinjer och lägesrapporter.")
    planned = _("Planen är känd per år och dragen rak däremellan.")
    return _figure(chart, f"{source} {planned}")


def money_finding(curve: Curve) -> str:
    """What the chart says, in a sentence or two."""
    if not curve.told:
        return _("Planen är %(budget)s. Ingen rapport är skickad än.", budget=exact(curve.budget))
    off, forecast = curve.forecast - curve.budget, exact(curve.forecast)
    if curve.is_over:
        return _cost_in_the_end(forecast, off)
    last = curve.told[-1]
    if off > 0:
        said = _("Prognosen är %(forecast)s, %(off)s över planen.", forecast=forecast, off=exact(off))
    elif off < 0:
        said = _("Prognosen är %(forecast)s, %(off)s under planen.", forecast=forecast, off=exact(-off))
    else:
        said = _("Prognosen är %(forecast)s, som planen.", forecast=forecast)
    spent = _("Förbrukat till och med %(day)s: %(spent)s.", day=last.on, spent=exact(last.spent))
    return f"{said} {spent}"


def _cost_in_the_end(cost: str, off: Decimal) -> str:
    if off > 0:
        return _("Projektet kostade %(cost)s, %(off)s över planen.", cost=cost, off=exact(off))
    if off < 0:
        return _("Projektet kostade %(cost)s, %(off)s under planen.", cost=cost, off=exact(-off))
    return _("Projektet kostade %(cost)s, som planen.", cost=cost)


def money_table(curve: Curve, language: Language) -> Table:
    """The amounts by day, to the öre that they have, and what the programme has granted."""
    amounts = [_("Plan"), _("Förbrukat"), _("Prognos")]
    if curve.first:
        amounts.insert(0, _("Första plan"))
    columns = (Column(_("Till och med")), *(Column(label, numeric=True) for label in amounts))

    def cells(row: CurveRow) -> tuple[str, ...]:
        said = (row.first, row.planned, row.spent, row.forecast)
        day = ", ".join(part for part in (row.on.isoformat(), row.name) if part)
        return (day, *(written_amount(amount, language) for amount in said[not curve.first :]))

    granted = (
        _("Beviljat av programmet"),
        *[""] * (len(amounts) - 3),
        written_amount(curve.granted, language),
        "",
        "",
    )
    return Table(
        _("Pengar från början till och med dagen, kronor"), columns, tuple(map(cells, curve.rows)), (granted,)
    )


def written_amount(amount: Decimal | None, language: Language) -> str:
    """Kronor, with the öre that there are."""
    if amount is None:
        return "–"
    return number(amount, 0 if amount == amount.to_integral_value() else 2, language)
