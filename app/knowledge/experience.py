"""What projects like this one have come to, beside the calculation of an application.

Who reads an application is told what all measured projects of the programme came to together, also those that
he or she does not see. So no fewer than LEAST of them are ever told of, and never by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import render_template
from markupsafe import Markup

from app.benefits import tables
from app.benefits.inputs import Inputs
from app.core.calibration import ASSUMED, Assumption, Experience, Sums, Tally, experience
from app.core.errors import InputError
from app.core.workflow import UNDECIDED, State
from app.knowledge.counting import ALL, counted
from app.programmes.queries import outcomes_on
from app.projects.models import Project

LEAST = 3
ZERO = Decimal(0)
_NONE = Sums(Tally.of(()), Tally.of(()), ZERO, ZERO)


@dataclass(frozen=True)
class Like:
    """Projects like this one, and what they came to."""

    category: str
    """The kind of benefit that they have in common with it; empty for all projects."""
    counted_on: date | None
    found: Experience


@dataclass(frozen=True)
class Row:
    """A calculation in figures, in whole kronor as elsewhere on the page."""

    share: Decimal
    months_late: Decimal
    benefit: Decimal
    present_value: Decimal
    break_even_year: int | None


def beside(project: Project, inputs: Inputs, today: date) -> Markup:
    """The application's own figures beside what is to be expected of them; nothing without a price, and
    nothing once the case is decided: then the promise stands, and what comes is measured."""
    if State(project.state) not in UNDECIDED or not any(
        schedule.total for schedule in inputs.calculation.schedules
    ):
        return Markup("")
    assumed = assumption_on(project.programme_id, today)
    like = like_this(project, inputs, assumed)
    try:
        shown = list(rows(inputs, like.found))
    except InputError:  # what can just be counted with as it is written, and not later or with more of it
        return Markup("")
    page = render_template("knowledge/_experience.html", like=like, rows=shown, assumed=assumed)
    return Markup(page)  # noqa: S704 - the template escapes what people wrote


def assumption_on(programme_id: int, day: date) -> Assumption:
    """What the programme believes beforehand on this day."""
    found = outcomes_on(programme_id, day)
    return found.assumption if found else ASSUMED


def like_this(project: Project, inputs: Inputs, assumed: Assumption) -> Like:
    """Those with mostly the same kind of benefit, if enough are measured; else all; else what is assumed."""
    category = main_category(inputs)
    for row in counted(project.programme_id, ("category", category), ALL):
        if row.cases >= LEAST:
            return Like(row.value, row.counted_on, experience(row.sums, assumed))
    return Like("", None, experience(_NONE, assumed))


def main_category(inputs: Inputs) -> str:
    """The kind of benefit that most of the application's kronor are of."""
    kinds: Counter[str] = Counter()
    for kind, amount in inputs.calculation.by_category.items():
        kinds[kind.value] += int(amount)
    return min(kinds, key=lambda name: (-kinds[name], name))


def rows(inputs: Inputs, found: Experience) -> Iterator[Row]:
    """As it is written; as it is to be expected; and at both ends of the share's interval."""
    share, late = found.share, found.months_late.expected
    for at, months in (
        (Decimal(1), ZERO),
        (share.expected, late),
        (max(share.low, ZERO), late),
        (share.high, late),
    ):
        calculation = inputs.tempered(share=at, months_late=months)
        totals = tables.yearly(calculation).total
        yield Row(at, months, totals.benefit, totals.present_value, calculation.break_even_year)
