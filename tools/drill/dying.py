"""A command that is killed in the middle of its work, at a step that is the same every time.

`python -m tools.drill.dying PATTERN STEPS WORD…` runs `flask --app wsgi WORD…`. When it is about to send a
statement in which the pattern is found, so many steps are left; a commit is a step too. Then it is killed.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from flask.cli import main
from sqlalchemy import Engine, event

from config import PROJECT_ROOT

COMMIT = "COMMIT"
"""What the pattern can find in a commit."""


class Countdown:
    """Counts the steps of all connections of this process."""

    def __init__(self, pattern: str, steps: int) -> None:
        self._pattern, self._left = re.compile(pattern), steps
        self._begun = False

    def listen(self) -> None:
        """Hear of every statement, and of every commit, before it is sent."""
        event.listen(Engine, "before_cursor_execute", lambda *said: self.step(said[2]))
        event.listen(Engine, "commit", lambda _connection: self.step(COMMIT))

    def step(self, statement: str) -> None:
        """Count it, or die of it."""
        self._begun = self._begun or self._pattern.search(statement) is not None
        if not self._begun:
            return
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


def died(environment: Mapping[str, str], pattern: str, steps: int, *words: Any) -> bool:
    """Run a command until it dies; False when it came to its end first."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.drill.dying", pattern, str(steps), *map(str, words)],
        cwd=PROJECT_ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError(f"it ended by itself: {done.stderr}")
    return done.returncode != 0


if __name__ == "__main__":
    _program, found, after, *command = sys.argv
    Countdown(found, int(after)).listen()
    sys.argv = ["flask", "--app", "wsgi", *command]
    main()
