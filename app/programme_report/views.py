"""The programme's reports as they are read: the list, one report, what was issued, and the same on paper."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.session import now, today, viewer
from app.jobs import service as jobs
from app.programme_report import pages, policy, projects, queries, reminding, views_writing, waiting, words
from app.programme_report.blueprint import bp
from app.programme_report.printing import REPORT
from app.programme_report.queries import ReportOf, VersionOf
from app.web.access import requires
from app.web.pages import Page, page_number

__all__ = ["bp", "reminding", "views_writing"]

ALL = "/programrapporter"
AT = f"{ALL}/<int:report_id>"
VERSION = f"{AT}/version/<int:number>"


@bp.get(ALL)
@requires(policy.may_read_reports)
def all_reports() -> ResponseReturnValue:
    """The reports that are issued; for the secretariat also those that are being written."""
    return render_template(
        "programme_report/list.html",
        rows=queries.listed(viewer()),
        owed=[row for row in waiting.to_write(viewer(), today()) if row.due_on],
        today=today(),
        may_begin=bool(policy.may_begin(viewer())),
        words=words,
    )


@bp.get(AT)
@requires(policy.may_open, load=queries.report_for)
def report(found: ReportOf) -> ResponseReturnValue:
    """Where a report stands: what is left to write, and every version that was issued."""
    page = pages.report_page(viewer(), found, today())
    return render_template("programme_report/report.html", page=page, found=found, words=words)


@bp.get(VERSION)
@requires(policy.may_read_reports, load=queries.version_for)
def version(opened: VersionOf) -> ResponseReturnValue:
    """A version as it was issued: its summary, or the part that the address names."""
    numbers: dict[str, Any] = {"report_id": opened.found.report.id, "number": opened.version.number}
    return render_template(
        "programme_report/version.html",
        found=opened.found,
        version=opened.version,
        before=opened.before,
        name=pages.name_of(opened.found),
        shown=pages.shown(
            opened.version.content, request.args.get("del", ""), partial(url_for, ".version", **numbers)
        ),
    )


@bp.get(f"{VERSION}/projekt")
@requires(policy.may_read_reports, load=queries.version_for)
def version_projects(opened: VersionOf) -> ResponseReturnValue:
    """Every project of a version, as it stood then."""
    told = pages.told_of(opened.version.content)
    rows = told.document["projects"]
    page = Page(page_number(), len(rows), 20).within()
    some = rows[page.offset : page.offset + page.size]
    return render_template(
        "programme_report/projects.html",
        found=opened.found,
        version=opened.version,
        name=pages.name_of(opened.found),
        table=projects.table_of(told, some),
        told=list(projects.told_blocks(some)),
        page=page,
    )


@bp.get(f"{VERSION}/jamfor")
@requires(policy.may_read_reports, load=queries.later_version_for)
def compare(opened: VersionOf) -> ResponseReturnValue:
    """What a version says otherwise than the one before it."""
    found = pages.compared(opened)
    page = Page(page_number(), len(found.projects), 20).within()
    return render_template(
        "programme_report/compare.html",
        found=opened.found,
        version=opened.version,
        before=opened.before,
        name=pages.name_of(opened.found),
        comparison=found,
        table=found.table_of(found.projects[page.offset : page.offset + page.size]),
        page=page,
    )


@bp.post(f"{VERSION}/bestall")
@requires(policy.may_read_reports, load=queries.version_for)
def order(opened: VersionOf) -> ResponseReturnValue:
    """Have a version made as one document, and be told when it is there."""
    asked = {"report_id": opened.found.report.id, "number": opened.version.number}
    title = pages.title_of(opened)
    job = jobs.ask(viewer(), REPORT, asked, title, now())
    return redirect(url_for("jobs.job", job_id=job.id))
