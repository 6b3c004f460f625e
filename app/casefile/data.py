"""The data of a case, which goes with its document: what a machine reads where a person reads the pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from app.applications.queries import newest_version
from app.casefile.contents import Part
from app.decisions.queries import decisions_of, opinions_of
from app.export.benefits import benefits_in
from app.export.cases import decision_data, opinion_data, project_data
from app.export.effects import effects_in
from app.export.everything import FORMAT
from app.export.money import asked_for_in, grants_of
from app.export.plain import Json, calculation_of, day
from app.projects.models import Project


def data_of(project: Project, parts: Sequence[Part], today: date) -> bytes:
    """The case as JSON: the parts of the export that are about it (docs/export.md), and each document's own
    content as it was fixed."""
    return json.dumps(_case(project, parts, today), ensure_ascii=False, indent=1).encode()


def _case(project: Project, parts: Sequence[Part], today: date) -> Json:
    return {
        "format": FORMAT,
        "exported_on": day(today),
        "project": project_data(project),
        "calculation": calculation_of(project, newest_version(project.id), today),
        "opinions": [opinion_data(row) for row in reversed(opinions_of(project.id))],
        "decisions": [decision_data(row, project) for row in reversed(decisions_of(project.id))],
        "grants": list(grants_of(project)),
        "requisitions": list(asked_for_in(project)),
        "benefits": benefits_in(project),
        "budget_effects": list(effects_in(project)),
        "documents": [{"name": part.name, "on": day(part.on), "content": part.content} for part in parts],
    }
