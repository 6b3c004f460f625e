"""The shape of what is typed when a file of costs and hours is read in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.core.tabular import Table
from app.delivery.costs.columns import Columns, Headings, Meaning
from app.delivery.costs.forms import accounts
from app.delivery.costs.service import Lines
from app.delivery.costs.words import MEANINGS
from app.web.attached import FilesField
from app.web.choices import Pick
from app.web.forms import Form, Line, Required, Text, WholeNumberField

MUST_HAVE = (Meaning.DAY, Meaning.ACTIVITY)


class UploadForm(Form):
    """The file."""

    written_in = False

    files = FilesField(
        _l("Fil"),
        _l("Excel (.xlsx) eller CSV, högst 20 MB och 50 000 rader."),
        single=True,
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )


class ColumnsForm(Form):
    """Where the headings stand, and what each column means."""

    written_in = False

    shown = HiddenField()
    """The print of the headings that could be chosen among."""
    sheet = Pick(_l("Blad"))
    header_row = WholeNumberField(
        _l("Rubrikerna står på rad"),
        [Required(_l("Ange raden med rubriker, eller 0."))],
        minimum=0,
        maximum=1_048_576,
        description=_l("0 om filen inte har några rubriker."),
    )
    day = Pick(MEANINGS[Meaning.DAY])
    activity = Pick(MEANINGS[Meaning.ACTIVITY])
    line = Pick(MEANINGS[Meaning.LINE])
    role = Pick(MEANINGS[Meaning.ROLE])
    hours = Pick(MEANINGS[Meaning.HOURS])
    rate = Pick(MEANINGS[Meaning.RATE])
    amount = Pick(MEANINGS[Meaning.AMOUNT])
    account = Pick(
        _l("Rader utan budgetrad bokförs på"), [Required(_l("Välj en budgetrad, eller vem som betalar."))]
    )
    save_as = Line(
        _l("Spara kolumnvalen som"),
        limit=100,
        description=_l("Frivilligt. Valen föreslås nästa gång en fil har samma rubriker."),
    )

    def offer(self, table: Table, headings: Headings, lines: Lines) -> None:
        """What can be chosen."""
        self.sheet.choices = [(name, name) for name in table.sheets]
        columns = [(str(place), label) for place, label in enumerate(headings.labels)]
        for meaning in Meaning:
            field: Any = self[meaning.value]
            field.choices = [("", _("Finns inte i filen")), *columns]
        self.account.choices = [("", _("Välj budgetrad")), *accounts(lines)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A day, what was done, and hours or an amount; no column means two things."""
        valid = bool(super().validate(extra_validators))
        for meaning in MUST_HAVE:
            if not self[meaning.value].data:
                self[meaning.value].errors = [_("Välj den kolumn i filen som har detta.")]
                valid = False
        if not self.hours.data and not self.amount.data:
            self.amount.errors = [_("Välj en kolumn med belopp, med timmar, eller båda.")]
            valid = False
        if self.rate.data and not self.hours.data:
            self.rate.errors = [_("Timpris kräver en kolumn med timmar.")]
            valid = False
        return self._mean_one_thing() and valid

    def _mean_one_thing(self) -> bool:
        chosen: dict[str, Meaning] = {}
        for meaning, place in self._chosen().items():
            if place in chosen:
                self[meaning.value].errors = [
                    _("Kolumnen är redan vald som %(other)s.", other=MEANINGS[chosen[place]])
                ]
                return False
            chosen[place] = meaning
        return True

    def _chosen(self) -> Mapping[Meaning, str]:
        return {meaning: self[meaning.value].data for meaning in Meaning if self[meaning.value].data}

    def columns(self) -> Columns:
        """What was chosen; only of a form without faults."""
        places = {meaning: int(place) for meaning, place in self._chosen().items()}
        return Columns(self.sheet.data or "", self.header_row.data, places)


def said_of(columns: Columns, headings: Headings) -> dict[str, Any]:
    """The columns as the form's data."""
    places = {meaning.value: str(place) for meaning, place in columns.places.items()}
    row = {"sheet": columns.sheet, "header_row": columns.header_row, "shown": headings.print}
    return row | places


class ReadInForm(Form):
    """That the file is read in as it was shown."""

    written_in = False

    shown = HiddenField(validators=[Required()])
    """The print of the rows."""


class VoidReadInForm(Form):
    """Why none of a file's rows count."""

    reason = Text(
        _l("Varför ska inläsningen makuleras?"),
        [Required(_l("Skriv varför inläsningen makuleras."))],
        limit=2000,
        description=_l("Alla poster från filen slutar räknas. Filen kan sedan läsas in på nytt."),
    )
