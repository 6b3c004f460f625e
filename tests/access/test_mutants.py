"""The list of breaks is one of breaks that can be made: `make mutants` tries them."""

from __future__ import annotations

from config import PROJECT_ROOT
from tests.access.mutants import MUTANTS
from tests.access.people import WHO


def test_every_break_has_its_place_in_the_code() -> None:
    gone = [
        mutant.what
        for mutant in MUTANTS
        if (PROJECT_ROOT / mutant.file).read_text().count(mutant.before) != 1
    ]
    assert not gone, "write these breaks anew: their text has changed"
    assert {name for mutant in MUTANTS for name in mutant.who.split(" or ")} <= WHO.keys()
