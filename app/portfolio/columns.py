"""The columns of the portfolio, in one place: for the page, and for whoever takes the rows along."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from flask_babel import lazy_gettext as _l


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    STATE = "state"
    LIGHT = "light"
    MONEY = "money"
    COUNT = "count"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field of a row, what it is called, and what it holds."""

    key: str
    label: Any
    kind: Kind = Kind.TEXT
    on_page: bool = False
    sorts: bool = False

    @property
    def as_head(self) -> dict[str, Any]:
        """As a table of a page has it."""
        money = self.kind is Kind.MONEY
        return {
            "key": self.key,
            "label": self.label,
            "numeric": money or self.kind is Kind.COUNT,
            "sortable": self.sorts,
            **({"unit": _l("kr")} if money else {}),
        }


COLUMNS: tuple[Column, ...] = (
    Column("title", _l("Projekt"), on_page=True, sorts=True),
    Column("case_number", _l("Diarienummer")),
    Column("kind", _l("Slag")),
    Column("department", _l("Förvaltning")),
    Column("round", _l("Omgång")),
    Column("state", _l("Status"), Kind.STATE, on_page=True, sorts=True),
    Column("decided_on", _l("Beslutat"), Kind.DAY),
    Column("light", _l("Läge"), Kind.LIGHT, on_page=True, sorts=True),
    Column("days_late", _l("Försening, dagar"), Kind.COUNT),
    Column("applied", _l("Sökt"), Kind.MONEY, on_page=True, sorts=True),
    Column("granted", _l("Beviljat"), Kind.MONEY, on_page=True, sorts=True),
    Column("paid", _l("Betalt"), Kind.MONEY, on_page=True, sorts=True),
    Column("left", _l("Kvar att rekvirera"), Kind.MONEY),
    Column("benefits", _l("Nyttor"), Kind.COUNT),
    Column("promised", _l("Utlovat"), Kind.MONEY, on_page=True, sorts=True),
    Column("yearly", _l("Utlovat per år"), Kind.MONEY),
    Column("forecast", _l("Prognos per år"), Kind.MONEY),
    Column("realised", _l("Realiserat"), Kind.MONEY, on_page=True, sorts=True),
    Column("taken_home", _l("Hemtaget"), Kind.MONEY),
    Column("unmeasured", _l("Nyttor som inte är mätta i tid"), Kind.COUNT),
    Column("risk", _l("Högsta risk"), Kind.COUNT, on_page=True, sorts=True),
    Column("high_risks", _l("Stora risker"), Kind.COUNT),
    Column("late", _l("Sent"), Kind.COUNT, on_page=True, sorts=True),
)

ON_PAGE = tuple(column for column in COLUMNS if column.on_page)
