"""Which version of a report the address asks for."""

from __future__ import annotations

from flask import abort, request

from app.delivery.reports.models import ReportVersion
from app.delivery.reports.queries import ReportOf
from app.web.addresses import record_number


def asked_version(found: ReportOf) -> ReportVersion:
    """The one that the address names, else the newest; one that there is not is not found."""
    number = record_number(request.args.get("version", ""))
    if number is None:
        return found.newest or abort(404)
    return next((row for row in found.versions if row.number == number), None) or abort(404)
