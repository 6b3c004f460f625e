"""Files that come with forms, and files that are handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Response, abort, current_app, request, send_file
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms.widgets import FileInput

from app.accepted.refusal import AttachmentError
from app.accepted.taking_in import TakenIn, take_in
from app.accepted.types import TYPES, FileType
from app.files import FileStore
from app.web.forms import Form

MOST_AT_ONCE = 20


class Told(Protocol):
    """What a record tells of a file."""

    @property
    def filename(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def store() -> FileStore:
    """Where the contents lie."""
    found: FileStore = current_app.extensions["files"]
    return found


def saved_not_opened(file: Told) -> Response:
    """The file itself: always saved, never opened inside the product."""
    path = store().path(file.sha256)
    if not path.is_file():
        abort(404)
    return send_file(
        path, mimetype=file.media_type, as_attachment=True, download_name=file.filename, etag=False
    )


def taken_in(file: FileStorage, among: Sequence[FileType] = TYPES) -> TakenIn | AttachmentError:
    """The file, checked and kept; or why it is not taken in."""
    limit = current_app.config["UPLOAD_LIMIT"]
    try:
        return take_in(file.stream, filename=file.filename or "", store=store(), limit=limit, among=among)
    except AttachmentError as error:
        return error


class FilesField(MultipleFileField):
    """Several files at once, or a `single` one."""

    def __init__(self, label: Any, description: Any = None, *, single: bool = False, **rest: Any) -> None:
        hint = description or _l("PDF, Word, Excel, PowerPoint, PNG eller JPEG, högst 20 MB sammanlagt.")
        super().__init__(label, description=hint, **rest)
        self.widget = FileInput(multiple=not single)

    @property
    def chosen(self) -> list[FileStorage]:
        """Those that were chosen."""
        return [file for file in self.data or () if isinstance(file, FileStorage) and file.filename]


@dataclass(frozen=True)
class Taken:
    """What became of the files of a form."""

    files: tuple[TakenIn, ...] = ()
    faults: tuple[str, ...] = ()

    def beside(self, field: FilesField) -> bool:
        """Tell the faults beside their field; whether there were none."""
        field.errors = [*field.errors, *self.faults]
        return not self.faults


class FormWithFiles(Form):
    """A form whose files are taken in before its request begins: `requires(..., beforehand=…)`."""

    files = FilesField(_l("Filer"))


def taken_with(make: Callable[[], FormWithFiles]) -> Taken:
    """The files of the form that is sent, each checked and kept; none when the form has other faults."""
    if request.method != "POST" or not (form := make()).validate():
        return Taken()
    chosen = form.files.chosen
    if len(chosen) > MOST_AT_ONCE:
        return Taken(faults=(_("Välj högst %(count)s filer på en gång.", count=MOST_AT_ONCE),))
    found = [(file.filename or "", taken_in(file)) for file in chosen]
    files = tuple(file for _name, file in found if isinstance(file, TakenIn))
    return Taken(files, tuple(_faults(found)))


def _faults(found: Sequence[tuple[str, TakenIn | AttachmentError]]) -> Iterator[str]:
    for name, file in found:
        if isinstance(file, AttachmentError):
            yield f"{name}: {file.reason}"
