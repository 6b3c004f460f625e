"""The shape of what is typed about people, departments, roles and sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from app.accounts.labels import MAIL_CHOICES, ROLES
from app.accounts.models import Department, MailChoice, Role
from app.accounts.passwords import SHORTEST
from app.accounts.service import scope_fits
from app.web.changing import ChangeForm
from app.web.choices import Choice, Pick, Tick
from app.web.forms import Form, Line, Password, Required

_ADDRESS = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


class Address:
    """Must look like an e-mail address."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not _ADDRESS.fullmatch(field.data or ""):
            raise ValidationError(_("Ange en e-postadress, till exempel namn@staden.example."))


class LongEnough:
    """A password must be too long to be guessed."""

    def __call__(self, _form: Any, field: Any) -> None:
        if len(field.data or "") < SHORTEST:
            raise ValidationError(_("Ange minst %(length)s tecken.", length=SHORTEST))


_PASSWORD_HINT = _l("Minst 12 tecken. Några ord som inte hör ihop är lätta att minnas och svåra att gissa.")


class SignInForm(Form):
    """Sign in with a local account."""

    written_in = False

    email = Line(_l("E-postadress"), [Required(_l("Ange din e-postadress."))])
    password = Password(_l("Lösenord"), [Required(_l("Ange ditt lösenord."))])


class OwnPasswordForm(Form):
    """Change one's own password: needs the old one."""

    written_in = False

    old = Password(_l("Nuvarande lösenord"), [Required(_l("Ange ditt nuvarande lösenord."))])
    new = Password(
        _l("Nytt lösenord"),
        [Required(_l("Ange ett nytt lösenord.")), LongEnough()],
        description=_PASSWORD_HINT,
    )
    again = Password(_l("Nytt lösenord igen"), [Required(_l("Ange det nya lösenordet en gång till."))])

    def validate_again(self, field: Any) -> None:
        """The same twice: nobody sees what is typed."""
        if field.data != self.new.data:
            raise ValidationError(_("De två nya lösenorden är olika. Skriv samma två gånger."))


class MailChoiceForm(Form):
    """When one wants mail."""

    written_in = False

    mail_choice = Choice(
        _l("När vill du ha mejl?"),
        [Required(_l("Välj när du vill ha mejl."))],
        choices=[(choice.value, words) for choice, words in MAIL_CHOICES.items()],
        coerce=MailChoice,
        description=_l("Det som händer i dina projekt står alltid under Aviseringar, vad du än väljer."),
    )


class NewPasswordForm(Form):
    """Give somebody a new password."""

    written_in = False

    password = Password(
        _l("Nytt lösenord"), [Required(_l("Ange ett lösenord.")), LongEnough()], description=_PASSWORD_HINT
    )


class PersonForm(Form):
    """A person's particulars."""

    name = Line(
        _l("Namn"), [Required(_l("Ange personens namn."))], limit=120, description=_l("För- och efternamn.")
    )
    email = Line(
        _l("E-postadress"),
        [Required(_l("Ange en e-postadress.")), Address()],
        limit=254,
        description=_l("Personen loggar in med adressen. Ingen annan kan ha samma."),
    )
    title = Line(
        _l("Befattning"),
        limit=120,
        description=_l("Visas bredvid namnet, till exempel i listan över vem som har handlagt ett ärende."),
    )


class NewPersonForm(PersonForm):
    """Somebody new, with a first password."""

    password = Password(
        _l("Första lösenord"),
        [Required(_l("Ange ett lösenord.")), LongEnough()],
        description=_PASSWORD_HINT,
    )


class ChangePersonForm(PersonForm, ChangeForm):
    """Somebody who is known already."""

    active = Tick(
        _l("Kan logga in"),
        description=_l(
            "Ta bort markeringen när personen har slutat. Det personen har gjort finns kvar i historiken."
        ),
    )


class DepartmentForm(Form):
    """A department."""

    name = Line(
        _l("Namn"),
        [Required(_l("Ange förvaltningens namn."))],
        limit=120,
        description=_l("Hela namnet, så som det står i beslut."),
    )


class ChangeDepartmentForm(DepartmentForm, ChangeForm):
    """A department that exists already."""

    active = Tick(
        _l("Förvaltningen finns"),
        description=_l(
            "Ta bort markeringen när förvaltningen har upphört. Den kan då inte väljas i nya projekt, "
            "men gamla ärenden behåller den."
        ),
    )


class RoleForm(Form):
    """A role, for a department or for the whole programme."""

    role = Pick(
        _l("Roll"),
        choices=[("", _l("Välj en roll")), *((role.value, label) for role, label in ROLES.items())],
        validators=[Required(_l("Välj en roll."))],
    )
    department = Pick(
        _l("Gäller för"),
        description=_l(
            "Projektledare och verksamhetschef har rollen för en förvaltning, controller för en förvaltning "
            "eller hela programmet. Övriga roller gäller hela programmet."
        ),
    )

    def offer(self, departments: Iterable[Department]) -> None:
        """What the role can be held for."""
        self.department.choices = [
            ("", _("Hela programmet")),
            *((str(department.id), department.name) for department in departments),
        ]

    def validate_department(self, field: Any) -> None:
        """Each role has its own scope."""
        if not self.role.data or self.role.data not in set(Role):
            return
        role = Role(self.role.data)
        if not scope_fits(role, self.department_id):
            raise ValidationError(
                _("Rollen gäller alltid för hela programmet.")
                if field.data
                else _("Välj vilken förvaltning rollen gäller för.")
            )

    @property
    def department_id(self) -> int | None:
        """The chosen department; None for the whole programme."""
        return int(self.department.data) if self.department.data else None
