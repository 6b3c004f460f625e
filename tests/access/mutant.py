"""One rule of the product, broken on purpose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """A rule that is broken: `before` in a file becomes `after`. `who` are people that notice it,
    or others whom the rules treat as they treat them."""

    what: str
    file: str
    before: str
    after: str
    who: str
