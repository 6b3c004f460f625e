"""What tests of the calculation's pages read and fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.benefits import queries
from app.benefits.models import BenefitLine, CostLine
from app.projects.models import Project

SPACE = "\u00a0"


def kr(amount: int) -> str:
    return f"{amount:,}".replace(",", SPACE)


def cells(text: str, caption: str) -> list[list[str]]:
    """The cells of the table with this caption, row by row, the foot included."""
    table = next(part for part in text.split("<table")[1:] if re.search(rf"<caption[^>]*>{caption}", part))
    rows = re.findall(r"<tr.*?</tr>", table.split("</table>")[0], re.DOTALL)
    return [
        [
            re.sub(r"(<[^>]+>|[ \n])+", " ", cell).strip(" ")
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def cost_fields(**changes: str) -> dict[str, str]:
    fields = {
        "description": "Införande",
        "kind": "one_off",
        "department_id": "1",
        "financier": "programme",
        "treatment": "expensed",
        "amount_2027": "1 250 000",
        "depreciation_years": "",
        "source": "",
    }
    return fields | changes


def benefit_fields(**changes: str) -> dict[str, str]:
    fields = {
        "description": "Färre brev",
        "category": "financial",
        "beneficiary": "department",
        "department_id": "1",
        "method": "unit_price",
        "quantity": "18 000",
        "unit_price": "13,50",
        "starts_on": "2028-01-01",
    }
    return fields | changes


def lines(project: Project) -> tuple[Sequence[CostLine], Sequence[BenefitLine]]:
    found = queries.lines_of(project.id)
    return found.costs, found.benefits
