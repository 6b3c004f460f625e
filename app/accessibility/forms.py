"""The shape of what is told about barriers."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.forms import Address
from app.web.forms import Form, Line, Required, Text


class AddressIfAny(Address):
    """An e-mail address, or nothing."""

    def __call__(self, form: Any, field: Any) -> None:
        if (field.data or "").strip():
            super().__call__(form, field)


class FeedbackForm(Form):
    """What did not work, and where."""

    text = Text(
        _l("Vad fungerar inte?"),
        [Required(_l("Skriv vad som inte fungerar."))],
        limit=4000,
        description=_l("Skriv vad du ville göra och vad som hände. Skriv inga personnummer."),
    )
    place = Line(
        _l("På vilken sida?"),
        limit=300,
        description=_l("Sidans namn eller adress. Om du kom hit från en sida står den redan här."),
    )
    reply_to = Line(
        _l("Din e-postadress"),
        [AddressIfAny()],
        limit=254,
        description=_l("Frivilligt. Fyll i den om du vill ha svar."),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )


class OutcomeForm(Form):
    """What was done about it."""

    outcome = Text(
        _l("Vad är gjort?"),
        [Required(_l("Skriv vad som är gjort, eller vad du har svarat."))],
        limit=4000,
        description=_l("Till exempel: Rättat i version 1.3. Svarade med e-post."),
    )
