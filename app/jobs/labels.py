"""How far a piece of work has come, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from app.jobs.models import Job


def told(job: Job) -> str:
    """For who waits."""
    if not job.total:
        return job.word or _("Arbetet väntar på sin tur eller har just börjat.")
    counted = _("%(done)s av %(total)s delar är klara.", done=job.done, total=job.total)
    return f"{counted} {job.word}".strip()
