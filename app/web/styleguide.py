"""The invented case that the pages of /styleguide show, so that every macro can be seen in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    SelectMultipleField,
    widgets,
)
from wtforms import Form as PlainForm

from app import charts
from app.web.choices import Choice, Pick
from app.web.forms import DateField, Line, MoneyField, Password, Required, Text, WholeNumberField

# A plain text is a choice too, says WTForms 3.3; its type stubs are older.
_SCALE = [("1", "1 – liten"), ("2", "2 – måttlig"), ("3", "3 – stor")]
_DEPARTMENTS = [
    ("Stadsbyggnadsförvaltningen", "Stadsbyggnadsförvaltningen"),
    ("Trafikförvaltningen", "Trafikförvaltningen"),
]
_BENEFITS = [
    ("Finansiell nytta", "Finansiell nytta"),
    ("Omfördelning", "Omfördelning"),
    ("Kvalitetsnytta", "Kvalitetsnytta"),
]
_GROUPS: Any = ["Invånare", "Företag", "Medarbetare"]


PARTS = {"pages": _l("Sidor"), "lists": _l("Listor och diagram"), "forms": _l("Formulär")}
"""The guide's pages."""


class SampleMilestone(PlainForm):
    """A short row, shown as a table."""

    title = Line("Milstolpe", [Required("Ange vad som ska vara klart.")])
    due = DateField("Klar")
    cost = MoneyField("Kostnad")


class SampleRisk(PlainForm):
    """A long row, shown as a card."""

    text = Text("Vad kan hända?")
    likelihood = Pick("Sannolikhet", choices=_SCALE)
    impact = Pick("Konsekvens", choices=_SCALE)
    owner = Line("Ansvarig roll")


class SampleForm(PlainForm):
    """One field of each kind."""

    title = Line("Projektets namn", [Required("Ange ett namn på projektet.")])
    need = Text("Vilket behov finns?", [Required("Beskriv behovet.")])
    amount = MoneyField("Sökt belopp", [Required()], description="Hela kronor, utan moms.")
    volume = WholeNumberField("Volym")
    starts = DateField("Startdatum")
    department = Pick(
        "Ansvarig förvaltning",
        choices=_DEPARTMENTS,
    )
    category = Choice(
        "Vilket slags nytta är det?",
        [Required("Välj ett slags nytta.")],
        choices=_BENEFITS,
        description="Finansiell nytta tas hem i pengar, omfördelning som frigjord tid.",
    )
    groups = SelectMultipleField(
        "Vem får nyttan?",
        choices=_GROUPS,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    personal_data = BooleanField(
        "Tjänsten hanterar personuppgifter", description="Då behövs en konsekvensbedömning före start."
    )
    attachment = FileField("Bilaga")
    password = Password("Lösenord")
    number = Line("Diarienummer")
    milestones = FieldList(FormField(SampleMilestone))
    risks = FieldList(FormField(SampleRisk))
    nothing = FieldList(FormField(SampleMilestone))


@dataclass(frozen=True)
class SamplePage:
    """The third page of many."""

    number: int = 3
    pages: int = 9
    total: int = 217
    first: int = 51
    last: int = 75

    def url(self, number: int) -> str:
        """Nowhere: the sample has one page."""
        return f"#{number}"


def _chart() -> Markup:
    return charts.svg(
        charts.CostBenefitChart(
            title="Kostnad och nytta per år",
            finding="Nyttan överstiger kostnaden från 2028.",
            language="sv",
            words=charts.words(str),
            years=(2026, 2027, 2028, 2029, 2030),
            costs=tuple(map(Decimal, (2_400_000, 1_500_000, 300_000, 300_000, 300_000))),
            benefits=tuple(map(Decimal, (0, 1_150_000, 2_300_000, 2_300_000, 2_300_000))),
        )
    )


def samples() -> dict[str, Any]:
    """The context of templates/styleguide/*.html."""
    filled = SampleForm(
        data={
            "title": "Bygglov på nätet",
            "number": "LUP-2026-014",
            "amount": Decimal(4250000),
            "starts": date(2026, 10, 1),
            "category": "Omfördelning",
            "groups": ["Invånare"],
            "milestones": [
                {"title": "Förstudie godkänd", "due": date(2026, 12, 1), "cost": Decimal(250000)},
                {"title": "Första ansökan tas emot", "due": date(2027, 5, 1), "cost": Decimal(1400000)},
            ],
            "risks": [
                {"text": "Leverantören blir försenad.", "likelihood": "2 – måttlig", "impact": "3 – stor"}
            ],
        }
    )
    failed = SampleForm(MultiDict(_BAD_INPUT), prefix="failed")
    failed.validate()
    return {
        "sample_form": filled,
        "failed_form": failed,
        "sample_page": SamplePage(),
        "sample_chart": _chart(),
        "sample_events": _events(),
        "sort_url": lambda key: f"#{key}",
    }


_BAD_INPUT = {
    "failed-amount": "mycket",
    "failed-department": "Trafikförvaltningen",
    "failed-milestones-0-title": "",
    "failed-milestones-0-due": "2026-13-01",
}


def _events() -> list[dict[str, Any]]:
    return [
        {
            "time": datetime(2026, 8, 31, 12, 5, tzinfo=UTC),
            "time_text": "2026-08-31 14.05",
            "who": "Programsekretariatet",
            "what": "Begärde komplettering",
            "detail": "Utgångsvärdet för handläggningstiden saknar källa.",
        },
        {
            "time": datetime(2026, 8, 20, 7, 12, tzinfo=UTC),
            "time_text": "2026-08-20 09.12",
            "who": "Projektledaren",
            "what": "Ändrade kostnadsplanen",
            "changes": [
                {"field": "Sökt belopp", "from": "3 900 000 kr", "to": "4 250 000 kr"},
                {"field": "Startdatum", "from": None, "to": "2026-10-01"},
            ],
        },
        {
            "time": datetime(2026, 8, 14, 13, 40, tzinfo=UTC),
            "time_text": "2026-08-14 15.40",
            "who": "Verksamhetschefen",
            "what": "Skrev under ansökan",
        },
    ]
