"""Starting a project, and its own details."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.accounts.models import Department
from app.programmes.models import Round
from app.projects.models import ProjectKind
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick, row_number
from app.web.formats import iso_date
from app.web.forms import Form, Line, Required, Text

KINDS = (
    (ProjectKind.PRE_STUDY.value, _l("Förstudie – ni ska ta reda på om och hur")),
    (ProjectKind.IMPLEMENTATION.value, _l("Genomförande – ni ska bygga och införa")),
)


class _Named(Form):
    """What a project is called, and which round it is meant for."""

    title = Line(
        _l("Projektets namn"),
        [Required(_l("Ange ett namn på projektet."))],
        limit=120,
        description=_l(
            "Kort och begripligt för någon utanför förvaltningen. Till exempel: Bygglov på nätet."
        ),
    )
    round_id = Pick(
        _l("Ansökningsomgång"),
        coerce=row_number,
        description=_l("Omgången avgör när ansökan senast ska vara underskriven. Du kan byta senare."),
    )

    def offer_rounds(self, rounds: Sequence[Round], chosen: Round | None = None) -> None:
        """Let these rounds be chosen, and the one that is chosen already, open or not."""
        offered = [*rounds, *([chosen] if chosen and chosen.id not in {row.id for row in rounds} else [])]
        choices: list[tuple[Any, str]] = [("", _("Ingen än"))]
        self.round_id.choices = choices + [(row.id, _name(row, row in rounds)) for row in offered]


class InterestForm(Form):
    """What an interest in a case consists of."""

    reason = Text(
        _l("Vad består jävet i?"),
        [Required(_l("Skriv vad jävet består i."))],
        limit=2000,
        description=_l("En mening räcker. Till exempel: Min syster är delägare i företaget som ska anlitas."),
    )


class DetailsForm(_Named, ChangeForm):
    """The project's own details, while the application is written."""


class StartForm(_Named):
    """A new project. The key makes a form that is sent twice start one project."""

    start_key = HiddenField(default=lambda: secrets.token_hex(16))
    kind = Choice(
        _l("Vad söker ni för?"),
        [Required(_l("Välj förstudie eller genomförande."))],
        choices=list(KINDS),
        description=_l("En förstudie frågar mindre. Du kan söka för genomförande när den är klar."),
    )
    department_id = Pick(
        _l("Ansvarig förvaltning"),
        [Required(_l("Välj den förvaltning som ansvarar för projektet."))],
        coerce=row_number,
        description=_l("Verksamhetschefen där skriver under ansökan."),
    )

    def offer_departments(self, departments: Sequence[Department]) -> None:
        """Let these departments be chosen; the only one is chosen already."""
        offered: list[tuple[Any, str]] = [(row.id, row.name) for row in departments]
        self.department_id.choices = offered if len(offered) == 1 else [("", _("Välj")), *offered]


def _name(row: Round, is_open: bool) -> str:
    if not is_open:
        return _("%(name)s (stängd)", name=row.name)
    if row.closes_on is None:
        return _("%(name)s (löpande)", name=row.name)
    return _("%(name)s (stänger %(day)s)", name=row.name, day=iso_date(row.closes_on))
