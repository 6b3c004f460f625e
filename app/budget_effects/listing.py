"""The register as a page: what its address asks for, and its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.accounts.queries import department_names
from app.budget_effects.register import Wanted
from app.budget_effects.words import STATES
from app.core.budget_effects import EffectState
from app.web.addresses import record_number

ROWS = 30
"""Effects on a page of the register."""
YEARS = range(2000, 2200)
"""Those that an address may ask for."""


def asked_for(args: Mapping[str, str]) -> Wanted:
    """The filter in an address. What cannot be understood asks for nothing special."""
    state, year = args.get("lage", ""), record_number(args.get("ar", ""))
    return Wanted(
        record_number(args.get("forvaltning", "")),
        year if year in YEARS else None,
        EffectState(state) if state in set(EffectState) else None,
        args.get("tidigt") == "1",
    )


def taken_along(args: Mapping[str, str]) -> list[tuple[str, str]]:
    """The formats in which the rows can be taken along, each with its address: the same filter."""
    asked = {key: args[key] for key in ("lage", "tidigt", "ar", "forvaltning") if key in args}
    return [(kind.upper(), url_for(f"budget_effects.as_{kind}", **asked)) for kind in ("csv", "xlsx")]  # type: ignore[arg-type] # texts, all of them


def filters(
    wanted: Wanted, counts: Mapping[EffectState, int], early: int, years: Sequence[int]
) -> list[dict[str, Any]]:
    """The filters above the register, with what is chosen and how much there is of each."""
    everything = [("", _("Alla"))]
    return [
        {
            "name": "lage",
            "label": _("Läge"),
            "value": wanted.state.value if wanted.state else "",
            "options": everything
            + [(state.value, f"{tag.label} ({counts.get(state, 0)})") for state, tag in STATES.items()],
        },
        {
            "name": "tidigt",
            "label": _("Tidigt uttag"),
            "value": "1" if wanted.early else "",
            "options": [*everything, ("1", _("Bara tidiga (%(count)s)", count=early))],
        },
        {
            "name": "ar",
            "label": _("Budgetår"),
            "value": wanted.year or "",
            "options": everything + [(str(year), str(year)) for year in years],
        },
        {
            "name": "forvaltning",
            "label": _("Förvaltning"),
            "value": wanted.department_id or "",
            "options": everything + [(str(key), name) for key, name in department_names().items()],
        },
    ]
