"""Risks and issues as somebody writes them: what the service takes, and what a decided application says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.delivery.plans.proposal import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueValues:
    """What has happened, and what is to be done."""

    text: str
    consequence: int
    action: str
    owner: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskValues(IssueValues):
    """What may happen."""

    probability: int


def risks_in(version: Document) -> Iterator[RiskValues]:
    """The risks of an application, as it was signed. What has no place on the scale cannot be weighed."""
    for row in version["sections"].get("risks", {}).get("risks", ()):
        if row.get("risk") and row.get("probability") and row.get("consequence"):
            yield RiskValues(
                text=row["risk"],
                probability=int(row["probability"]),
                consequence=int(row["consequence"]),
                action=row.get("action", ""),
                owner=row.get("owner", ""),
            )
