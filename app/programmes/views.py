"""The programme, its frame and ledger, and its application rounds."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.access import Viewer
from app.accounts.queries import department_names
from app.accounts.session import now, today, viewer
from app.programmes import policy, queries, service, views_settings
from app.programmes.blueprint import bp
from app.programmes.documents import ledger_document
from app.programmes.forms import (
    ChangeProgrammeForm,
    ChangeRoundForm,
    FrameForm,
    NewProgrammeForm,
    ProgrammeForm,
    RoundForm,
)
from app.programmes.labels import ENTRY_KINDS, ROUND_STATES
from app.programmes.models import Programme, Round
from app.programmes.places import address, asked_for, places
from app.programmes.validity import round_state
from app.web.access import requires
from app.web.changing import on_saved, said_by, status_of
from app.web.formats import day_in, kronor
from app.web.pages import WORDY_PAGE_SIZE, Page, page_number

__all__ = ["bp", "views_settings"]


def _round(_viewer: Viewer, round_id: int) -> Round | None:
    return queries.round_by_id(round_id)


@bp.get("/program")
@requires(policy.may_read_programme)
def programme() -> ResponseReturnValue:
    """What the programme is, and how much of its frame is left."""
    chosen = asked_for(viewer())
    may_manage = bool(policy.may_manage_programme(viewer()))
    if chosen is None:
        return render_template("programmes/none.html", may_manage=may_manage)
    return render_template(
        "programmes/programme.html",
        programme=chosen,
        places=places(viewer(), chosen),
        others=[row for row in queries.programmes() if row.id != chosen.id],
        goals=queries.goals_of(chosen.id),
        balance=queries.frame_balance(chosen.id),
        rounds=queries.open_rounds(chosen.id, today()),
        criteria=queries.criteria_on(chosen.id, today()),
        may_manage=may_manage,
    )


@bp.route("/program/nytt", methods=["GET", "POST"])
@requires(policy.may_manage_programme)
def new_programme() -> ResponseReturnValue:
    """Set up a programme."""
    form = NewProgrammeForm()
    if form.validate_on_submit():
        try:
            made = service.create_programme(viewer(), **_described(form), frame=form.frame.data, now=now())
        except service.NameTakenError:
            form.name.errors = [_("Det finns redan ett program med det namnet.")]
        else:
            flash(_("Programmet är upplagt. Ange nu vad kalkylerna ska räkna med."), "success")
            return redirect(url_for("programmes.settings", program=made.id))
    page = render_template("programmes/edit.html", form=form, programme=None)
    return page, 422 if form.errors else 200


@bp.route("/program/andra", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def change_programme(record: Programme) -> ResponseReturnValue:
    """Revise the programme after a new decision."""
    form = on_saved(partial(ChangeProgrammeForm, data=_saved(record)))
    if form.validate_on_submit():
        try:
            service.change_programme(viewer(), record, **_described(form), now=now())
        except service.NameTakenError:
            form.name.errors = [_("Det finns redan ett program med det namnet.")]
        else:
            flash(_("Programmet är sparat."), "success")
            return redirect(address("programmes.programme", record))
    page = render_template("programmes/edit.html", form=form, programme=record)
    return page, status_of(form)


def _saved(record: Programme) -> dict[str, Any]:
    goals = "\n".join(goal.text for goal in queries.goals_of(record.id))
    said = said_by(record, "name", "starts_on", "ends_on", "decision_reference", "description")
    return said | {"goals": goals}


def _described(form: ProgrammeForm) -> dict[str, Any]:
    return {
        "name": form.name.data,
        "starts_on": form.starts_on.data,
        "ends_on": form.ends_on.data,
        "decision_reference": form.decision_reference.data,
        "goals": form.goal_lines,
        "description": form.description.data or "",
    }


@bp.route("/program/ram", methods=["GET", "POST"])
@requires(policy.may_manage_programme, load=asked_for)
def change_frame(record: Programme) -> ResponseReturnValue:
    """Raise or lower the frame by a decision."""
    form = FrameForm()
    if form.validate_on_submit():
        try:
            service.change_frame(
                viewer(),
                record,
                form.change,
                reference=form.reference.data or "",
                booked_on=form.booked_on.data,
                now=now(),
            )
        except service.FrameExceededError as error:
            form.amount.errors = [
                _("Bara %(amount)s är kvar av ramen. Ange högst det.", amount=kronor(error.available))
            ]
        else:
            flash(_("Ramen är ändrad."), "success")
            return redirect(address("programmes.programme", record))
    balance = queries.frame_balance(record.id)
    page = render_template("programmes/frame.html", form=form, programme=record, balance=balance)
    return page, 422 if form.errors else 200


@bp.get("/program/rambok")
@requires(policy.may_read_ledger, load=asked_for)
def ledger(record: Programme) -> ResponseReturnValue:
    """Every line of the ledger, with sums that add up, as it stands or as it stood at the end of a day.

    No project is named: grants show their decision.
    """
    until = day_in(request.args.get("till", ""))
    document = ledger_document(queries.ledger(record.id), department_names(), until)
    page = Page(page_number(), len(document.lines), WORDY_PAGE_SIZE).within()
    return render_template(
        "programmes/ledger.html",
        programme=record,
        places=places(viewer(), record),
        ledger=document,
        lines=document.lines[page.offset : page.last],
        page=page,
        kinds=ENTRY_KINDS,
        today=today(),
        until=until,
        clear=address("programmes.ledger", record),
        keep={"program": request.args["program"]} if "program" in request.args else {},
    )


@bp.get("/program/omgangar")
@requires(policy.may_read_programme, load=asked_for)
def rounds(record: Programme) -> ResponseReturnValue:
    """When applications are taken in."""
    rows = [(row, ROUND_STATES[round_state(row, today())]) for row in queries.rounds_of(record.id)]
    return render_template(
        "programmes/rounds.html",
        programme=record,
        places=places(viewer(), record),
        rounds=rows,
        may_manage=bool(policy.may_manage_rounds(viewer())),
    )


@bp.route("/program/omgangar/ny", methods=["GET", "POST"])
@requires(policy.may_manage_rounds, load=asked_for)
def new_round(record: Programme) -> ResponseReturnValue:
    """Announce a round."""
    form = RoundForm(answer_within_days=60)
    if form.validate_on_submit():
        service.open_round(
            viewer(),
            record,
            name=form.name.data or "",
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            answer_within_days=form.answer_within_days.data,
            now=now(),
        )
        flash(_("Omgången är tillagd."), "success")
        return redirect(address("programmes.rounds", record))
    page = render_template("programmes/round.html", form=form, round=None, programme=record)
    return page, 422 if form.errors else 200


@bp.route("/program/omgangar/<int:round_id>", methods=["GET", "POST"])
@requires(policy.may_manage_rounds, load=_round)
def change_round(record: Round) -> ResponseReturnValue:
    """Correct a round, extend it or close it."""
    saved = said_by(record, "name", "opens_on", "closes_on", "answer_within_days")
    form = on_saved(partial(ChangeRoundForm, data=saved))
    if form.validate_on_submit():
        service.change_round(
            viewer(),
            record,
            name=form.name.data or "",
            opens_on=form.opens_on.data,
            closes_on=form.closes_on.data,
            answer_within_days=form.answer_within_days.data,
            now=now(),
        )
        flash(_("Omgången är sparad."), "success")
        return redirect(url_for("programmes.rounds", program=record.programme_id))
    page = render_template("programmes/round.html", form=form, round=record, programme=None)
    return page, status_of(form)
