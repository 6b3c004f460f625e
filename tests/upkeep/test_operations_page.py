"""docs/operations.md says what there is: every variable, every command, and no other."""

from __future__ import annotations

import re
import shlex

from flask import Flask

from config import PROJECT_ROOT

PAGE = (PROJECT_ROOT / "docs" / "operations.md").read_text()


def variables_read() -> set[str]:
    read = re.compile(r"""os\.environ(?:\.get\(|\[)["'](\w+)["']""")
    return {
        name
        for file in ("config.py", "gunicorn.conf.py")
        for name in read.findall((PROJECT_ROOT / file).read_text())
    } - {"PROMETHEUS_MULTIPROC_DIR"}  # set by the server for its processes, never by people


def test_every_variable_is_described_and_no_other() -> None:
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", PAGE, re.MULTILINE)
    described = {name for row in rows for name in re.findall(r"[A-Z_]{2,}", row)}
    assert described - {"TARGET_DATABASE_URL"} == variables_read()


def test_every_command_of_upkeep_is_shown_and_every_shown_one_exists(app: Flask) -> None:
    shown = [shlex.split(line)[3:] for line in re.findall(r"^flask --app wsgi .*", PAGE, re.MULTILINE)]
    for name, *words in shown:
        command = app.cli.commands[name]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= options, name
    upkeep = {
        name
        for name, command in app.cli.commands.items()
        if command.callback is not None and command.callback.__module__.startswith("app.upkeep")
    }
    assert upkeep == {name for name, *_words in shown}
