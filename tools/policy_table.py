"""Write the policy table: every route, and the predicate that says who may use it.

The table is read by people who answer for access (docs/policy.md); a test holds it to the code.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from config import PROJECT_ROOT, Config

PAGE = PROJECT_ROOT / "docs" / "policy.md"

HEAD = """# The policy table

Every route of the product and who may use it, in the order of the process. Each rule is a predicate in the
package's `policy.py`; buttons ask the same predicate as routes. A route that loads a project finds it only
among those that the viewer may see (`projects.queries.visible_to`, see [architecture](architecture.md));
anything else is answered like what does not exist.

`make policy-table` writes this page.

| address | by | who may | rule |
|---|---|---|---|
"""


def rows(app: Flask) -> list[str]:
    """One line per route and method."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        policy: Any = getattr(app.view_functions[rule.endpoint], "policy", None)
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        package = rule.endpoint.partition(".")[0]
        order = list(app.blueprints).index(package)
        if policy == "public":
            who, name = "everybody, signed in or not", "public"
        else:
            who = (policy.__doc__ or "").strip().splitlines()[0]
            name = f"{policy.__module__.removeprefix('app.')}.{policy.__name__}"
        line = f"| `{rule.rule}` | {methods} | {who} | `{name}` |"
        found.append((order, rule.rule, methods, line))
    return [line for *_key, line in sorted(found)]


def page() -> str:
    """The whole page."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            database_url=f"sqlite:///{folder}/none.sqlite3",
            data_folder=Path(folder),
            secret_key="not used",  # noqa: S106 - nobody signs in here
            secure_cookies=False,
            demo=False,
        )
        return HEAD + "\n".join(rows(create_app(config))) + "\n"


def main() -> int:
    """Write the page."""
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
