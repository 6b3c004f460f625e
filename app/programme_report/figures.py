"""The figures of a frozen report as its reader sees them: amounts, tables, and the five that come first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.charts import Language
from app.core.plainly import number_of
from app.pdf.blocks import Column, KeyFigure, KeyFigures
from app.portfolio.asked import Lit
from app.web.formats import millions, number, percent

ZERO = Decimal(0)


@dataclass(frozen=True)
class Told:
    """A frozen report, and the language in which it is read."""

    document: Mapping[str, Any]
    language: Language

    def part(self, name: str) -> Mapping[str, Any]:
        """The figures of a part."""
        found: Mapping[str, Any] = self.document[name]
        return found

    def kronor(self, kept: str | None) -> str:
        """An amount of a table whose head says that it is kronor."""
        return number(number_of(kept), 0, self.language)

    def millions(self, kept: str | None) -> str:
        """An amount as it is said in a sentence."""
        return millions(number_of(kept), self.language)

    def share(self, kept: str | None) -> str:
        """A share in whole per cent."""
        return percent(number_of(kept), 0, self.language)

    def months(self, kept: str | None) -> str:
        """Months, with one decimal."""
        return number(number_of(kept), 1, self.language)


def amount_of(kept: str | None) -> Decimal:
    """An amount; nought for none."""
    return number_of(kept) or ZERO


def part_of(some: str | None, whole: str | None) -> str | None:
    """The share as it is kept; None of nothing."""
    base = amount_of(whole)
    return f"{amount_of(some) / base:f}" if base else None


def amounts(*labels: Any) -> tuple[Column, ...]:
    """Columns of figures."""
    return tuple(Column(str(label), numeric=True) for label in labels)


def first_figures(told: Told) -> tuple[KeyFigures, KeyFigures]:
    """The five figures that come first, each with its reason."""
    money, running, benefits = told.part("money"), told.part("running"), told.part("benefits")
    lights, late = running["lights"], running["late"]
    came = told.share(part_of(benefits["realised"], benefits["promised"]))
    return (
        KeyFigures(
            (
                KeyFigure(
                    _("Beviljat"),
                    told.millions(money["granted"]),
                    _(
                        "Ramen är %(frame)s, kvar att bevilja %(left)s",
                        frame=told.millions(money["frame"]),
                        left=told.millions(money["available"]),
                    ),
                ),
                KeyFigure(
                    _("Projekt som pågår"),
                    str(running["at_work"]),
                    _(
                        "%(red)s röda och %(yellow)s gula, %(late)s rapporter är sena",
                        red=lights[Lit.RED.value],
                        yellow=lights[Lit.YELLOW.value],
                        late=late["report"],
                    ),
                ),
            )
        ),
        KeyFigures(
            (
                KeyFigure(
                    _("Utlovad nytta"),
                    told.millions(benefits["promised"]),
                    ngettext("%(num)s nytta", "%(num)s nyttor", benefits["count"]),
                ),
                KeyFigure(
                    _("Realiserad nytta"),
                    told.millions(benefits["realised"]),
                    _("%(share)s av det utlovade, bara det som är mätt", share=came),
                ),
                KeyFigure(
                    _("Hemtaget i budget"),
                    told.millions(benefits["taken_home"]),
                    _("bokfört mot uppmätt nytta"),
                ),
            )
        ),
    )
