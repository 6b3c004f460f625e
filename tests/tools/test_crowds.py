"""What is measured on can be made: a programme with many projects that run and report."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import func, select

from app.core.workflow import State
from app.db import db
from app.delivery.reports.models import ReportVersion
from app.projects.models import Project
from tests.apps import close_database, make_app
from tests.conftest import NOW
from tools import running_crowd

WANTED = 9


def test_a_crowd_of_running_projects_has_sent_its_reports(empty_database: Path, tmp_path: Path) -> None:
    shutil.copy(empty_database, tmp_path / "crowd.sqlite3")
    with make_app(f"sqlite:///{tmp_path / 'crowd.sqlite3'}", tmp_path).app_context():
        running_crowd.fill(WANTED, NOW)
        assert list(db.session.scalars(select(Project.state))) == [State.RUNNING.value] * WANTED
        reporting = select(func.count(ReportVersion.project_id.distinct()))
        assert (db.session.scalar(reporting) or 0) > WANTED // 2
        close_database()
