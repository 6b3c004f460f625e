"""Commands: `flask --app wsgi COMMAND`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.accounts.queries import demo_people
from app.accounts.service import DEMO_PASSWORD
from app.core.clock import LOCAL_TIME
from app.db import db
from app.engine import reading
from app.upkeep import commands as upkeep
from app.upkeep import migrations

MOST_LIVES = 150
"""See app/demo/lives, which is read only where it is entered."""


def install(app: Flask) -> None:
    """Give the app its commands."""
    for command in (prepare, demo, export, *upkeep.COMMANDS):
        app.cli.add_command(command)


lives_told = click.option(
    "--projects",
    type=click.IntRange(0, MOST_LIVES),
    default=MOST_LIVES,
    show_default=True,
    envvar="DEMO_PROJECTS",
    help="How many projects of the last six years the demonstration has beside those around today.",
)


@click.command("prepare")
@lives_told
@with_appcontext
def prepare(*, projects: int) -> None:
    """Migrate the database, fill it with the demonstration if it is empty, and say who can sign in."""
    _migrate()
    _fill_if_empty(projects)
    _catch_up()
    _print_sign_ins()


@click.command("demo")
@click.option("--if-empty", is_flag=True, help="Do nothing, instead of refusing, when somebody is there.")
@lives_told
@with_appcontext
def demo(*, if_empty: bool, projects: int) -> None:
    """Fill an empty database with the demonstration's programmes, people and cases."""
    if not _fill_if_empty(projects) and not if_empty:
        click.echo(
            "The database is not empty. The demonstration is only entered into an empty one.", err=True
        )
        sys.exit(1)


@click.command("export")
@click.option("--format", "form", type=click.Choice(["json"]), default="json", help="The form of the export.")
@with_appcontext
def export(*, form: str) -> None:  # noqa: ARG001 - one form today, named so that scripts stay right tomorrow
    """Print programmes, projects, calculations, decisions and ledger; docs/export.md says what is in it."""
    from app.export.everything import everything

    with reading():
        content = everything(datetime.now(LOCAL_TIME).date())
    click.echo(json.dumps(content, ensure_ascii=False, indent=2))


def _migrate() -> None:
    """Bring the database to the newest migration; asks only the database when it is there already."""
    with db.engine.connect() as connection:
        at = migrations.reached(connection)
    if at != migrations.newest():
        migrations.bring_to_newest(current_app.config["SQLALCHEMY_DATABASE_URI"])


def _catch_up() -> None:
    """Keep what this release keeps, of what was finished before it."""
    from app.upkeep.catching_up import catch_up

    for told in catch_up(datetime.now(UTC)):
        click.echo(told)


def _fill_if_empty(projects: int) -> bool:
    """Enter the demonstration when nobody is there; whether it was entered."""
    from app.demo.load import is_empty, load

    if not is_empty():
        return False
    click.echo("Entering the demonstration …")
    count = load(datetime.now(UTC), projects)
    click.echo(f"{count} projects are entered.")
    return True


def _print_sign_ins() -> None:
    from app.demo.cast import SUGGESTED

    people = {person.email.partition("@")[0]: person for person in demo_people()}
    shown = [people[key] for key in SUGGESTED if key in people]
    if not shown:
        return
    click.echo(
        f"Sign in as one of {len(people)} people of the demonstration; the password is: {DEMO_PASSWORD}"
    )
    for person in shown:
        click.echo(f"  {person.email:<58} {person.name}")
