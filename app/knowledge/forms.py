"""The shape of what an application answers to a lesson."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.lessons import Answer
from app.web.choices import Choice
from app.web.forms import Form, Required, Text


class LessonAnswerForm(Form):
    """What the project does with a lesson, or why it does not apply."""

    answer = Choice(
        _l("Vad gör ni med lärdomen?"),
        [Required(_l("Välj om ni tar hand om den eller om den inte gäller er."))],
        choices=[
            (Answer.DONE.value, _l("Vi tar hand om den")),
            (Answer.IRRELEVANT.value, _l("Den gäller inte oss")),
        ],
    )
    words = Text(
        _l("Hur, eller varför inte?"),
        [Required(_l("Skriv hur ni tar hand om den, eller varför den inte gäller."))],
        description=_l("Granskarna läser svaret tillsammans med ansökan."),
        limit=2000,
    )
