"""The form that keeps a view of the portfolio."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.choices import Choice
from app.web.forms import Form, Line, Required

ALL, OWN = "all", "own"


class SavedViewForm(Form):
    """What the view is called, and whose it is."""

    name = Line(
        _l("Namn"),
        [Required(_l("Skriv vad urvalet ska heta."))],
        limit=60,
        description=_l("Så står det ovanför portföljen."),
    )
    whose = Choice(
        _l("Vem har urvalet?"),
        [Required(_l("Välj vem som har urvalet."))],
        choices=[(OWN, _l("Bara jag")), (ALL, _l("Alla som läser portföljen"))],
    )

    def __init__(self, *, for_all: bool, **rest: Any) -> None:
        super().__init__(data={"whose": OWN}, **rest)
        if not for_all:
            del self.whose

    @property
    def is_for_all(self) -> bool:
        """Whether everybody gets it."""
        return "whose" in self and self.whose.data == ALL

    def refused(self) -> None:
        """Say at its field that the name is taken."""
        self.name.errors = [_("Det finns redan ett urval som heter så. Välj ett annat namn.")]
