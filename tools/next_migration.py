"""Write the next numbered migration from the difference between the models and the newest migration."""

from __future__ import annotations

import sys

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def main(about: str) -> None:
    """Number it one higher than the newest; a human reads it before it is committed."""
    if not about.strip():
        sys.exit('Say what it is about: make migration about="add needs"')
    config = Config(toml_file="pyproject.toml")
    newest = ScriptDirectory.from_config(config).get_current_head()
    command.revision(config, message=about, autogenerate=True, rev_id=f"{int(newest or 0) + 1:04}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
