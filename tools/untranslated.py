"""Find texts that a person would read but that do not go through translation.

In templates: words between tags, in attributes that are read out, and in expressions. In Python: words with
Swedish letters, and in forms and views everything that begins like a sentence. In scripts, which get their
words from the page: every sentence. Words that are the same in every language are listed in SAME.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

SAME = frozenset({"English", "Hemtag", "In", "PDF", "På", "XLSX", "kr", "mnkr", "svenska", "öre"})
READ_OUT = frozenset({"alt", "aria-description", "aria-label", "label", "placeholder", "summary", "title"})
TRANSLATES = frozenset(
    {
        "_",
        "_l",
        "gettext",
        "lazy_gettext",
        "lazy_ngettext",
        "lazy_pgettext",
        "ngettext",
        "npgettext",
        "pgettext",
    }
)
FILLED_IN = "x"
"""Stands for what a template fills in; a letter, because names of tags are filled in too."""
NAMES = frozenset({"type"})
"""What is called with a name for the program."""
INVENTED = ("app/demo/", "app/web/styleguide.py", "templates/styleguide/")
"""What people are imagined to have written: contents of the product, not its words."""

TEMPLATES = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
WORD = re.compile(r"[^\W\d_]{2,}")
SWEDISH = re.compile(r"\w*[åäöÅÄÖ]\w*")
CLASS_NAME = re.compile(r"\b[a-z]+(-[a-z]+)+\b")
SENTENCE = re.compile(r"[A-ZÅÄÖ][a-zåäö]")
QUOTED = re.compile(r"""(["'`])((?:\\.|(?!\1).)*)\1""")

Found = tuple[int, str]


@dataclass(frozen=True, order=True)
class Untranslated:
    """One text and where it stands."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        """Say it as compilers do."""
        return f"{self.path}:{self.line}: not translated: {self.text[:90]!r}"


def differs(words: list[str]) -> bool:
    """Tell whether any of the words would be another in another language."""
    return any(word not in SAME and word.strip(FILLED_IN) for word in words)


def is_sentence(text: str) -> bool:
    """Tell whether a text is written for people: it has Swedish letters, or begins like a sentence."""
    return differs(SWEDISH.findall(text)) or (bool(SENTENCE.match(text)) and differs(WORD.findall(text)))


class Words(HTMLParser):
    """Collects what a reader would see or hear of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in READ_OUT and value:
                self.handle_data(value)

    def handle_data(self, data: str) -> None:
        for number, line in enumerate(data.split("\n"), start=self.getpos()[0]):
            if differs(WORD.findall(CLASS_NAME.sub("", line))):
                self.found.append((number, line.strip()))


def bare_page(template: nodes.Template) -> str:
    """The page as it stands in the template, line by line, with FILLED_IN for the rest."""
    page = ""
    for output in template.find_all(nodes.Output):
        for piece in output.nodes:
            page += "\n" * (piece.lineno - 1 - page.count("\n"))
            page += piece.data if isinstance(piece, nodes.TemplateData) else FILLED_IN
    return page


def texts_of_template(source: str) -> Iterator[Found]:
    """Lines and words of a template that stand outside translation."""
    template = TEMPLATES.parse(source)
    reader = Words()
    reader.feed(bare_page(template))
    reader.close()
    yield from reader.found
    calls = [
        call
        for call in template.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATES
    ]
    not_shown: list[nodes.Node] = [*calls, *template.find_all(nodes.Compare)]
    known = {id(text) for node in not_shown for text in node.find_all(nodes.Const)}
    for text in template.find_all(nodes.Const):
        if isinstance(text.value, str) and id(text) not in known and is_sentence(text.value):
            yield text.lineno, text.value


def untranslated_strings(source: str) -> Iterator[Found]:
    """Lines and texts of a Python module that stand outside translation; descriptions do not count."""
    tree = ast.parse(source)
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    known = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in TRANSLATES | NAMES
        for inner in ast.walk(call)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in described | known:
                yield node.lineno, text


def uncollected_strings(tree: ast.AST) -> Iterator[Found]:
    """What is translated inside an f-string, where the collector of texts does not look in Python 3.11."""
    inside = (call for made in ast.walk(tree) if isinstance(made, ast.JoinedStr) for call in ast.walk(made))
    for call in inside:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TRANSLATES:
            yield call.lineno, ast.unparse(call)


def texts_of_module(source: str) -> Iterator[Found]:
    """What has Swedish letters is not for developers."""
    yield from uncollected_strings(ast.parse(source))
    yield from (found for found in untranslated_strings(source) if differs(SWEDISH.findall(found[1])))


def texts_of_edge(source: str) -> Iterator[Found]:
    """In forms and views, what begins like a sentence is for people, whatever its letters."""
    yield from uncollected_strings(ast.parse(source))
    yield from (found for found in untranslated_strings(source) if is_sentence(found[1]))


def texts_of_script(source: str) -> Iterator[Found]:
    """Sentences in a script; names of keys and events are single words."""
    for number, line in enumerate(source.splitlines(), start=1):
        for _, text in QUOTED.findall(line.partition("//")[0]):
            if is_sentence(text) and (" " in text or SWEDISH.search(text)):
                yield number, text


def reader_for(path: str) -> Callable[[str], Iterator[Found]]:
    """The way to read a file."""
    kinds = {".html": texts_of_template, ".js": texts_of_script}
    edge = texts_of_edge if path.endswith(("/forms.py", "/views.py")) else texts_of_module
    return kinds.get(Path(path).suffix, edge)


def untranslated_texts(root: Path = Path()) -> Iterator[Untranslated]:
    """Everything that a user reads and a translator does not, in order."""
    for pattern in ("app/**/*.py", "templates/**/*.html", "static/js/*.js"):
        for file in sorted(root.glob(pattern)):
            path = file.relative_to(root).as_posix()
            if not path.startswith(INVENTED):
                yield from (
                    Untranslated(path, line, text) for line, text in reader_for(path)(file.read_text())
                )
