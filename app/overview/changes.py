"""A changed value in the history, as people read it: questions by their label, choices by their name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.applications.declaration import FieldSpec, TableSpec
from app.applications.reading import shown
from app.applications.sections import spec_at
from app.benefits.labels import name_of
from app.benefits.values import BenefitMethod
from app.closing.termination.words import CONTRACT_STATES
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier, Treatment
from app.core.plan import MilestoneKind
from app.core.risks import Outcome
from app.core.termination import ContractState
from app.delivery.plans.words import MILESTONE_KINDS
from app.delivery.risks.words import OUTCOMES
from app.history.models import HistoryEvent
from app.web.formats import decimal_text, kronor, percent

FIELDS: Mapping[str, Any] = {
    "title": _l("Titel"),
    "kind": _l("Slag"),
    "description": _l("Benämning"),
    "treatment": _l("Driftkostnad eller investering"),
    "depreciation_years": _l("Avskrivningstid"),
    "financier": _l("Finansiär"),
    "department_id": _l("Förvaltning"),
    "source": _l("Källa"),
    "category": _l("Kategori"),
    "beneficiary": _l("För vem"),
    "method": _l("Beräkningssätt"),
    "fixed_amount": _l("Belopp per år"),
    "volume": _l("Volym"),
    "minutes_saved": _l("Sparade minuter"),
    "share": _l("Andel som använder tjänsten"),
    "hourly_rate": _l("Timkostnad"),
    "quantity": _l("Antal"),
    "unit_price": _l("Pris per styck"),
    "starts_on": _l("Startdatum"),
    "ends_on": _l("Slutdatum"),
    "ramp": _l("Upptrappning"),
    "price_year": _l("Prisår"),
    "taken_home_how": _l("Hemtagning"),
    "owner_role": _l("Ansvarig roll"),
    "indicator": _l("Indikator"),
    "evidence": _l("Siffrornas säkerhet"),
    "name": _l("Det här är klart"),
    "planned_on": _l("Planerat datum"),
    "responsible": _l("Ansvarig roll"),
    "role": _l("Roll"),
    "hours_low": _l("Timmar, minst"),
    "hours_high": _l("Timmar, högst"),
    "chairs": _l("Ordförande"),
    "held_on": _l("Hölls"),
    "forecast_on": _l("Väntas"),
    "reached_on": _l("Nådd"),
    "note": _l("Anteckning"),
    "scope": _l("Omfattning"),
    "yearly": _l("Nytt värde per år vid full effekt"),
    "working": _l("Så är det nya värdet räknat"),
    "text": _l("Vad det gäller"),
    "probability": _l("Sannolikhet"),
    "consequence": _l("Konsekvens"),
    "action": _l("Åtgärd"),
    "owner": _l("Ansvarig roll"),
    "due_on": _l("Åtgärden ska vara gjord"),
    "outcome": _l("Hur det gick"),
    "closed_on": _l("Stängd"),
    "solution": _l("Lösning"),
    "result": _l("Vad som kan återanvändas"),
    "useful_to": _l("Till nytta för"),
    "place": _l("Var det finns"),
    "supplier": _l("Leverantör"),
    "reference": _l("Avtalets nummer"),
    "status": _l("Status"),
    "notice_by": _l("Senast uppsagt"),
    "cost": _l("Kostnad för att avsluta"),
    "object_family": _l("Objektfamilj"),
    "platform": _l("Plattform"),
    "service_level": _l("Servicenivå"),
    "contract_ends_on": _l("Avtalet går ut"),
    "notice_months": _l("Uppsägningstid, månader"),
    "launched_on": _l("I drift från"),
    "decommission_on": _l("Ska avvecklas"),
    "business_role": _l("Förvaltningsledare, verksamhet"),
    "it_role": _l("Förvaltningsledare, it"),
    "payer": _l("Vilken budget"),
    "payer_department_id": _l("Förvaltning som betalar"),
    "financed_until": _l("Finansierad till och med"),
    "taken_over_by": _l("Övertaget av"),
    "promised_total": _l("Utlovat"),
    "baseline": _l("Utgångsvärde"),
    "baseline_on": _l("Utgångsvärdet gäller"),
    "baseline_source": _l("Utgångsvärdets källa"),
    "target": _l("Målvärde"),
    "target_on": _l("Målet ska vara nått"),
    "how": _l("Så mäts den"),
    "every_months": _l("Månader mellan mätningar"),
    "measurer_role": _l("Roll som mäter"),
}

_CHOICES: Mapping[str, type[StrEnum]] = {
    "kind": CostKind,
    "treatment": Treatment,
    "financier": Financier,
    "category": BenefitCategory,
    "beneficiary": Beneficiary,
    "method": BenefitMethod,
}
_MONEY = frozenset({"fixed_amount", "hourly_rate", "unit_price", "cost", "promised_total"})
_QUANTITIES = frozenset(
    {"volume", "minutes_saved", "quantity", "hours_low", "hours_high", "baseline", "target"}
)

LONGEST = 200
"""Characters of a value that the timeline shows; the versions hold the whole texts."""


@dataclass(frozen=True)
class Reader:
    """How the one who reads sees values: the departments' names by id, the language."""

    departments: Mapping[str, str]
    language: str

    def change(self, event: HistoryEvent) -> dict[str, Any] | None:
        """The event's change as label, from and to; None when it is not told."""
        if event.field is None:
            return None
        spec = _question(event.field) if event.record_type == "application_section" else None
        label = spec.label if isinstance(spec, FieldSpec) else _label(event.field, spec)
        if label is None:
            return None
        before, after = (self._value(event.field, spec, text) for text in (event.from_value, event.to_value))
        return {"field": label, "from": _short(before), "to": _short(after)}

    def _value(self, field: str, spec: FieldSpec | TableSpec | None, text: str | None) -> str:
        if not text:
            return ""
        if isinstance(spec, FieldSpec):
            return shown(spec, text, self.departments, self.language)
        return text if spec is not None else self._of_line(field, text)

    def _of_line(self, field: str, text: str) -> str:
        """A value of a line of the calculation, of the plan or of a risk."""
        if named := _chosen(field, text):
            return named
        if field.endswith("department_id"):
            return self.departments.get(text, text)
        if field in _MONEY or field.startswith("amounts."):
            return kronor(Decimal(text), self.language)
        if field in _QUANTITIES:
            return decimal_text(Decimal(text), self.language)
        if field == "share":
            return percent(Decimal(text), language=self.language)
        if field == "ramp":
            return ", ".join(percent(Decimal(share), language=self.language) for share in json.loads(text))
        return text


def _chosen(field: str, text: str) -> str | None:
    """The name of what was chosen; None where nothing is to be chosen."""
    if field in _CHOICES and text in set(_CHOICES[field]):
        return name_of(_CHOICES[field](text))
    if field == "kind" and text in set(MilestoneKind):
        return str(MILESTONE_KINDS[MilestoneKind(text)])
    if field == "status" and text in set(ContractState):
        return str(CONTRACT_STATES[ContractState(text)].label)
    if field == "outcome" and text in set(Outcome):
        return str(OUTCOMES[Outcome(text)])
    return None


def _label(field: str, table: TableSpec | None) -> Any:
    if table is not None:
        return table.title
    name, _dot, year = field.partition(".")
    return _("Belopp %(year)s", year=year) if name == "amounts" and year else FIELDS.get(field)


def _question(path: str) -> FieldSpec | TableSpec | None:
    """The question behind `section.field` or `section.table.row.column`; None when no longer asked."""
    section, name, *cell = path.split(".")
    spec = spec_at(f"{section}.{name}")
    if isinstance(spec, TableSpec) and cell:
        return next((column for column in spec.columns if cell[1:] == [column.key]), spec)
    return spec


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
