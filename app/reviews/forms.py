"""Forms of the completeness check, of the return for completion, and of the applicant's answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import FormField

from app.applications.sections import sections_for
from app.reviews.checklist import Check, Point
from app.reviews.models import Answer, ChecklistAnswer
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick
from app.web.forms import DateField, Form, Required, Text
from app.web.rows import Rows
from app.web.tags import Tag

ANSWER_TAGS = {
    Answer.COMPLETE: Tag(_l("Finns"), "good", "check"),
    Answer.LACKING: Tag(_l("Saknas"), "bad", "cross"),
    Answer.NOT_RELEVANT: Tag(_l("Inte aktuellt"), "neutral", "dash"),
}


class PointForm(PlainForm):
    """One point of the checklist."""

    answer = Choice(_l("Svar"), choices=[(key.value, tag.label) for key, tag in ANSWER_TAGS.items()])
    note = Text(_l("Anteckning"), limit=2000)

    def validate(self, extra_validators: Any = None) -> bool:
        """A note says something about an answer."""
        valid = bool(super().validate(extra_validators))
        if self.note.data and not self.answer.data and not self.answer.errors:
            self.answer.errors = [_("Välj ett svar till anteckningen.")]
            return False
        return valid


class CheckForm(ChangeForm):
    """The whole checklist; each point is a form of its own, named by the point's key."""

    def answers(self) -> dict[str, tuple[Answer, str]]:
        """The points that are answered."""
        return {
            field.short_name: (Answer(field.form.answer.data), field.form.note.data or "")
            for field in self
            if isinstance(field, FormField) and field.form.answer.data
        }


def check_form(points: Sequence[Point]) -> type[CheckForm]:
    """The form class of a checklist."""
    return type("PointsForm", (CheckForm,), {p.key: FormField(PointForm, p.check) for p in points})


def check_data(
    answers: Mapping[str, ChecklistAnswer], before: Mapping[str, ChecklistAnswer]
) -> dict[str, dict[str, str]]:
    """What is answered. What the version before had right is filled in, not yet saved."""
    right = {key: row for key, row in before.items() if row.answer != Answer.LACKING}
    return {key: {"answer": row.answer, "note": row.note} for key, row in {**right, **answers}.items()}


class QuestionForm(PlainForm):
    """A question and the section of the application that it concerns."""

    section = Pick(_l("Avsnitt"), [Required(_l("Välj avsnitt."))])
    text = Text(_l("Fråga"), [Required(_l("Skriv frågan, eller ta bort raden."))], limit=4000)


class ReturnForm(Form):
    """What the applicant is asked to complete, and by when."""

    message = Text(
        _l("Meddelande till projektledaren"),
        [Required(_l("Skriv kort vad som behöver kompletteras."))],
        limit=4000,
        description=_l("Två eller tre meningar. Frågorna ställer du under rätt avsnitt nedan."),
    )
    due_on = DateField(
        _l("Svar senast"),
        [
            Required(_l("Ange ett datum.")),
        ],
        description=_l("Till exempel 2027-03-31."),
    )
    questions = Rows(FormField(QuestionForm), max_entries=60)

    def offer_sections(self, kind: str) -> None:
        """Let every row choose among the sections of this kind of project."""
        choices = [("", _("Välj avsnitt")), *((section.key, section.title) for section in sections_for(kind))]
        for row in self.questions:
            row.form.section.choices = choices

    def asked(self) -> list[tuple[str, str]]:
        """Pairs of section and question."""
        return [(row.form.section.data, row.form.text.data or "") for row in self.questions]


def suggested_questions(check: Check, answers: Mapping[str, ChecklistAnswer]) -> list[dict[str, str]]:
    """A question for each point that is lacking: the handler's note, else the point's own words."""
    return [
        {"section": point.section, "text": answers[point.key].note or str(point.ask)}
        for point in check.lacking
    ]


class AnswerForm(ChangeForm):
    """The applicant's answer to one question; several stand on a page, so each has names of its own."""

    answer = Text(_l("Ditt svar"), limit=10_000)
