"""The shape of a report as it is typed, of what is said of it, and of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.core.reporting import Dimension, Light
from app.delivery.reports.content import Content, CostSaid, HoursSaid, LightSaid, MilestoneSaid
from app.delivery.reports.parts import FIELDS, Part, Rows
from app.delivery.reports.words import DIMENSIONS, LIGHTS
from app.web.changing import ChangeForm
from app.web.choices import Choice
from app.web.forms import DateField, DecimalField, Form, Line, MoneyField, Required, Text

_LONG = 4000


class SaidForm(ChangeForm):
    """Some of what a report says."""

    def into(self, content: Content) -> Content:
        """The report with what is typed here, as far as it can be read."""
        raise NotImplementedError

    def show(self, faults: Mapping[str, Any]) -> None:
        """Say each fault that is about a field of this form beside it."""
        for name, text in faults.items():
            if name in self:
                self[name].errors = [*self[name].errors, text]


class StatusReportForm(SaidForm):
    """The lights of a report and its words. Made by `report_form`."""

    explanation = Text(
        _l("Förklaring av avvikelsen"),
        description=_l("Behövs när prognosen för pengar eller timmar ligger mer än 10 procent från planen."),
        limit=_LONG,
    )
    done = Text(_l("Det här har gjorts"), limit=_LONG)
    coming = Text(_l("Det här kommer närmast"), limit=_LONG)
    needs = Text(
        _l("Beslut eller hjälp som behövs"),
        description=_l("Skriv vem som behöver göra vad, och när. Lämna tomt om inget behövs."),
        limit=_LONG,
    )

    def into(self, content: Content) -> Content:
        """The report with these lights and words."""
        return replace(
            content,
            lights={dimension: self._light(dimension) for dimension in Dimension},
            explanation=self.explanation.data or "",
            done=self.done.data or "",
            coming=self.coming.data or "",
            needs=self.needs.data or "",
        )

    def _light(self, dimension: Dimension) -> LightSaid:
        chosen = self[f"light_{dimension}"].data
        return LightSaid(
            Light(chosen) if chosen in set(Light) else None, self[f"reason_{dimension}"].data or ""
        )


class RowsForm(SaidForm):
    """What is said of some of the plan's rows. Made by `rows_form`."""

    part: Part

    def into(self, content: Content) -> Content:
        """The report with what is said of these rows."""
        first, second = FIELDS[self.part.rows]
        typed = {key: (self[f"{first}_{key}"].data, self[f"{second}_{key}"].data) for key in self.part.keys}
        match self.part.rows:
            case Rows.MILESTONES:
                milestones = {key: MilestoneSaid(*said) for key, said in typed.items()}
                return replace(content, milestones={**content.milestones, **milestones})
            case Rows.MONEY:
                costs = {key: CostSaid(*said) for key, said in typed.items()}
                return replace(content, costs={**content.costs, **costs})
            case Rows.HOURS:
                hours = {key: HoursSaid(*said) for key, said in typed.items()}
                return replace(content, hours={**content.hours, **hours})


def report_form() -> type[StatusReportForm]:
    """A form with a field for each light."""
    fields: dict[str, Any] = {}
    lights = [(light.value, tag.label) for light, tag in LIGHTS.items()]
    for dimension, label in DIMENSIONS.items():
        fields[f"light_{dimension}"] = Choice(label, choices=lights)
        fields[f"reason_{dimension}"] = Text(_l("Varför?"), limit=_LONG)
    return type("StatusReportForm", (StatusReportForm,), fields)


def _answered(rows: Rows) -> tuple[Any, Any]:
    """The two fields that are asked of a row."""
    match rows:
        case Rows.MILESTONES:
            return DateField(_l("Väntas")), DateField(_l("Nådd"))
        case Rows.MONEY:
            return MoneyField(_l("Förbrukat")), MoneyField(_l("Prognos när projektet är slut"))
        case Rows.HOURS:
            worked = DecimalField(_l("Arbetade timmar"), minimum=0, maximum=1_000_000)
            return worked, DecimalField(_l("Prognos, timmar"), minimum=0, maximum=1_000_000)


def rows_form(part: Part) -> type[RowsForm]:
    """A form with two fields for each row of the part."""
    fields: dict[str, Any] = {"part": part}
    for key in part.keys:
        for prefix, field in zip(FIELDS[part.rows], _answered(part.rows), strict=True):
            fields[f"{prefix}_{key}"] = field
    return type("RowsForm", (RowsForm,), fields)


def typed(content: Content) -> dict[str, Any]:
    """What a report says, as the form's data."""
    found: dict[str, Any] = {
        "explanation": content.explanation, "done": content.done, "coming": content.coming,
        "needs": content.needs,
    }  # fmt: skip
    for dimension, light in content.lights.items():
        found[f"light_{dimension}"] = light.light.value if light.light else None
        found[f"reason_{dimension}"] = light.reason
    for key, milestone in content.milestones.items():
        found |= {f"forecast_{key}": milestone.forecast_on, f"reached_{key}": milestone.reached_on}
    for key, cost in content.costs.items():
        found |= {f"spent_{key}": cost.spent, f"cost_{key}": cost.forecast}
    for key, hours in content.hours.items():
        found |= {f"worked_{key}": hours.worked, f"hours_{key}": hours.forecast}
    return found


class RemarkForm(Form):
    """What is said of a report that was sent."""

    text = Text(_l("Kommentar"), [Required(_l("Skriv en kommentar."))], limit=_LONG)


class ReturnReportForm(Form):
    """Why a report comes back."""

    reason = Text(
        _l("Vad behöver rättas?"),
        [Required(_l("Skriv vad som behöver rättas."))],
        description=_l("Projektledaren läser det."),
        limit=_LONG,
    )


class PeriodForm(Form):
    """A time to report on."""

    name = Line(_l("Namn"), [Required(_l("Ange periodens namn."))], limit=120)
    starts_on = DateField(_l("Första dag"), [Required(_l("Ange periodens första dag."))])
    ends_on = DateField(_l("Sista dag"), [Required(_l("Ange periodens sista dag."))])
    due_on = DateField(
        _l("Rapporten ska in senast"),
        [Required(_l("Ange när rapporten senast ska in."))],
        description=_l("Föreslås tio arbetsdagar efter periodens slut. Dagen ändras aldrig sedan."),
    )

    def validate_ends_on(self, field: Any) -> None:
        """Not before it begins."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Ange en dag som inte är före den första."))

    def validate_due_on(self, field: Any) -> None:
        """After the period's end."""
        if field.data and self.ends_on.data and field.data <= self.ends_on.data:
            raise ValidationError(_("Ange en dag efter periodens slut."))
