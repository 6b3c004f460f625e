"""Attachments: only files that are what their names say, never opened inside the product, never lost."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from app.applications import attachments
from app.applications.attachments import AttachmentError, checked_type, clean_name
from app.applications.queries import attachments_of, versions_of
from app.applications.service import ask_for_signature, sign
from app.core.verdict import RefusedError
from app.core.workflow import Action
from app.db import transaction
from app.files import FileStore
from app.projects.models import Project
from app.projects.service import move, register
from tests.conftest import NOW, Browser, Cast

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40
MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE


def office(folder: str, extra: int = 0) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}/document.xml", "<document/>")
        for number in range(extra):
            archive.writestr(f"{folder}/media/{number}", "")
    return stream.getvalue()


def bomb() -> bytes:
    """A small Word file whose directory claims that a part unpacks to four gigabytes."""
    content = bytearray(office("word"))
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, entry + 24, 0xFFFFFFFE)
    return bytes(content)


GOOD = {
    "underlag.pdf": (PDF, "application/pdf"),
    "skärmbild.PNG": (PNG, "image/png"),
    "foto.jpg": (JPEG, "image/jpeg"),
    "foto.jpeg": (JPEG, "image/jpeg"),
    "offert v1.2.docx": (
        office("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "kalkyl.xlsx": (office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "bilder.pptx": (
        office("ppt"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}  # fmt: skip

BAD = {
    "tom.pdf": (b"", "Filen är tom"),
    "stor.pdf": (b"%PDF-" + b"x" * LIMIT, "för stor"),
    "skript.exe": (b"MZ", "Filtypen går inte att ta emot"),
    "sida.html": (b"<html>", "Filtypen går inte att ta emot"),
    "bild.svg": (b"<svg/>", "Filtypen går inte att ta emot"),
    "utan ändelse": (PDF, "Filtypen går inte att ta emot"),
    "makron.docm": (office("word"), "Filtypen går inte att ta emot"),
    "bild.pdf": (PNG, "stämmer inte"),
    "text.pdf": (b"<script>alert(1)</script>", "stämmer inte"),
    "blad.docx": (office("xl"), "stämmer inte"),
    "arkiv.docx": (b"PK\x03\x04 trasigt", "stämmer inte"),
    "faktura.exe.pdf": (PDF, "dubbla ändelser"),
    "sida.html.png": (PNG, "dubbla ändelser"),
    "bomb.docx": (bomb(), "packar upp"),
    "många.docx": (office("word", extra=5_001), "packar upp"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_taken_in(name: str) -> None:
    content, media_type = GOOD[name]
    assert checked_type(BytesIO(content), name, limit=LIMIT) == media_type


@pytest.mark.parametrize("name", BAD)
def test_any_other_file_is_refused_with_advice(app: object, name: str) -> None:
    content, advice = BAD[name]
    with pytest.raises(AttachmentError) as refused:
        checked_type(BytesIO(content), name, limit=LIMIT)
    assert advice in str(refused.value.reason)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Mina dokument\\offert.pdf", "offert.pdf"),
        ("../../etc/offert.pdf", "offert.pdf"),
        ('a"b<c>\r\nd.pdf', "abcd.pdf"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        (" .pdf ", "pdf"),
    ],
)
def test_a_file_keeps_its_own_name_and_nothing_else(given: str, kept: str) -> None:
    assert clean_name(given) == kept


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


def test_a_removed_attachment_stays_with_the_version_that_had_it(
    browser: Browser, cast: Cast, filled: Project
) -> None:
    store: FileStore = browser.application.extensions["files"]
    with transaction():
        row = attachments.add_attachment(
            cast.leader, filled, BytesIO(PDF), filename="offert.pdf", description="", store=store,
            limit=LIMIT, now=NOW,
        )  # fmt: skip
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
            attachments.add_attachment(
                cast.leader, project, BytesIO(PDF), filename=f"{number}.pdf", description="", store=store,
                limit=LIMIT, now=NOW,
            )  # fmt: skip
        with pytest.raises(AttachmentError, match="50 bilagor"):
            attachments.add_attachment(
                cast.leader, project, BytesIO(PDF), filename="51.pdf", description="", store=store,
                limit=LIMIT, now=NOW,
            )  # fmt: skip
