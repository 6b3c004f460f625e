"""The shape of what is sent when measurements are read out of a file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.realisation.rows import MOST_ROWS
from app.web.attached import FilesField
from app.web.forms import Form, Required


class UploadForm(Form):
    """The file."""

    written_in = False

    files = FilesField(
        _l("Fil"),
        _l("Excel (.xlsx) eller CSV med mallens rubriker, högst %(most)s rader.", most=MOST_ROWS),
        single=True,
        render_kw={"accept": ".xlsx,.csv,.txt"},
    )


class RowsForm(Form):
    """The rows that were looked at."""

    written_in = False

    rows = HiddenField(validators=[Required()])
