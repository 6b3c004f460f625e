"""What the words of a calculation are called on the page and on paper: the one place for their names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from app.benefits.values import BenefitMethod, Evidence
from app.core.benefits import Beneficiary, BenefitCategory
from app.core.costs import CostKind, Financier, Treatment

NAMES: Mapping[StrEnum, Any] = {
    CostKind.ONE_OFF: _l("Engångskostnad"),
    CostKind.OPERATION: _l("Drift och förvaltning"),
    CostKind.INTERNAL_HOURS: _l("Egen tid"),
    CostKind.CHANGE_MANAGEMENT: _l("Förändringsledning"),
    CostKind.CONTINGENCY: _l("Reserv"),
    Treatment.EXPENSED: _l("Driftkostnad"),
    Treatment.INVESTED: _l("Investering"),
    Financier.PROGRAMME: _l("Programmet"),
    Financier.OWN_BUDGET: _l("Egen budget"),
    BenefitCategory.FINANCIAL: _l("Finansiell nytta"),
    BenefitCategory.REDISTRIBUTION: _l("Omfördelning"),
    BenefitCategory.QUALITY: _l("Kvalitetsnytta"),
    Beneficiary.RESIDENTS: _l("Invånare"),
    Beneficiary.COMPANIES: _l("Företag"),
    Beneficiary.STAFF: _l("Medarbetare"),
    Beneficiary.DEPARTMENT: _l("Förvaltningen"),
    Beneficiary.CITY: _l("Hela staden"),
    BenefitMethod.SAVED_TIME: _l("Sparad tid"),
    BenefitMethod.UNIT_PRICE: _l("Antal × pris"),
    BenefitMethod.FIXED: _l("Fast belopp per år"),
    BenefitMethod.DESCRIBED: _l("Beskrivs i ord, utan pris"),
    Evidence.MEASURED: _l("Mätt"),
    Evidence.COMPARABLE: _l("Pilot eller jämförbart projekt"),
    Evidence.ESTIMATE: _l("Leverantörs eller sakkunnigs bedömning"),
    Evidence.ASSUMPTION: _l("Antagande"),
}
NOT_STATED = _l("Inte angivet")
"""Of what was written before it was asked."""

INPUTS: Mapping[str, Any] = {
    "amounts": _l("belopp per år"),
    "depreciation_years": _l("avskrivningstid"),
    "fixed_amount": _l("belopp per år"),
    "volume": _l("volym"),
    "minutes_saved": _l("sparade minuter"),
    "share": _l("andel som använder tjänsten"),
    "hourly_rate": _l("timkostnad"),
    "quantity": _l("antal"),
    "unit_price": _l("pris per styck"),
    "starts_on": _l("startdatum"),
    "end": _l("slutdatum"),
    "price_year": _l("prisår"),
    "ramp": _l("upptrappning"),
}
"""What a line can lack, as part of a sentence."""

STEPS: Mapping[str, Any] = {
    "full_year_effect": _l("Full effekt, ett helt år"),
    "price_year_conversion": _l("Omräknat till prisåret"),
    "weighted_months": _l("Månader med effekt"),
    "year_amount": _l("Årets nytta"),
}
"""The steps of a working."""

TERMS: Mapping[str, Any] = {
    "amount": _l("belopp per år"),
    "volume": _l("volym per år"),
    "minutes": _l("sparade minuter"),
    "minutes_per_hour": _l("minuter per timme"),
    "share": _l("andel"),
    "hourly_rate": _l("timkostnad"),
    "quantity": _l("antal per år"),
    "unit_price": _l("pris per styck"),
    "full_year_effect": _l("full effekt"),
    "price_year_conversion": _l("omräknad effekt"),
    "weighted_months": _l("månader"),
    "months_per_year": _l("månader per år"),
    "months": _l("månader"),
    "ramp": _l("upptrappning"),
    "index_to": _l("index för prisåret"),
    "index_from": _l("index för beloppets år"),
}
"""The numbers that a step is made of."""


def evidence_of(grade: Evidence | None) -> str:
    """How sure figures are, or that nobody has said so."""
    return str(NOT_STATED) if grade is None else name_of(grade)


def name_of(member: StrEnum) -> str:
    """The name of a kind, a category and so on, in the language of the moment."""
    return str(NAMES[member])
