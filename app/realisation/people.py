"""Who can own a benefit or measure it: those who read the case for the department, and the project leader."""

from __future__ import annotations

from typing import NamedTuple

from app.closing.handover import queries as handover
from app.projects.models import Project


class Candidate(NamedTuple):
    """Somebody who can be named."""

    id: int
    name: str


def candidates(project: Project, department_id: int | None = None) -> list[Candidate]:
    """The managers and controllers of the departments that take part in the case, of this one too, and the
    project leader; each once, by department and name."""
    reading = handover.reading_departments(project) | ({department_id} if department_id else set())
    found = {project.leader_id: Candidate(project.leader_id, project.leader.name)}
    for row in handover.candidates():
        if row.department_id in reading:
            found.setdefault(row.person_id, Candidate(row.person_id, f"{row.name}, {row.department}"))
    return list(found.values())
