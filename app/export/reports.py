"""Programmes' reports as plain data: every version that was issued, as it was frozen."""

from __future__ import annotations

from collections.abc import Iterator

from app.export.plain import Json, day
from app.programme_report import queries
from app.programmes.models import Programme


def reports_of(programme: Programme) -> Iterator[Json]:
    """What the programme has issued: by the time that each report is about, then by version."""
    for report, version in queries.issued_by(programme.id):
        yield {
            "programme_id": programme.id,
            "kind": report.kind,
            "starts_on": day(report.starts_on),
            "ends_on": day(report.ends_on),
            "version": version.number,
            "as_at": day(version.as_at),
            "issued_on": day(version.issued_at),
            "reason": version.reason,
            "sha256": version.content_sha256,
            "document": version.content,
        }
