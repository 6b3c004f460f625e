"""A few cases in very different places, for the portfolio to put beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from app.programmes.models import Programme
from app.projects.models import Project
from tests.conftest import Cast
from tests.realisation.measuring_story import measured
from tests.review_story import in_council, taken_in
from tests.running_story import granted, report_sent
from tests.story import filled_application


def city(cast: Cast, programme: Programme) -> Sequence[Project]:
    """Measured, reporting, granted, in the council, registered; and one that nobody else may see yet."""
    return (
        measured(cast, programme),
        report_sent(cast, programme, title="Bygglov på nätet"),
        granted(cast, programme, title="Ansökan om förskola", applied=Decimal(900_001)),
        in_council(cast, programme, title="Markupplåtelse"),
        taken_in(cast, programme, title="Felanmälan"),
        filled_application(cast, programme, title="Ett utkast"),
    )
