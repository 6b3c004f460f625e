"""Commands that set an installation up: its tables, and the first person who can sign in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.accounts import passwords, service
from app.accounts.models import Role
from app.db import transaction
from app.history.service import System
from app.upkeep import migrations


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Give the database this release's tables; what is in it stays, and what this release keeps is kept of
    what was there before."""
    from app.upkeep.catching_up import catch_up

    migrations.bring_to_newest(current_app.config["SQLALCHEMY_DATABASE_URI"])
    click.echo(f"The database is at migration {migrations.newest()}.")
    for told in catch_up(datetime.now(UTC)):
        click.echo(told)


@click.command("add-administrator")
@click.argument("email")
@click.argument("name")
@click.password_option(help="Asked for when it is not given.")
@with_appcontext
def add_administrator(email: str, name: str, password: str) -> None:
    """Add somebody who gives the others their roles."""
    if len(password) < passwords.SHORTEST:
        click.echo(f"A password has at least {passwords.SHORTEST} characters.", err=True)
        sys.exit(1)
    now, password_hash = datetime.now(UTC), passwords.hashed(password)
    try:
        with transaction():
            person = service.create_person(
                System(), email=email, name=name, title="", password_hash=password_hash, now=now
            )
            service.grant_role(System(), person, Role.ADMINISTRATOR, None, now)
    except service.AlreadyThereError:
        click.echo(f"Somebody has the address {email} already.", err=True)
        sys.exit(1)
    click.echo(f"{person.name} can sign in as {person.email}.")
