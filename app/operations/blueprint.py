"""The blueprint of services, which several modules of views share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("operations", __name__)
ONE = "/drift/<int:service_id>"
"""The address of a service, before what is asked about it."""
