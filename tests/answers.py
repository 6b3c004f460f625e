"""What a complete application answers, for the tests' story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "summary": {
        "summary": "Den som vill ha en uteservering ska kunna söka på nätet och få svar inom en vecka.",
        "proposal": "Miljöförvaltningen beviljas 1 500 000 kronor ur programmets ram.",
        "period_start": "2027-09-01",
        "period_end": "2028-06-30",
    },
    "background": {
        "need_today": "Varje år ringer 9 200 personer för att fråga hur långt deras ärende har kommit.",
        "affected": "6 000 sökande och 22 handläggare.",
        "evidence": "Samtalsstatistik från 2026.",
        "if_nothing": "Kötiden växer med två veckor om året.",
        "related": "Trafikkontorets e-tjänst för markupplåtelse.",
    },
    "solution": {
        "solution": "En e-tjänst på stadens plattform.",
        "new_ways": "Registratorn slutar mata in ansökningar.",
        "alternatives": "En bättre blankett. Den kortar inte kötiden.",
        "process_steps": [
            {
                "step": "Registrera ansökan",
                "actor": "Registrator",
                "volume": "9200",
                "minutes": "12",
                "outcome": "removed",
            }
        ],
    },
    "goals": {
        "effect_goals": [
            {
                "goal": "Sökande får besked snabbare",
                "indicator": "Mediantid från ansökan till beslut",
                "unit": "dagar",
                "baseline": "42",
                "target": "7",
                "date": "2029-03-31",
                "owner": "Enhetschef, tillstånd",
            }
        ],
        "project_goals": [
            {
                "goal": "E-tjänsten är i drift",
                "indicator": "Andel ärendetyper i tjänsten",
                "unit": "%",
                "target": "100",
                "date": "2028-06-30",
            }
        ],
    },
    "scope": {
        "included": "Nya tillstånd och förlängningar.",
        "excluded": "Tillsyn och avgifter.",
        "dependencies": "Stadens e-tjänstplattform version 4.",
    },
    "milestones": {
        "milestones": [{"milestone": "Första ansökan är mottagen", "date": "2028-03-01"}],
    },
    "organisation": {
        "steering": "Styrgruppen möts varannan månad.",
        "roles": [{"role": "Projektledare", "department": "LEAD", "share": "0.6"}],
    },
    "procurement": {"route": "framework", "description": "Avrop på ramavtalet för systemutveckling."},
    "communication": {
        "users": "Brev till alla med tillstånd i februari.",
        "staff": "En halv dags utbildning för alla handläggare.",
    },
    "operation": {
        "owner": "Avdelningschef, tillstånd",
        "owner_department": "LEAD",
        "maintenance": "Förvaltningsledaren beslutar om ändringar varje kvartal.",
        "yearly_cost": "310000",
        "payer": "Tillståndsenhetens ordinarie budget",
        "financed_until": "2031-12-31",
        "supplier": "Stadens e-tjänstplattform",
    },
    "departments": {
        "agreement": "Båda cheferna har godkänt fördelningen.",
        "shares": [
            {"department": "LEAD", "cost_share": "0.8", "benefit_share": "0.6"},
            {"department": "OTHER", "cost_share": "0.2", "benefit_share": "0.4"},
        ],
    },
    "security": {
        "confidentiality": "2",
        "integrity": "3",
        "availability": "2",
        "personal_data": "yes",
        "personal_data_how": "Namn och adress till sökande.",
        "accessibility": "Prövas mot WCAG 2.2 AA före start.",
        "archiving": "Ansökan och beslut bevaras i e-arkivet.",
        "requirements": [{"requirement": "Inloggning med stadens gemensamma funktion", "met": "yes"}],
    },
    "risks": {
        "risks": [
            {
                "risk": "Färre än väntat använder tjänsten.",
                "probability": "3",
                "consequence": "4",
                "action": "Vi följer andelen varje vecka.",
                "owner": "Projektledare",
            }
        ],
    },
    "impact": {
        "children": "Kartan visar skolvägar.",
        "equality": "Andelen kvinnor bland de sökande följs upp.",
        "elderly": "Den som behöver får hjälp per telefon.",
    },
}
"""A complete application. LEAD and OTHER stand for the ids of the cast's departments."""
