"""The chatbot case in the demonstration: its figures are those of its public report, to the krona."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from app.closing.termination.documents import termination_document
from app.closing.termination.pages import Left, what_is_left
from app.core.workflow import State
from app.db import db
from app.projects.models import Project
from tests.story import reloaded

TODAY = date(2022, 5, 1)


@pytest.fixture
def chatbot(city: Flask) -> Project:
    query = select(Project).where(Project.title == "Chatbot för automatiserad kunddialog")
    return reloaded(db.session.scalars(query).one())


@pytest.fixture
def left(chatbot: Project) -> Left:
    return what_is_left(chatbot, TODAY)


def test_its_hours_and_costs_are_those_of_the_report(left: Left) -> None:
    actuals = left.actuals
    assert (actuals.priced_hours, actuals.hours) == (Decimal(182), Decimal(195))
    assert (actuals.priced_amount, actuals.total) == (Decimal(138_127), Decimal(235_327))


def test_nothing_of_the_grant_was_used_and_all_of_it_returned(left: Left) -> None:
    money = left.money
    assert (left.used, money.paid, money.remaining) == (Decimal(0), Decimal(0), Decimal(0))
    assert money.returned == money.granted == Decimal(2_025_000)


def test_what_it_asked_for_besides_was_never_decided(left: Left) -> None:
    assert [row.amount for row in left.fallen] == [Decimal(745_500)]


def test_it_was_interrupted_by_its_steering_group_and_lacks_nothing(chatbot: Project, left: Left) -> None:
    assert State(chatbot.state) in (State.TERMINATING, State.TERMINATED)
    assert (left.termination.decided_on, left.termination.decided_by) == (date(2022, 3, 8), "Styrgruppen")
    assert left.lacks == []
    assert {row.outcome.fate.value for row in left.benefits if row.outcome} == {"written_off"}
    assert all(row.outcome for row in left.benefits)


def test_its_document_says_the_same(chatbot: Project, left: Left) -> None:
    document = termination_document(chatbot, left, TODAY, "sv")
    said = str(document).replace("\\xa0", " ").replace("\N{NO-BREAK SPACE}", " ")
    for figure in ("195", "182", "138 127 kr", "235 327 kr", "2 025 000 kr", "745 500 kr", "0 kr"):
        assert figure in said, figure
