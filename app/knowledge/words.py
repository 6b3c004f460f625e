"""What lessons are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.benefits.labels import NAMES, NOT_STATED
from app.benefits.values import Evidence
from app.closing.final_report.words import AREAS, GROUPS
from app.core.benefits import BenefitCategory
from app.core.conditions import Became
from app.core.final_report import Area, Group
from app.core.lessons import Answer, Kind
from app.knowledge.queries import Found
from app.web.tags import Tag

KINDS: Mapping[Kind, Tag] = {
    Kind.SUCCESS: Tag(_l("Framgångsfaktor"), "good", "check"),
    Kind.CHALLENGE: Tag(_l("Utmaning"), "waiting", "triangle"),
    Kind.OTHER: Tag(_l("Övrig lärdom"), "neutral", "circle"),
    Kind.RECOMMENDATION: Tag(_l("Rekommendation"), "info", "square"),
}
TRAITS: Mapping[str, Any] = {
    "category": _l("Slag av nytta"),
    "department": _l("Förvaltning"),
    "size": _l("Storlek"),
    "evidence": _l("Siffrornas säkerhet"),
    "year": _l("År då pengarna beviljades"),
}
"""What projects are grouped by."""

SIZES: Mapping[str, Any] = {
    "small": _l("Högst 1 mnkr"),
    "middling": _l("Över 1 till 3 mnkr"),
    "large": _l("Över 3 till 10 mnkr"),
    "very_large": _l("Över 10 mnkr"),
}
"""By what was granted (outcomes.LARGEST)."""

CATEGORIES: Mapping[str, Any] = {kind.value: NAMES[kind] for kind in BenefitCategory}
GRADES: Mapping[str, Any] = {**{grade.value: NAMES[grade] for grade in Evidence}, "not_stated": NOT_STATED}

CONDITIONS: Mapping[Became, Any] = {
    Became.IN_TIME: _l("Uppfyllda i tid"),
    Became.LATE: _l("Uppfyllda för sent"),
    Became.TO_COME: _l("Ska uppfyllas"),
    Became.OVERDUE: _l("Försenade"),
    Became.FELL: _l("Aldrig uppfyllda"),
}
"""What has become of conditions."""

ANSWERS: Mapping[Answer, Tag] = {
    Answer.DONE: Tag(_l("Tas om hand"), "good", "check"),
    Answer.IRRELEVANT: Tag(_l("Gäller inte"), "neutral", "dash"),
}


def lesson_tag(kind: Kind) -> Tag:
    """How a kind of lesson is shown."""
    return KINDS[kind]


def answer_tag(answer: str) -> Tag:
    """How an answer is shown."""
    return ANSWERS[Answer(answer)]


def told_by(lesson: Found) -> list[Any]:
    """What the lesson is about, and who told it."""
    about = [AREAS[Area(lesson.area)]] if lesson.area else []
    return [*about, *([GROUPS[Group(lesson.told_by)]] if lesson.told_by else [])]
