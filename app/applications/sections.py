"""The sections of an application, in the order in which they are asked."""

from __future__ import annotations

from app.applications.declaration import FieldSpec, Section, TableSpec, Text
from app.applications.declared import demands, goals, money, need, plan
from app.projects.models import ProjectKind

SECTIONS: tuple[Section, ...] = (
    *need.SECTIONS,
    *goals.SECTIONS,
    *plan.SECTIONS,
    *money.SECTIONS,
    *demands.SECTIONS,
)
_BY_KEY = {section.key: section for section in SECTIONS}
_BY_SLUG = {section.slug: section for section in SECTIONS}


def sections_for(kind: ProjectKind | str) -> tuple[Section, ...]:
    """What a project of this kind is asked, in order. A pre-study is asked less."""
    return tuple(section for section in SECTIONS if ProjectKind(kind) in section.kinds)


def section_for(kind: ProjectKind | str, key: str) -> Section | None:
    """One section, if a project of this kind has it."""
    section = _BY_KEY.get(key)
    return section if section is not None and ProjectKind(kind) in section.kinds else None


def section_by_key(key: str) -> Section:
    """One section of any kind; KeyError when there is none."""
    return _BY_KEY[key]


def section_by_slug(slug: str) -> Section | None:
    """The section with this part of the address."""
    return _BY_SLUG.get(slug)


def title_of(key: str) -> Text:
    """The section's title: what a question tied to it stands under. Unknown keys are shown as such."""
    section = _BY_KEY.get(key)
    return section.title if section else key


def spec_at(path: str) -> FieldSpec | TableSpec | None:
    """The declaration behind a path as the history writes it: `operation.owner`, `goals.effect_goals`."""
    key, _, name = path.partition(".")
    section = _BY_KEY.get(key)
    if section is None:
        return None
    specs: tuple[FieldSpec | TableSpec, ...] = (*section.fields, *section.tables)
    return next((spec for spec in specs if spec.key == name), None)
