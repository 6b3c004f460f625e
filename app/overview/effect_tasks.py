"""What waits for somebody among the budget effects of benefits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.budget_effects import waiting
from app.budget_effects.waiting import WaitingEffect
from app.budget_effects.words import TO_ANSWER, TO_ENTER, TO_TAKE, TO_VERIFY
from app.overview.task import MOST_OF_A_KIND, Task, shortened
from app.web.formats import exact
from app.web.tags import Tag


def effect_tasks(viewer: Viewer, today: date) -> Iterator[Task]:
    """What the viewer is to answer, verify, take home, and enter in a budget."""
    most = MOST_OF_A_KIND
    for row in waiting.to_answer(viewer, limit=most):
        yield _task(row, _("Svara på en budgeteffekt"), "answer", TO_ANSWER, today)
    for row in waiting.to_verify(viewer, limit=most):
        yield _task(row, _("Kontrollera mot budgeten"), "verify", TO_VERIFY, today)
    for row in waiting.to_take(viewer, today, limit=most):
        yield replace(
            _task(row, _("Ta hem en budgeteffekt"), "take", TO_TAKE, today), due_on=None, late=False
        )
    for row in waiting.to_enter(viewer, today, limit=most):
        yield _task(row, _("Skriv in budgetbeslutet"), "enter", TO_ENTER, today)


def _task(row: WaitingEffect, what: str, page: str, tag: Tag, today: date) -> Task:
    about = _(
        "%(benefit)s, %(year)s, %(amount)s",
        benefit=shortened(row.benefit),
        year=row.year,
        amount=exact(row.amount),
    )
    return Task(
        row.project_id,
        row.title,
        row.case_number,
        what,
        about,
        url_for(
            f"budget_effects.{page}",
            project_id=row.project_id,
            benefit_id=row.benefit_id,
            effect_id=row.effect_id,
        ),
        tag,
        row.due_on,
        row.late(today),
    )
