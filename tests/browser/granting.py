"""From the signature to the grant, through the services: `test_story` takes these steps by hand."""

from __future__ import annotations

from datetime import date

from app.applications import service as applications
from app.db import db, transaction
from app.decisions import service as decisions
from app.decisions.models import OpinionKind
from app.reviews import service as reviews
from tests.conftest import TODAY, Cast
from tests.remembered import standing
from tests.review_story import LATER, answer_all, decide


def grant(cast: Cast, number: int, *, conditions: tuple[tuple[str, date | None], ...] = ()) -> None:
    """A project whose application waits for a signature is signed, registered, found complete, heard by the
    council, and granted what it applies for."""
    with transaction():
        applications.sign(cast.manager, standing(number), LATER)
    with transaction():
        reviews.register(cast.secretary, standing(number), LATER, TODAY)
    answer_all(cast, standing(number))
    with transaction():
        reviews.accept_as_complete(cast.secretary, standing(number), LATER)
    with transaction():
        reviews.refer_to_council(cast.secretary, standing(number), LATER)
    with transaction():
        decisions.record_opinion(
            cast.secretary,
            standing(number),
            meeting_on=LATER.date(),
            kind=OpinionKind.APPROVE,
            text="Rådet tillstyrker.",
            separate_statements=0,
            now=LATER,
        )
    decide(cast.secretary, standing(number), conditions=conditions)
    db.session.rollback()  # as long as this thread reads, nobody else can write
