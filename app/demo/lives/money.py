"""What a granted life does with its conditions and its money while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from app.delivery.funds import queries as accounts
from app.delivery.funds import service as funds
from app.demo import delivery
from app.demo.lives.days import Course, Happening
from app.demo.lives.life import Life
from app.demo.story import Moment, Story

CHECKED_AFTER, PAID_AFTER = timedelta(days=4), timedelta(days=9)
REPORTED_AFTER, AGREED_AFTER = timedelta(days=95), timedelta(days=101)
FIRST_CLAIM = timedelta(days=55)
LAST_CLAIM = timedelta(days=45)
"""So long before the end everything has been asked for."""


def spent(life: Life, course: Course) -> Iterator[Moment]:
    """A requisition for each year, checked and paid; the condition met."""
    for number, (year, day) in enumerate(_claims(life, course), start=1):
        yield from course.on(day, _claim(year, number, life), hour=9)
        yield from course.on(day + CHECKED_AFTER, delivery.check(number), hour=10)
        yield from course.on(day + PAID_AFTER, delivery.pay(number), hour=11)
    told = course.begins_on + REPORTED_AFTER
    if life.meets_conditions and told + timedelta(days=10) < life.ends_on:
        yield from course.on(told, delivery.report(delivery.PLAN), hour=9)
        yield from course.on(course.begins_on + AGREED_AFTER, delivery.agree(), hour=10)


def _claims(life: Life, course: Course) -> Iterator[tuple[int, date]]:
    """The years that money is planned for, each with the day on which it is asked for."""
    for year in range(life.invention.begins.year, life.invention.ends.year + 1):
        day = max(course.begins_on + FIRST_CLAIM, date(year, 3, 12) + timedelta(days=course.number % 20))
        if day < life.ends_on - LAST_CLAIM and day + PAID_AFTER < course.today:
            yield year, day


def _claim(year: int, number: int, life: Life) -> Happening:
    """Nearly all that the leading department was granted for the year."""

    def happens(story: Story, at: datetime) -> None:
        rows = accounts.accounts_of(story.project.id)
        lead = story.project.lead_department_id
        account = next(row for row in rows if row.department_id == lead and row.year == year)
        share = min(life.dearer * Decimal("0.92"), Decimal(1))
        amount = (account.sums.granted * share).quantize(Decimal(1))
        text = delivery.COVERS[(number - 1) % len(delivery.COVERS)]
        file = delivery.paper(f"faktura-{number}.pdf", f"Faktura {number}")
        claim = funds.Claim(lead, year, amount, text)
        funds.send(story.leader, story.project, claim, files=[file], now=at)

    return happens
