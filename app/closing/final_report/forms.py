"""The shape of a section of a final report as it is typed, and of what is said of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.closing.final_report import words
from app.closing.final_report.content import Content, GoalSaid, GroupSaid, MilestoneSaid, Words, place
from app.closing.final_report.ground import Ground
from app.closing.final_report.sections import GOALS, GROUPS, Section, texts_in
from app.core.final_report import Area, Fulfilment, Lesson, possible
from app.web.changing import ChangeForm
from app.web.choices import Pick, row_number
from app.web.forms import DateField, Form, Line, Required, Text

_LONG = 8000
_SHORT = 2000


class SectionForm(ChangeForm):
    """A section. Made by `section_form`, which knows what it asks."""

    section: Section
    ground: Ground

    def into(self, content: Content) -> Content:
        """The report with what is typed here in the place of what it said."""
        texts = {Words(name): self[name].data or "" for name in self._of(Words)}
        found = replace(content, texts={**content.texts, **texts})
        if self.section in GOALS:
            found = replace(found, goals={**content.goals, **dict(self._goals())})
        if self.section is Section.TIME:
            said = {row.key: self._milestone(row.key) for row in self.ground.milestones({})}
            found = replace(found, ended_on=self["ended_on"].data, milestones=said)
        if group := GROUPS.get(self.section):
            found = replace(found, groups={**content.groups, group: self._group()})
        return found

    def _of(self, names: type[Words]) -> Iterator[str]:
        return (field.short_name for field in self if field.short_name in set(names))

    def _goals(self) -> Iterator[tuple[str, GoalSaid]]:
        for goal in self.ground.goals_of(GOALS[self.section]):
            chosen = self[f"fulfilment_{goal.key}"].data
            yield (
                goal.key,
                GoalSaid(
                    Fulfilment(chosen) if chosen in set(Fulfilment) else None,
                    self[f"value_{goal.key}"].data or "",
                    self[f"comment_{goal.key}"].data or "",
                    self[f"role_{goal.key}"].data or "",
                    self[f"department_{goal.key}"].data,
                    self[f"by_{goal.key}"].data,
                ),
            )

    def _milestone(self, key: int) -> MilestoneSaid:
        return MilestoneSaid(self[f"reached_{key}"].data, self[f"note_{key}"].data or "")

    def _group(self) -> GroupSaid:
        return GroupSaid({name: self[name].data or "" for name in squares()}, self["absent"].data or "")


def squares() -> Iterator[str]:
    """The names of the squares of a group's grid."""
    return (place(lesson, area) for lesson in Lesson for area in Area)


def section_form(section: Section, ground: Ground) -> type[SectionForm]:
    """A form with a field for each question of the section."""
    fields: dict[str, Any] = {"section": section, "ground": ground}
    if section is Section.TIME:
        fields |= _time(ground)
    for text in texts_in(section, ground):
        fields[text.value] = Text(words.TEXTS[text], description=words.HINTS.get(text, ""), limit=_LONG)
    if section in GOALS:
        fields |= _goal_fields(section, ground)
    if section in GROUPS:
        fields |= {
            place(lesson, area): Text(words.AREAS[area], limit=_SHORT) for lesson in Lesson for area in Area
        }
        fields["absent"] = Text(words.FIELDS["absent"], limit=_SHORT)
    return type("SectionForm", (SectionForm,), fields)


def _time(ground: Ground) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "ended_on": DateField(
            words.FIELDS["ended"], description=_l("Den dag då projektets eget arbete är över.")
        )
    }
    for row in ground.milestones({}):
        fields[f"reached_{row.key}"] = DateField(words.FIELDS["reached"])
        fields[f"note_{row.key}"] = Line(words.FIELDS["note"], limit=300)
    return fields


def _goal_fields(section: Section, ground: Ground) -> dict[str, Any]:
    answers = [
        ("", _l("Välj")),
        *((row.value, words.FULFILMENTS[row].label) for row in possible(interrupted=ground.interrupted)),
    ]
    departments = [("", _l("Välj förvaltning")), *ground.departments.items()]
    fields: dict[str, Any] = {}
    for goal in ground.goals_of(GOALS[section]):
        fields |= {
            f"fulfilment_{goal.key}": Pick(words.FIELDS["fulfilment"], choices=answers),
            f"value_{goal.key}": Line(words.FIELDS["value"], limit=120),
            f"comment_{goal.key}": Text(words.FIELDS["comment"], limit=_SHORT),
            f"role_{goal.key}": Line(words.FIELDS["role"], limit=160),
            f"department_{goal.key}": Pick(
                words.FIELDS["department"], choices=departments, coerce=row_number
            ),
            f"by_{goal.key}": DateField(words.FIELDS["by"]),
        }
    return fields


def typed(content: Content, section: Section) -> dict[str, Any]:
    """What the report says, as the data of the section's form."""
    found: dict[str, Any] = {key.value: text for key, text in content.texts.items()}
    found["ended_on"] = content.ended_on
    for key, goal in content.goals.items():
        found |= {
            f"fulfilment_{key}": goal.fulfilment.value if goal.fulfilment else None,
            f"value_{key}": goal.value,
            f"comment_{key}": goal.comment,
            f"role_{key}": goal.role,
            f"department_{key}": goal.department_id,
            f"by_{key}": goal.by,
        }
    for number, milestone in content.milestones.items():
        found |= {f"reached_{number}": milestone.reached_on, f"note_{number}": milestone.note}
    return found | _typed_group(content, section)


def _typed_group(content: Content, section: Section) -> dict[str, Any]:
    if section not in GROUPS:
        return {}
    said = content.groups.get(GROUPS[section], GroupSaid())
    return {**said.lessons, "absent": said.absent}


class ReturnFinalReportForm(Form):
    """Why a final report comes back."""

    number = HiddenField()
    reason = Text(
        _l("Vad behöver rättas?"),
        [Required(_l("Skriv vad som behöver rättas."))],
        description=_l("Projektledaren läser det."),
        limit=_LONG,
    )


class ApproveFinalReportForm(Form):
    """That a final report stands as it is, so that the project ends."""

    number = HiddenField()
    words = Text(
        _l("Ord på vägen"),
        description=_l("Frivilligt. Står bredvid rapporten och läses av alla som ser ärendet."),
        limit=_LONG,
    )
