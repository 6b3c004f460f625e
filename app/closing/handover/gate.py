"""Whether everything that remains has a receiver: what the end of a project asks."""

from __future__ import annotations

from flask_babel import gettext as _

from app.closing.handover import queries
from app.closing.handover.models import RestItem
from app.core.handover import Standing
from app.projects.models import Project

TOLD = 80
"""Signs of a thing that a sentence repeats."""


def handover_lacks(project: Project) -> list[str]:
    """Everything that is missing before what remains is handed over, in words; empty when nothing is."""
    left = [item for item in queries.items_of(project.id) if item.is_open]
    if left:
        return [_lacking(item) for item in left if not item.held(project.leader_id)]
    if queries.nothing_left_in(project) is None:
        return [_("Mottagaren har inte bekräftat att inget återstår.")]
    return []


def _lacking(item: RestItem) -> str:
    told = {"item": shortened(item.text).removesuffix("."), "department": item.department.name}
    if item.standing == Standing.NOTED:
        return _("%(department)s är inte tillfrågad om ”%(item)s”.", **told)
    if item.standing == Standing.ASKED:
        return _("%(department)s har inte svarat om ”%(item)s”.", **told)
    if item.standing == Standing.DECLINED:
        return _("%(department)s har avböjt ”%(item)s”.", **told)
    return _("”%(item)s” är mottagen av den som nu leder projektet. Någon annan måste ta emot.", **told)


def shortened(text: str) -> str:
    """The text, or its beginning."""
    return text if len(text) <= TOLD else f"{text[:TOLD].rstrip()} …"
