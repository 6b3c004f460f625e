"""The completeness checklist: what an application must hold before it is assessed, point by point.

Each point belongs to a section of the application: what is lacking there becomes a question tied to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.projects.models import ProjectKind
from app.reviews.models import Answer


@dataclass(frozen=True)
class Point:
    """One thing to check. `ask` is what the return asks when it is lacking and the handler wrote no note."""

    key: str
    section: str
    check: Any
    ask: Any
    also_pre_study: bool = True
    seen_on_case: bool = False
    """What it asks for stands on the case's own page, not in the application."""


POINTS: tuple[Point, ...] = (
    Point(
        "need",
        "background",
        _l("Behovet är beskrivet, och det framgår vem som har det."),
        _l("Beskriv behovet och vem som har det."),
    ),
    Point(
        "measurable_goals",
        "goals",
        _l("Effektmålen är mätbara: indikator, utgångsvärde, målvärde och datum."),
        _l("Komplettera effektmålen med indikator, utgångsvärde, målvärde och datum."),
        also_pre_study=False,
    ),
    Point(
        "milestones",
        "milestones",
        _l("Milstolparna täcker hela projekttiden."),
        _l("Lägg till de milstolpar som saknas."),
    ),
    Point(
        "organisation",
        "organisation",
        _l("Projektledare, styrgrupp och tid per roll är angivna."),
        _l("Ange projektledare, styrgrupp och tid per roll."),
    ),
    Point(
        "cost_sources",
        "calculation",
        _l("Varje kostnadsrad har en källa, och beloppen är rimliga."),
        _l("Ange var beloppen i kostnadsplanen kommer från."),
    ),
    Point(
        "benefit_owners",
        "calculation",
        _l("Varje nytta har en utpekad ägare, en indikator och ett sätt att tas hem."),
        _l("Ange ägare, indikator och hemtagning för varje nytta."),
        also_pre_study=False,
    ),
    Point(
        "operation_financed",
        "operation",
        _l("Driften har en ägare, och finansieringen är planerad."),
        _l("Ange vem som äger tjänsten i drift och hur driften finansieras."),
        also_pre_study=False,
    ),
    Point(
        "allocation",
        "departments",
        _l("Medverkande förvaltningar är angivna, och fördelningen mellan dem summerar."),
        _l("Kontrollera fördelningen mellan förvaltningarna så att den summerar."),
        also_pre_study=False,
    ),
    Point(
        "security",
        "security",
        _l("Informationen är säkerhetsklassad, och personuppgifter är bedömda."),
        _l("Komplettera informationsklassningen och bedömningen av personuppgifter."),
        also_pre_study=False,
    ),
    Point(
        "risks",
        "risks",
        _l("Riskerna har åtgärder och ansvariga."),
        _l("Ange åtgärd och ansvarig för varje risk."),
    ),
    Point(
        "signature",
        "summary",
        _l("Rätt verksamhetschef har skrivit under."),
        _l("Låt rätt verksamhetschef skriva under ansökan."),
        seen_on_case=True,
    ),
    Point(
        "round",
        "summary",
        _l("Ansökan hör till rätt omgång och kom in i tid."),
        _l("Förklara varför ansökan kommer in utanför sin omgång."),
        seen_on_case=True,
    ),
)


def points_for(kind: str) -> tuple[Point, ...]:
    """The points that apply to this kind of project: a pre-study is asked for less."""
    return tuple(point for point in POINTS if point.also_pre_study or kind != ProjectKind.PRE_STUDY)


@dataclass(frozen=True)
class Check:
    """How far the check of one version has come."""

    answers: Mapping[str, Answer]
    points: tuple[Point, ...]

    @property
    def unanswered(self) -> int:
        """Points that nobody has answered yet."""
        return sum(point.key not in self.answers for point in self.points)

    @property
    def lacking(self) -> tuple[Point, ...]:
        """Points on which the application falls short."""
        return tuple(point for point in self.points if self.answers.get(point.key) is Answer.LACKING)

    @property
    def complete(self) -> bool:
        """Every point is answered, and none is lacking."""
        return not self.unanswered and not self.lacking
