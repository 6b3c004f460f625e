"""Find texts that a person would read but that do not go through translation.

In templates: words between tags and in attributes that are read out. In Python: text with Swedish letters
outside the functions of translation. Words that are the same in every language are listed in SAME.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

SAME = frozenset({"Hemtag", "PDF", "kr", "mnkr", "öre", "Svenska", "English"})
READ_OUT = frozenset({"alt", "aria-description", "aria-label", "label", "placeholder", "summary", "title"})
TRANSLATES = frozenset(
    {"_", "_l", "gettext", "lazy_gettext", "lazy_ngettext", "lazy_pgettext", "ngettext", "pgettext"}
)
INVENTED = ("app/demo/",)  # what people are imagined to have written is not a text of the product

TRANSLATED_BLOCK = re.compile(r"{%-?\s*trans\b.*?{%-?\s*endtrans\s*-?%}", re.DOTALL)
RAW_BLOCK = re.compile(r"{%-?\s*raw\s*-?%}.*?{%-?\s*endraw\s*-?%}", re.DOTALL)
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
SWEDISH = re.compile(r"\w*[åäöÅÄÖ]\w*")


@dataclass(frozen=True, order=True)
class Untranslated:
    """One text and where it stands."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        """Say it as compilers do."""
        return f"{self.path}:{self.line}: not translated: {self.text[:90]!r}"


def blank(found: re.Match[str]) -> str:
    """Take a piece of template out, keeping its line breaks so that line numbers stay right."""
    return "\n" * found.group(0).count("\n")


class Texts(HTMLParser):
    """Collects what a reader would see or hear of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_OUT and value:
                self.handle_data(value)

    def handle_data(self, data: str) -> None:
        before = len(data) - len(data.lstrip())
        line = self.getpos()[0] + data[:before].count("\n")
        if any(word not in SAME for word in WORD.findall(data)):
            self.found.append((line, " ".join(data.split())))


def texts_of_template(source: str) -> list[tuple[int, str]]:
    """Lines and words of a template that stand outside translation."""
    for piece in (RAW_BLOCK, TRANSLATED_BLOCK, JINJA):
        source = piece.sub(blank, source)
    reader = Texts()
    reader.feed(source)
    reader.close()
    return reader.found


def translated_strings(tree: ast.AST) -> set[ast.AST]:
    """Every string that stands inside a call of a translating function."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        inner
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in TRANSLATES
        for inner in ast.walk(call)
    }


def descriptions(tree: ast.AST) -> set[ast.AST]:
    """Docstrings, and bare strings that describe the name above them: read by developers, not users."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def texts_of_module(source: str) -> list[tuple[int, str]]:
    """Lines and words of a Python module with Swedish letters that stand outside translation."""
    tree = ast.parse(source)
    allowed = translated_strings(tree) | descriptions(tree)
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node not in allowed and set(SWEDISH.findall(node.value)) - SAME
    ]


def untranslated_texts(root: Path = Path()) -> Iterator[Untranslated]:
    """Everything that a user reads and a translator does not, in order."""
    kinds = (("app", "*.py", texts_of_module), ("templates", "*.html", texts_of_template))
    for folder, pattern, texts in kinds:
        for file in sorted((root / folder).rglob(pattern)):
            path = file.relative_to(root).as_posix()
            if not path.startswith(INVENTED):
                yield from (Untranslated(path, line, text) for line, text in texts(file.read_text()))
