"""The shape of a section of a follow-up as it is typed, and of what is said of a follow-up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField

from app.closing.final_report.words import FULFILMENTS
from app.core.final_report import Fulfilment, possible
from app.core.follow_up import Coming
from app.follow_up import words
from app.follow_up.content import BenefitSaid, Content, GoalSaid, Remaining, Value
from app.follow_up.ground import Ground
from app.follow_up.questions import Kind, Question, Section, questions_in
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick, row_number
from app.web.forms import DateField, DecimalField, Form, Line, MoneyField, Required, Text, WholeNumberField
from app.web.rows import Rows

_LONG = 8000
_SHORT = 2000
MOST_REMAINING = 20


class RemainingForm(PlainForm):
    """Something that is left to do."""

    text = Text(words.FIELDS["text"], limit=_SHORT)
    owner = Line(words.FIELDS["owner"], limit=200)
    due_on = DateField(words.FIELDS["due_on"])


class SectionForm(ChangeForm):
    """A section. Made by `section_form`, which knows what it asks."""

    section: Section
    ground: Ground

    def into(self, content: Content) -> Content:
        """The follow-up with what is typed here in the place of what it said."""
        answers = {question.ask: self._answer(question) for question in questions_in(self.section)}
        found = replace(content, answers={**content.answers, **answers})
        if self.section is Section.GOALS:
            found = replace(found, goals={**content.goals, **dict(self._goals())})
        if self.section is Section.BENEFITS:
            found = replace(found, benefits={**content.benefits, **dict(self._benefits())})
        if self.section is Section.REST:
            found = replace(found, remaining=[row for row in self._remaining() if not row.is_empty])
        return found

    def _answer(self, question: Question) -> Value:
        value = self[question.ask.value].data
        if question.kind is Kind.COUNT and value is not None:
            return int(value)
        return value or None if isinstance(value, str) else value

    def _goals(self) -> Iterator[tuple[str, GoalSaid]]:
        for goal in self.ground.goals:
            chosen = self[f"fulfilment_{goal.key}"].data
            fulfilment = Fulfilment(chosen) if chosen in set(Fulfilment) else None
            value, comment = self[f"value_{goal.key}"].data or "", self[f"comment_{goal.key}"].data or ""
            yield goal.key, GoalSaid(fulfilment, value, comment)

    def _benefits(self) -> Iterator[tuple[str, BenefitSaid]]:
        for row in self.ground.benefits:
            chosen = self[f"coming_{row.key}"].data
            coming = Coming(chosen) if chosen in set(Coming) else None
            yield row.key, BenefitSaid(coming, self[f"seen_{row.key}"].data or "")

    def _remaining(self) -> Iterator[Remaining]:
        rows: Any = self["remaining"]
        for row in (entry.form for entry in rows):
            yield Remaining(row.text.data or "", row.owner.data or "", row.due_on.data)


def section_form(section: Section, ground: Ground) -> type[SectionForm]:
    """A form with a field for each question of the section."""
    fields: dict[str, Any] = {"section": section, "ground": ground}
    for question in questions_in(section):
        fields[question.ask.value] = _FIELDS[question.kind](question, ground)
    if section is Section.GOALS:
        fields |= _goal_fields(ground)
    if section is Section.BENEFITS:
        fields |= _benefit_fields(ground)
    if section is Section.REST:
        fields["remaining"] = Rows(FormField(RemainingForm), max_entries=MOST_REMAINING)
    return type("SectionForm", (SectionForm,), fields)


def _named(question: Question) -> dict[str, Any]:
    return {"label": words.QUESTIONS[question.ask], "description": words.HINTS.get(question.ask, "")}


def _choice(question: Question, _ground: Ground) -> Any:
    offered = words.CHOICES[question.choices] if question.choices else {}
    return Choice(**_named(question), choices=[(key.value, label) for key, label in offered.items()])


def _department(question: Question, ground: Ground) -> Any:
    departments = [("", _l("Välj förvaltning")), *ground.departments.items()]
    return Pick(**_named(question), choices=departments, coerce=row_number)


_FIELDS: dict[Kind, Callable[[Question, Ground], Any]] = {
    Kind.TEXT: lambda question, _ground: Text(**_named(question), limit=_LONG),
    Kind.LINE: lambda question, _ground: Line(**_named(question), limit=200),
    Kind.COUNT: lambda question, _ground: WholeNumberField(**_named(question), minimum=0, maximum=10**9),
    Kind.NUMBER: lambda question, _ground: DecimalField(**_named(question), minimum=0, maximum=10**7),
    Kind.MONEY: lambda question, _ground: MoneyField(**_named(question), minimum=0),
    Kind.DAY: lambda question, _ground: DateField(**_named(question)),
    Kind.CHOICE: _choice,
    Kind.DEPARTMENT: _department,
}


def _goal_fields(ground: Ground) -> dict[str, Any]:
    answers = [
        ("", _l("Välj")),
        *((row.value, FULFILMENTS[row].label) for row in possible(interrupted=False)),
    ]
    fields: dict[str, Any] = {}
    for goal in ground.goals:
        fields |= {
            f"fulfilment_{goal.key}": Pick(words.FIELDS["fulfilment"], choices=answers),
            f"value_{goal.key}": Line(words.FIELDS["value"], limit=120),
            f"comment_{goal.key}": Text(words.FIELDS["comment"], limit=_SHORT),
        }
    return fields


def _benefit_fields(ground: Ground) -> dict[str, Any]:
    answers = [("", _l("Välj")), *((key.value, tag.label) for key, tag in words.COMING.items())]
    fields: dict[str, Any] = {}
    for row in ground.benefits:
        fields |= {
            f"coming_{row.key}": Pick(words.FIELDS["coming"], choices=answers),
            f"seen_{row.key}": Text(words.FIELDS["seen"], limit=_SHORT),
        }
    return fields


def typed(content: Content) -> dict[str, Any]:
    """What the follow-up says, as the data of a section's form."""
    found: dict[str, Any] = {ask.value: value for ask, value in content.answers.items()}
    for key, goal in content.goals.items():
        found |= {
            f"fulfilment_{key}": goal.fulfilment.value if goal.fulfilment else None,
            f"value_{key}": goal.value,
            f"comment_{key}": goal.comment,
        }
    for key, benefit in content.benefits.items():
        found |= {
            f"coming_{key}": benefit.coming.value if benefit.coming else None,
            f"seen_{key}": benefit.comment,
        }
    found["remaining"] = [
        {"text": row.text, "owner": row.owner, "due_on": row.due_on} for row in content.remaining
    ]
    return found


class ReturnFollowUpForm(Form):
    """Why a follow-up comes back."""

    number = HiddenField()
    reason = Text(
        _l("Vad behöver rättas?"),
        [Required(_l("Skriv vad som behöver rättas."))],
        description=_l("Verksamhetschefen och projektledaren läser det."),
        limit=_LONG,
    )


class ApproveFollowUpForm(Form):
    """That a follow-up stands as it is."""

    number = HiddenField()
    words = Text(
        _l("Ord på vägen"),
        description=_l("Frivilligt. Står bredvid uppföljningen och läses av alla som ser ärendet."),
        limit=_LONG,
    )


class CloseProjectForm(Form):
    """That a project is closed."""

    words = Text(
        _l("Slutord"),
        description=_l("Frivilligt. Står i ärendets historik."),
        limit=_LONG,
    )
