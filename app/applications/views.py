"""The pages of an application: writing it, reading it, signing it."""

from __future__ import annotations

from app.applications import views_paper, views_reading, views_signing, views_writing
from app.applications.blueprint import bp

__all__ = ["bp", "views_paper", "views_reading", "views_signing", "views_writing"]
