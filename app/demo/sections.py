"""The sections of an invented application."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from app.core.money import allocate
from app.demo.case import Words
from app.demo.invention import Invention, asked_for, in_words

PARTS = (
    ("background", "solution", "goals", "scope"),
    ("milestones", "organisation", "procurement", "communication", "risks"),
    ("summary", "operation", "departments", "security", "impact"),
)
"""What is written in the first, second and third sitting."""


def sections_of(invention: Invention, costs: Sequence[Words]) -> dict[str, Words]:
    """Everything that an application of this kind is asked."""
    both: dict[str, Words] = {
        "summary": _summary(invention, costs),
        "background": _taken(invention, "need_today", "affected", "evidence", "if_nothing", "related"),
        "solution": _solution(invention),
        "goals": _goals(invention),
        "scope": _taken(invention, "included", "excluded", "dependencies"),
        "milestones": {"milestones": _milestones(invention)},
        "organisation": {"steering": invention.one_of("steering"), "roles": _roles(invention)},
        "departments": _departments(invention),
        "risks": {"risks": _risks(invention)},
    }
    return both if invention.is_pre_study else both | _service_sections(invention, costs)


def _taken(invention: Invention, *names: str) -> Words:
    return {name: invention.service[name] for name in names if name in invention.service}


def _summary(invention: Invention, costs: Sequence[Words]) -> Words:
    service, amount = invention.service, in_words(asked_for(costs))
    return {
        "summary": f"{service['in_short']} Vi söker {amount} kronor ur programmets ram.",
        "proposal": f"{service['lead']} beviljas {amount} kronor för ”{service['title']}”.",
        "period_start": invention.begins.isoformat(),
        "period_end": invention.ends.isoformat(),
    }


def _solution(invention: Invention) -> Words:
    service = invention.service
    if invention.is_pre_study:
        return {"solution": service["study"]}
    names = ("step", "actor", "volume", "minutes", "outcome")
    return {
        **_taken(invention, "solution", "new_ways", "alternatives"),
        "process_steps": [dict(zip(names, step, strict=True)) for step in service["steps"]],
    }


def _goals(invention: Invention) -> Words:
    service, ends = invention.service, invention.ends.isoformat()
    if invention.is_pre_study:
        report = {
            "goal": f"Svar på frågan: {service['question']}",
            "indicator": "Godkänd rapport med nyttokalkyl",
            "unit": "antal",
            "target": "1",
            "date": ends,
            "owner": "Projektledaren",
        }
        return {"project_goals": [report]}
    later = (invention.ends + timedelta(days=365)).isoformat()
    effects = ("goal", "indicator", "unit", "baseline", "target", "owner")
    delivers = ("goal", "indicator", "unit", "target")
    return {
        "effect_goals": [
            {**dict(zip(effects, row, strict=True)), "date": later} for row in service["effects"]
        ],
        "project_goals": [
            {
                **dict(zip(delivers, row, strict=True)),
                "baseline": "0",
                "date": ends,
                "owner": "Projektledaren",
            }
            for row in service["delivers"]
        ],
    }


def _milestones(invention: Invention) -> list[Words]:
    texts = invention.phrases["study_milestones" if invention.is_pre_study else "service_milestones"]
    length = (invention.ends - invention.begins).days
    return [
        {
            "milestone": text,
            "date": (invention.begins + timedelta(days=length * place // 100)).isoformat(),
            "responsible": responsible,
        }
        for text, place, responsible in texts
    ]


def _roles(invention: Invention) -> list[Words]:
    lead, *others = invention.departments
    share = invention.chance.choice(("0.4", "0.5", "0.6", "0.8"))
    roles = [{"role": "Projektledare", "department": lead, "share": share}]
    roles += [{"role": "Verksamhetsutvecklare", "department": lead, "share": "0.3"}]
    if not invention.is_pre_study:
        roles += [{"role": "Förändringsledare", "department": lead, "share": "0.2"}]
    return [*roles, *({"role": "Sakkunnig", "department": name, "share": "0.1"} for name in others)]


def _departments(invention: Invention) -> Words:
    names = invention.departments
    costs = _shares([Decimal(80), *[Decimal(10)] * (len(names) - 1)])
    gains = _shares([Decimal(60), *[Decimal(20)] * (len(names) - 1)])
    rows: list[dict[str, Any]] = [
        {"department": name, "cost_share": paid, "benefit_share": gained}
        for name, paid, gained in zip(names, costs, gains, strict=True)
    ]
    if invention.is_pre_study:
        rows = [{key: row[key] for key in ("department", "cost_share")} for row in rows]
    return {"agreement": invention.one_of("agreements") if len(names) > 1 else "", "shares": rows}


def _shares(weights: Sequence[Decimal]) -> list[str]:
    return [f"{part / 100}" for part in allocate(Decimal(100), weights)]


def _risks(invention: Invention) -> list[Words]:
    names = ("risk", "probability", "consequence", "action", "owner")
    found = [invention.service["risk"], *invention.some_of("risks", 1 if invention.is_pre_study else 2)]
    return [dict(zip(names, risk, strict=True)) for risk in found]


def _service_sections(invention: Invention, costs: Sequence[Words]) -> dict[str, Words]:
    route, described = invention.one_of("route")
    return {
        "procurement": {"route": route, "description": described},
        "communication": {"users": invention.one_of("users"), "staff": invention.one_of("staff")},
        "operation": _operation(invention, costs),
        "security": _security(invention),
        "impact": {**_taken(invention, "children", "equality"), "elderly": invention.one_of("elderly")},
    }


def _operation(invention: Invention, costs: Sequence[Words]) -> Words:
    service = invention.service
    yearly = next(iter(costs[-1]["amounts"].values()))
    last = max(int(year) for year in costs[-1]["amounts"])
    return {
        "owner": service["effects"][0][-1],
        "owner_department": service["lead"],
        "maintenance": invention.one_of("maintenance"),
        "yearly_cost": yearly,
        "payer": f"{service['lead']}, enhetens ordinarie budget",
        "financed_until": date(last, 12, 31).isoformat(),
        "supplier": invention.one_of("supplier"),
    }


def _security(invention: Invention) -> Words:
    confidentiality, integrity, availability = invention.service["classes"]
    names = ("requirement", "met", "comment")
    return {
        "confidentiality": confidentiality,
        "integrity": integrity,
        "availability": availability,
        "personal_data": "yes",
        "personal_data_how": invention.service["personal"],
        "accessibility": invention.one_of("accessibility"),
        "archiving": invention.one_of("archiving"),
        "requirements": [dict(zip(names, row, strict=True)) for row in invention.some_of("requirements", 3)],
    }
