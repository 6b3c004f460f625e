"""The command that works beside the pages."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.upkeep.worker import Worker, tell_in_lines


@click.command("work")
@click.option("--once", is_flag=True, help="Do what there is to do now, then end.")
@click.option("--beside", type=int, metavar="PID", help="End when this process, which started it, ends.")
@with_appcontext
def work(*, once: bool, beside: int | None) -> None:
    """Send mails, remind, and do long work, until told to stop. Any number may run at once."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined] # what stands behind the proxy
    tell_in_lines()
    worker = Worker(app, beside)
    if once:
        worker.drain()
    else:
        worker.run()
