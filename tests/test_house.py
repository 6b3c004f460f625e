"""Guards of the house: what a reader may rely on everywhere, and no other tool looks at."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from app.core.workflow import State
from tests.advance import LONG

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 300
CATCH_ALL = {"base_utils", "common", "helper", "helpers", "misc", "shared", "util", "utils"}
MODELS = sorted((ROOT / "app").rglob("models*.py"))
RECORDS = sorted({path.parent for path in MODELS})


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def own_files(*folders: str, suffixes: set[str]) -> list[Path]:
    """Files that people write here: nothing vendored, nothing generated."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in suffixes and "vendor" not in path.parts)


def modules(*folders: str) -> list[Path]:
    return own_files(*folders, suffixes={".py"})


def templates() -> list[Path]:
    return own_files("templates", suffixes={".html", ".txt", ".svg"})


def tracked_texts() -> Iterator[tuple[Path, str]]:
    """Every text that is handed on with the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            yield path, content.decode(errors="replace")


# --- size and names --------------------------------------------------------------------------------------


def test_no_file_has_outgrown_its_room() -> None:
    written = own_files(
        "app", "migrations", "static", "templates", "tests", "tools", suffixes={".css", ".html", ".js", ".py"}
    )
    lengths = {relative(path): len(path.read_text().splitlines()) for path in written}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert not too_long, f"split by meaning, at most {LONGEST} lines: {too_long}"


def test_no_module_is_a_catch_all() -> None:
    named = {relative(path): {path.stem, path.parent.name} for path in modules("app", "tests")}
    assert not [name for name, parts in named.items() if parts & CATCH_ALL]


def test_every_package_of_a_record_stands_under_the_contract_of_its_layers() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    inside = next(contract for contract in contracts if contract["name"].startswith("Inside a step"))
    assert {relative(path).replace("/", ".") for path in RECORDS} <= set(inside["containers"])


def test_the_server_starts_without_the_heavy_parts() -> None:
    """Paper is slow to load and seldom needed: it waits for the first document."""
    asked = "import sys, wsgi; print(*({'weasyprint', 'pikepdf'} & sys.modules.keys()))"
    answer = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert not answer.stdout.split()


# --- models and verbs ------------------------------------------------------------------------------------


def calls(path: Path) -> set[str]:
    """The names of what a module calls, `session.commit()` as `commit`."""
    called = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {
        function.attr if isinstance(function, ast.Attribute) else function.id
        for function in called
        if isinstance(function, (ast.Attribute, ast.Name))
    }


def test_no_record_commits_for_itself() -> None:
    """One transaction per request, at the edge: `app.db` and `app.web` commit, nothing else."""
    allowed = {"app/accounts/session.py"}  # marks a session as seen, after the request's own transaction
    inside = {relative(path): calls(path) for package in RECORDS for path in package.rglob("*.py")}
    assert not [name for name in inside.keys() - allowed if {"commit", "rollback"} & inside[name]]


def test_no_amount_is_stored_as_a_float() -> None:
    assert not [relative(path) for path in MODELS if {"Float", "REAL", "Double"} & calls(path)]


def test_no_record_disappears_with_another() -> None:
    """The database refuses to remove what something else refers to."""
    for path in MODELS:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "ForeignKey"
            ):
                given = {word.arg: ast.literal_eval(word.value) for word in node.keywords if word.arg}
                assert given.get("ondelete") == "RESTRICT", f"{relative(path)}:{node.lineno}"


def test_no_view_and_no_template_asks_for_the_name_of_a_state() -> None:
    names = "|".join(State)
    asked = re.compile(rf"""\bState\.[A-Z]|\bstate\s*(==|!=|\bin\b|\bnot in\b).*["']({names})["']""")
    pages = [*(ROOT / "app").rglob("views*.py"), *templates()]
    found = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in pages
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if asked.search(line)
    ]
    assert not found, "ask the policy or the workflow instead:\n" + "\n".join(found)


# --- templates -------------------------------------------------------------------------------------------


class Inline(HTMLParser):
    """Collects what a strict content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        line = self.getpos()[0]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(f"line {line}: <{tag}>")
        self.found += [f"line {line}: {name}=" for name in names if name == "style" or name.startswith("on")]
        if any((value or "").strip().lower().startswith("javascript:") for _, value in attrs):
            self.found.append(f"line {line}: javascript:")


def test_no_template_has_inline_script_or_style() -> None:
    found = {}
    for path in templates():
        reader = Inline()
        reader.feed(re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL))
        found[relative(path)] = reader.found
    assert not {name: lines for name, lines in found.items() if lines}


def test_no_template_trusts_text_blindly() -> None:
    trusting = re.compile(r"\|\s*safe\b|autoescape\s+false")
    assert not [relative(path) for path in templates() if trusting.search(path.read_text())]


def test_no_page_loads_anything_from_elsewhere() -> None:
    loads = re.compile(r"""(src|href|action)\s*=\s*["'](https?:)?//|@import|url\(\s*["']?(https?:)?//""")
    loading = [*templates(), *own_files("static", suffixes={".css", ".js"})]
    found = [relative(path) for path in loading if path.suffix != ".css" and loads.search(path.read_text())]
    assert not found


# --- what is handed on -----------------------------------------------------------------------------------

# With brackets where plain letters would do, so that this file does not find itself.
REGISTRY = re.compile(
    r"pypi[.]org|hosted[.]org|npmjs[.]|registry[.]npm|deb[.]debian|crates[.]io", re.IGNORECASE
)
MACHINE = re.compile(r"(?<![\w.\]-])/(home|root|work|Users|opt)[/]\w")
MARK = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b")


def handed_on_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{relative(path)}:{number}: {line.strip()[:90]}"
        for path, text in tracked_texts()
        if "vendor" not in path.parts
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_nothing_names_a_package_registry() -> None:
    assert not handed_on_with(REGISTRY)


def test_nothing_depends_on_the_machine_where_it_was_written() -> None:
    assert not handed_on_with(MACHINE)


def test_nothing_is_left_for_later() -> None:
    assert not handed_on_with(MARK)


def test_nothing_that_is_made_is_kept() -> None:
    assert not {relative(path) for path, _ in tracked_texts() if path.suffix in {".mo", ".pyc", ".sqlite"}}


# --- migrations ------------------------------------------------------------------------------------------


def test_migrations_are_numbered_without_gaps_and_lead_both_ways() -> None:
    versions = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    for number, path in enumerate(versions, start=1):
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", path.name), path.name
        module = ast.parse(path.read_text())
        bodies = {node.name: node.body for node in module.body if isinstance(node, ast.FunctionDef)}
        for way in ("upgrade", "downgrade"):
            assert any(not isinstance(step, ast.Pass) for step in bodies[way]), f"{path.name}: empty {way}"
    assert versions


# --- documents -------------------------------------------------------------------------------------------


def documents() -> str:
    return "\n".join(
        path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    )


def test_every_command_is_described() -> None:
    commands = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    described = documents()
    assert "run" in commands
    assert not [command for command in commands if not re.search(rf"make {command}\b", described)]


def test_every_decision_is_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "adr"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    listed = (folder / "README.md").read_text()
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))
    assert not [name for name in decisions if f"({name})" not in listed]


def test_no_document_points_at_something_that_is_not_there() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    links = [(page, target) for page in pages for target in re.findall(r"\]\(([^)#\s]+)", page.read_text())]
    own = [(page, target) for page, target in links if not target.startswith(("http:", "https:", "mailto:"))]
    assert not [f"{relative(page)}: {target}" for page, target in own if not (page.parent / target).exists()]


# --- how tests are run -----------------------------------------------------------------------------------


def test_what_comes_first_is_there() -> None:
    assert [place for place in LONG if not (ROOT / place).exists()] == []


ENOUGH = re.compile(r'^ONE_DATABASE_IS_ENOUGH = ".{20,}"$', re.MULTILINE)
"""With its reason."""
ASKS = re.compile(
    r"^from app(\.\w+)+(\.(service|queries) import| import .*\b(service|queries)\b)", re.MULTILINE
)
PAGES = "tests/web/test_both_databases.py"
"""Holds what every page says on one database against what it says on the other."""


def test_only_what_calls_no_service_and_no_query_is_content_with_one_database() -> None:
    """Pages may, for what they ask is asked of both in one place; services have tests of their own."""
    content = {relative(path): path.read_text() for path in modules("tests")}
    assert PAGES in content
    asking = {name: text for name, text in content.items() if ENOUGH.search(text) and ASKS.search(text)}
    assert not [name for name, text in asking.items() if not (name.endswith("pages.py") and PAGES in text)]
