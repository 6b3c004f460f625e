"""Commands: `flask --app wsgi COMMAND`."""

from __future__ import annotations

import sys

import click
from flask import Flask

from app.history import chain, queries


def install(app: Flask) -> None:
    """Give the app its commands."""
    app.cli.add_command(verify_history)


@click.command("verify-history")
def verify_history() -> None:
    """Check that no row of the history was changed, removed or inserted."""
    found = chain.first_break(queries.whole_chain(), queries.head())
    if found is not None:
        click.echo(f"The history is broken at event {found.event_id}: {found.reason}")
        sys.exit(1)
    click.echo("The history is whole.")
