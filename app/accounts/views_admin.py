"""The administrator's pages: departments, people and their roles."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import passwords, queries, service
from app.accounts.access import Viewer
from app.accounts.blueprint import bp
from app.accounts.forms import (
    ChangeDepartmentForm,
    ChangePersonForm,
    DepartmentForm,
    NewPasswordForm,
    NewPersonForm,
    RoleForm,
)
from app.accounts.labels import DUTIES, ROLES, held, held_together
from app.accounts.models import Department, Person, Role, RoleGrant
from app.accounts.policy import may_administer
from app.accounts.session import now, viewer
from app.web.access import requires
from app.web.changing import on_saved, said_by, status_of

# Each finds its record for administrators only: nobody else learns which numbers lead to one.


def _person(viewer: Viewer, person_id: int) -> Person | None:
    return queries.person(person_id) if may_administer(viewer) else None


def _department(viewer: Viewer, department_id: int) -> Department | None:
    return queries.department(department_id) if may_administer(viewer) else None


def _grant(viewer: Viewer, grant_id: int) -> RoleGrant | None:
    return queries.current_grant(grant_id) if may_administer(viewer) else None


@bp.get("/admin/personer")
@requires(may_administer)
def people() -> ResponseReturnValue:
    """Everybody who can or could sign in, with their roles."""
    search = request.args.get("sok", "").strip()[:200]
    grants = queries.grants_by_person()
    rows = [(person, held_together(grants.get(person.id, []))) for person in queries.people(search)]
    return render_template("accounts/people.html", rows=rows, search=search)


def _hash_for_new_person() -> str:
    return _hash_of(NewPersonForm())


def _hash_for(_record: Person) -> str:
    return _hash_of(NewPasswordForm())


def _hash_of(form: NewPersonForm | NewPasswordForm) -> str:
    """The hash of the password that the form sends, which is slow on purpose; nothing if it has faults."""
    return passwords.hashed(form.password.data or "") if form.validate_on_submit() else ""


@bp.route("/admin/personer/ny", methods=["GET", "POST"])
@requires(may_administer, beforehand=_hash_for_new_person)
def new_person(password_hash: str) -> ResponseReturnValue:
    """Add somebody who can sign in; the roles come next."""
    form = NewPersonForm()
    if form.validate_on_submit():
        try:
            person = service.create_person(
                viewer(),
                email=form.email.data or "",
                name=form.name.data or "",
                title=form.title.data or "",
                password_hash=password_hash,
                now=now(),
            )
        except service.AlreadyThereError:
            form.email.errors = [_("Någon annan har redan den adressen.")]
        else:
            flash(_("%(name)s är tillagd. Ge personen en roll.", name=person.name), "success")
            return redirect(url_for("accounts.person", person_id=person.id))
    return render_template("accounts/new_person.html", form=form), 422 if form.errors else 200


@bp.route("/admin/personer/<int:person_id>", methods=["GET", "POST"])
@requires(may_administer, load=_person)
def person(record: Person) -> ResponseReturnValue:
    """A person's particulars and roles."""
    form = _person_form(record)
    if form.validate_on_submit() and _person_changed(form, record):
        flash(_("Uppgifterna är sparade."), "success")
        return redirect(url_for("accounts.people"))
    return _person_page(record, form, _role_form(record))


def _person_form(record: Person) -> ChangePersonForm:
    address = url_for("accounts.person", person_id=record.id)
    return on_saved(
        partial(ChangePersonForm, data=said_by(record, "name", "email", "title", "active"), at=address)
    )


def _person_changed(form: ChangePersonForm, record: Person) -> bool:
    try:
        service.change_person(
            viewer(),
            record,
            email=form.email.data or "",
            name=form.name.data or "",
            title=form.title.data or "",
            active=bool(form.active.data),
            now=now(),
        )
    except service.AlreadyThereError:
        form.email.errors = [_("Någon annan har redan den adressen.")]
    except service.LastAdministratorError:
        form.active.errors = [_("Det måste finnas minst en administratör. Ge rollen till någon annan först.")]
    return not form.errors


def _role_form(record: Person) -> RoleForm:
    form = RoleForm(prefix="new-role", at=url_for("accounts.grant_role", person_id=record.id))
    form.offer(queries.departments())
    return form


def _person_page(record: Person, form: ChangePersonForm, roles: RoleForm) -> ResponseReturnValue:
    page = render_template(
        "accounts/person.html",
        person=record,
        form=form,
        role_form=roles,
        grants=[(grant, held(grant)) for grant in queries.grants_of(record.id)],
        duties=[(ROLES[role], text) for role, text in DUTIES.items()],
        has_errors=bool(form.errors or roles.errors),
    )
    return page, status_of(form) if form.errors else status_of(roles)


@bp.post("/admin/personer/<int:person_id>/roller")
@requires(may_administer, load=_person)
def grant_role(record: Person) -> ResponseReturnValue:
    """Give the person a role."""
    form = _role_form(record)
    if form.validate_on_submit():
        try:
            service.grant_role(viewer(), record, Role(form.role.data), form.department_id, now())
        except service.AlreadyThereError:
            form.role.errors = [_("Personen har redan den rollen.")]
        else:
            flash(_("Rollen är given. Personen behöver logga in igen."), "success")
            return redirect(url_for("accounts.person", person_id=record.id))
    return _person_page(record, _person_form(record), form)


@bp.route("/admin/roller/<int:grant_id>/avsluta", methods=["GET", "POST"])
@requires(may_administer, load=_grant)
def end_role(record: RoleGrant) -> ResponseReturnValue:
    """Ask, then take the role away."""
    problem = None
    if request.method == "POST":
        try:
            service.end_role(viewer(), record, now())
        except service.LastAdministratorError:
            problem = _("Det måste finnas minst en administratör. Ge rollen till någon annan först.")
        else:
            flash(_("Rollen är avslutad. Personen behöver logga in igen."), "success")
            return redirect(url_for("accounts.person", person_id=record.person_id))
    page = render_template("accounts/end_role.html", grant=record, role=held(record), problem=problem)
    return page, 422 if problem else 200


@bp.route("/admin/personer/<int:person_id>/losenord", methods=["GET", "POST"])
@requires(may_administer, load=_person, beforehand=_hash_for)
def new_password(record: Person, password_hash: str) -> ResponseReturnValue:
    """Give somebody who has lost theirs a new password."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        service.set_password(viewer(), record, password_hash, now())
        flash(_("%(name)s har fått ett nytt lösenord.", name=record.name), "success")
        return redirect(url_for("accounts.person", person_id=record.id))
    page = render_template("accounts/new_password.html", form=form, person=record)
    return page, 422 if form.errors else 200


@bp.get("/admin/forvaltningar")
@requires(may_administer)
def departments() -> ResponseReturnValue:
    """Every department, those that are no more too."""
    return render_template("accounts/departments.html", departments=queries.departments(active_only=False))


@bp.route("/admin/forvaltningar/ny", methods=["GET", "POST"])
@requires(may_administer)
def new_department() -> ResponseReturnValue:
    """Add a department."""
    form = DepartmentForm()
    if form.validate_on_submit():
        try:
            made = service.create_department(viewer(), form.name.data or "", now())
        except service.AlreadyThereError:
            form.name.errors = [_("Det finns redan en förvaltning med det namnet.")]
        else:
            flash(_("%(name)s är tillagd.", name=made.name), "success")
            return redirect(url_for("accounts.departments"))
    return render_template("accounts/department.html", form=form, department=None), (
        422 if form.errors else 200
    )


@bp.route("/admin/forvaltningar/<int:department_id>", methods=["GET", "POST"])
@requires(may_administer, load=_department)
def department(record: Department) -> ResponseReturnValue:
    """Rename a department, or close it."""
    form = on_saved(partial(ChangeDepartmentForm, data=said_by(record, "name", "active")))
    if form.validate_on_submit():
        try:
            service.change_department(
                viewer(), record, name=form.name.data or "", active=bool(form.active.data), now=now()
            )
        except service.AlreadyThereError:
            form.name.errors = [_("Det finns redan en förvaltning med det namnet.")]
        else:
            flash(_("Förvaltningen är sparad."), "success")
            return redirect(url_for("accounts.departments"))
    page = render_template("accounts/department.html", form=form, department=record)
    return page, status_of(form)
