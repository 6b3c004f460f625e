"""Compare the texts of the code with their translations, and find texts that nobody can translate.

`python -m tools.check_translations TEMPLATE CATALOGUE...`: TEMPLATE is what `pybabel extract` just read from
the code. Swedish is the source language; every other language must have each text, once, with the same
placeholders, and nothing that the code no longer says.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tools.untranslated import untranslated_texts

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]")


def read(path: Path) -> Catalog:
    """Read a catalogue; a file in bad form ends the program."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def forms(text: object) -> tuple[str, ...]:
    """A text as its forms: one, or singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text) if isinstance(text, (tuple, list)) else ()


def placeholders(text: object) -> set[str]:
    """The names that a text fills in, over all its forms."""
    return {found.group(0) for form in forms(text) for found in PLACEHOLDER.finditer(form)}


def shown(message: Message) -> str:
    """A text as it is shown in a complaint."""
    first = forms(message.id)[0]
    return f"»{first[:90]}…«" if len(first) > 90 else f"»{first}«"


def faults_of(message: Message, translated: Message | None) -> Iterator[str]:
    """What is wrong with the translation of one text."""
    if translated is None:
        place = message.locations[0][0] if message.locations else "?"
        yield f"not there: {shown(message)} ({place})"
    elif not all(forms(translated.string)):
        yield f"empty: {shown(message)}"
    else:
        if translated.fuzzy:
            yield f"marked fuzzy: {shown(message)}"
        if placeholders(message.id) != placeholders(translated.string):
            yield f"other placeholders: {shown(message)}"


def compare(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """Every difference between the texts of the code and one language."""
    wanted = {(message.id, message.context): message for message in template if message.id}
    given = {(message.id, message.context): message for message in catalogue if message.id}
    for key, message in wanted.items():
        yield from faults_of(message, given.get(key))
    for key in given.keys() - wanted.keys():
        yield f"no longer used: {shown(given[key])}"
    for message in catalogue.obsolete.values():
        yield f"kept though obsolete: {shown(message)}"


def main(template_path: str, *catalogue_paths: str) -> None:
    """Print every fault and end with 1 when there is one."""
    template = read(Path(template_path))
    faults = [str(fault) for fault in untranslated_texts()]
    if not catalogue_paths:
        faults.append("there is no translation at all; start with: make translations")
    for path in map(Path, catalogue_paths):
        faults += [f"{path.parent.parent.name}: {fault}" for fault in compare(template, read(path))]
    if faults:
        print(*faults, sep="\n")
        sys.exit(f"{len(faults)} texts need a hand")
    print(f"{len(list(template)) - 1} texts, all translated")


if __name__ == "__main__":
    main(*sys.argv[1:])
