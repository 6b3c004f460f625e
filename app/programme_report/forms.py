"""The shape of a part of a report as it is typed, of its day, and of why there is to be a later version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.programme_report import GoalStanding, ReportKind
from app.programme_report import words
from app.programme_report.content import Content, GoalSaid
from app.programme_report.questions import ASKED, Part
from app.programmes.models import Programme, ProgrammeGoal
from app.web.addresses import record_number
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick, row_number
from app.web.forms import DateField, Form, Line, Required, Text

_COMMENT = 2000
_SAID = ("measure", "value", "standing", "comment")


class BeginForm(Form):
    """Which report is begun. Made by `begin_form`, which knows the programmes and the years."""

    programme = Pick(_l("Program"), coerce=row_number, choices=[])
    kind = Choice(
        _l("Vad gäller rapporten?"),
        [Required(_l("Välj vad rapporten gäller."))],
        choices=[(kind.value, label) for kind, label in words.KINDS.items()],
    )
    year = Pick(
        _l("År"),
        coerce=row_number,
        choices=[],
        description=_l("En slututvärdering gäller hela programmet, vilket år du än väljer."),
    )

    @property
    def chosen(self) -> ReportKind:
        """What the report is to be about."""
        return ReportKind(self.kind.data)


def begin_form(programmes: Sequence[Programme], today: date, asked: Mapping[str, str]) -> BeginForm:
    """The form, with the years in which any programme has run, the latest first, and with what the address
    asks for."""
    form = BeginForm(
        data={
            "programme": record_number(asked.get("programme", "")),
            "kind": asked.get("kind"),
            "year": record_number(asked.get("year", "")),
        }
    )
    first = min(row.starts_on.year for row in programmes)
    form.programme.choices = [(row.id, row.name) for row in programmes]
    form.year.choices = [(year, str(year)) for year in range(today.year, first - 1, -1)]
    return form


class PartForm(ChangeForm):
    """A part of a report. Made by `part_form`, which knows what it asks."""

    part: Part
    goals: Sequence[ProgrammeGoal]

    def into(self, content: Content) -> Content:
        """The report with what is typed here in the place of what it said."""
        texts = {question.ask: self[question.ask.value].data or "" for question in ASKED[self.part]}
        goals = {str(goal.id): self._goal(goal) for goal in self.goals}
        return replace(content, texts={**content.texts, **texts}, goals={**content.goals, **goals})

    def _goal(self, goal: ProgrammeGoal) -> GoalSaid:
        measure, value, standing, comment = (self[f"{name}_{goal.id}"].data or "" for name in _SAID)
        known = GoalStanding(standing) if standing in set(GoalStanding) else None
        return GoalSaid(measure, value, known, comment)


def part_form(part: Part, goals: Sequence[ProgrammeGoal]) -> type[PartForm]:
    """A form with a field for each text of the part, and in its own part for each goal of the programme."""
    asked = goals if part is Part.GOALS else ()
    fields: dict[str, Any] = {"part": part, "goals": asked}
    for goal in asked:
        fields |= _goal_fields(goal)
    for question in ASKED[part]:
        label, hint = words.TEXTS[question.ask], words.HINTS.get(question.ask, "")
        fields[question.ask.value] = Text(label, description=hint, limit=question.limit)
    return type("PartForm", (PartForm,), fields)


def _goal_fields(goal: ProgrammeGoal) -> dict[str, Any]:
    answers = [("", _l("Välj")), *((key.value, tag.label) for key, tag in words.STANDINGS.items())]
    return {
        f"measure_{goal.id}": Line(words.FIELDS["measure"]),
        f"value_{goal.id}": Line(words.FIELDS["value"]),
        f"standing_{goal.id}": Pick(words.FIELDS["standing"], choices=answers),
        f"comment_{goal.id}": Text(words.FIELDS["comment"], limit=_COMMENT),
    }


def typed(content: Content) -> dict[str, Any]:
    """What the report says, as the data of a part's form."""
    found: dict[str, Any] = {ask.value: text for ask, text in content.texts.items()}
    for key, said in content.goals.items():
        found |= {
            f"measure_{key}": said.measure,
            f"value_{key}": said.value,
            f"standing_{key}": said.standing.value if said.standing else None,
            f"comment_{key}": said.comment,
        }
    return found


class DayForm(ChangeForm):
    """The day whose figures the report has."""

    as_at = DateField(
        _l("Siffrorna gäller dagen"),
        [Required(_l("Ange ett datum, till exempel 2027-04-30."))],
        description=_l("Det som var känt vid dagens slut. Dagen ska vara över när rapporten ges ut."),
    )


class ReviseForm(Form):
    """Why there is to be a later version."""

    reason = Text(
        _l("Varför behövs en ny version?"),
        [Required(_l("Skriv varför en ny version behövs."))],
        description=_l("Står i den nya versionen. Den gamla ligger kvar som den är."),
        limit=1000,
    )


class ThrowAwayForm(Form):
    """Why a draft is thrown away."""

    reason = Text(
        _l("Varför kastas utkastet?"),
        [Required(_l("Skriv varför utkastet kastas."))],
        description=_l("Står i historiken. Det som är skrivet i utkastet går inte att få tillbaka."),
        limit=1000,
    )
