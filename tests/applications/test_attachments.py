"""Attachments: only files that are what their names say, never opened inside the product, never lost."""

from __future__ import annotations

import os
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from app.accepted.refusal import AttachmentError
from app.accepted.taking_in import take_in
from app.applications import attachments
from app.applications.models import Attachment
from app.applications.queries import attachments_of, versions_of
from app.applications.service import ask_for_signature, sign
from app.core.verdict import RefusedError
from app.core.workflow import Action
from app.db import db, transaction
from app.files import FileStore
from app.projects.models import Project
from app.projects.service import move, register
from tests.applications.files import PDF, bomb, pdf
from tests.conftest import NOW, Browser, Cast

LIMIT = 20 * 1024 * 1024


def send(
    browser: Browser, project: Project, name: str, content: bytes, description: str = ""
) -> TestResponse:
    return browser.post(
        f"/projekt/{project.id}/bilagor",
        data={"file": (BytesIO(content), name), "description": description},
        content_type="multipart/form-data",
    )


def test_a_file_is_added_listed_and_fetched(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    send(browser, project, "offert åäö.pdf", PDF, "Offert från leverantören")
    (row,) = attachments_of(project.id)
    page = browser.get(f"/projekt/{project.id}/ansokan/bilagor").text
    assert "offert åäö.pdf" in page
    assert "Offert från leverantören" in page
    with browser.get(f"/projekt/{project.id}/bilagor/{row.id}") as file:
        assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Type"] == "application/pdf"
    assert "default-src 'none'" in file.headers["Content-Security-Policy"]


def test_our_own_paper_can_be_attached(browser: Browser, cast: Cast, filled: Project) -> None:
    browser.sign_in(cast.leader)
    with browser.get(f"/projekt/{filled.id}/ansokan.pdf") as paper:
        assert send(browser, filled, "ansökan.pdf", paper.data).status_code == 302


def test_nothing_of_a_refused_file_is_kept(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    for name, content in (("bomb.docx", bomb()), ("skript.pdf", pdf(b"<< /S /JavaScript >>"))):
        assert send(browser, project, name, content).status_code == 422
    store: FileStore = browser.application.extensions["files"]
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []
    assert attachments_of(project.id) == []


def test_a_request_far_larger_than_a_file_may_be_is_cut_off(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(
        f"/projekt/{project.id}/bilagor",
        data=b"--x\r\n" + bytes(LIMIT + 2 * 1024 * 1024),
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413
    assert "högst 20 MB" in answer.text


def test_a_wrong_file_is_told_beside_the_field(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    answer = send(browser, project, "virus.exe", b"MZ", "Bara en fil")
    assert answer.status_code == 422
    assert "Filtypen går inte att ta emot" in answer.text
    assert "Bara en fil" in answer.text, "what was typed is kept"
    answer = browser.post(f"/projekt/{project.id}/bilagor", data={"description": "Ingen fil"})
    assert answer.status_code == 422
    assert "Välj en fil" in answer.text


def test_the_same_file_twice_is_one_attachment(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    for _click in range(2):
        send(browser, project, "offert.pdf", PDF)
    assert len(attachments_of(project.id)) == 1


def test_other_departments_cannot_fetch_it(browser: Browser, cast: Cast, project: Project) -> None:
    browser.sign_in(cast.leader)
    send(browser, project, "offert.pdf", PDF)
    (row,) = attachments_of(project.id)
    browser.post("/logga-ut")
    browser.sign_in(cast.other_leader)
    assert browser.get(f"/projekt/{project.id}/bilagor/{row.id}").status_code == 404
    assert browser.post(f"/projekt/{project.id}/bilagor/{row.id}/ta-bort").status_code == 404


def test_an_attachment_of_another_project_is_not_found(
    browser: Browser, cast: Cast, project: Project, filled: Project
) -> None:
    browser.sign_in(cast.leader)
    send(browser, project, "offert.pdf", PDF)
    (row,) = attachments_of(project.id)
    assert browser.get(f"/projekt/{filled.id}/bilagor/{row.id}").status_code == 404


def attached(cast: Cast, project: Project, name: str, store: FileStore) -> Attachment:
    file = take_in(BytesIO(PDF), filename=name, store=store, limit=LIMIT)
    return attachments.add_attachment(cast.leader, project, file, description="", now=NOW)


def test_a_removed_attachment_stays_with_the_version_that_had_it(
    browser: Browser, cast: Cast, filled: Project
) -> None:
    store: FileStore = browser.application.extensions["files"]
    with transaction():
        row = attached(cast, filled, "offert.pdf", store)
        ask_for_signature(cast.leader, filled, NOW)
        with pytest.raises(RefusedError):
            attachments.remove_attachment(cast.leader, filled, row, NOW)
        sign(cast.manager, filled, NOW)
    (version,) = versions_of(filled.id)
    assert [kept["sha256"] for kept in version.content["attachments"]] == [row.sha256]
    with transaction():
        register(cast.secretary, filled, NOW, due_on=None)
        move(cast.secretary, filled, Action.RETURN_FOR_COMPLETION, NOW)
        attachments.remove_attachment(cast.leader, filled, row, NOW)
    assert attachments_of(filled.id) == []
    assert store.path(row.sha256).read_bytes() == PDF
    browser.sign_in(cast.leader)
    with browser.get(f"/projekt/{filled.id}/bilagor/{row.id}") as file:
        assert file.data == PDF


def test_fifty_attachments_are_enough(app: object, cast: Cast, project: Project, browser: Browser) -> None:
    store: FileStore = browser.application.extensions["files"]
    with transaction():
        for number in range(50):
            attached(cast, project, f"{number}.pdf", store)
        with pytest.raises(AttachmentError, match="50 bilagor"):
            attached(cast, project, "51.pdf", store)


def test_pruning_leaves_what_attachments_refer_to_and_takes_the_rest(
    browser: Browser, cast: Cast, project: Project
) -> None:
    browser.sign_in(cast.leader)
    send(browser, project, "offert.pdf", PDF)
    (row,) = attachments_of(project.id)
    browser.post(f"/projekt/{project.id}/bilagor/{row.id}/ta-bort")
    store: FileStore = browser.application.extensions["files"]
    kept, orphan = store.path(row.sha256), store.path(store.keep(BytesIO(b"never committed")).sha256)
    db.session.rollback()
    for path in (kept, orphan):
        os.utime(path, (0, 0))
    answer = browser.application.test_cli_runner().invoke(args=["prune-files"])
    assert answer.output == "1 files are removed.\n"
    assert kept.exists()
    assert not orphan.exists()
