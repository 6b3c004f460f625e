"""The shape of what is typed about people and sessions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.web.forms import Form, Line, Password, Required


class SignInForm(Form):
    """Sign in with a local account."""

    email = Line(_l("E-postadress"), [Required(_l("Ange din e-postadress."))])
    password = Password(_l("Lösenord"), [Required(_l("Ange ditt lösenord."))])
