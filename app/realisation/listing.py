"""The register as a page: what its address asks for, and its filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.queries import department_names
from app.benefits.labels import NAMES
from app.core.benefits import BenefitCategory
from app.core.realisation import RED, Light
from app.realisation.register import Wanted
from app.realisation.words import LIGHTS

NEED_ACTION = "atgard"
GROUPS: Mapping[str, tuple[Any, frozenset[Light]]] = {
    NEED_ACTION: (_l("Behöver åtgärd"), RED),
    **{light.value: (LIGHTS[light].label, frozenset({light})) for light in Light},
}
"""By what the address says."""


def asked_for(args: Mapping[str, str]) -> Wanted:
    """The filter in an address. What cannot be understood asks for nothing special."""
    department, category = args.get("forvaltning", ""), args.get("kategori", "")
    return Wanted(
        int(department) if department.isdecimal() and len(department) < 10 else None,
        category if category in set(BenefitCategory) else "",
        GROUPS.get(args.get("lage", ""), ("", frozenset()))[1],
    )


def taken_along(args: Mapping[str, str]) -> list[tuple[str, str]]:
    """The formats in which the rows can be taken along, each with its address: the same filter."""
    asked = {key: args[key] for key in ("lage", "forvaltning", "kategori") if key in args}
    return [(kind.upper(), url_for(f"realisation.as_{kind}", **asked)) for kind in ("csv", "xlsx")]  # type: ignore[arg-type] # texts, all of them


def filters(args: Mapping[str, str], counts: Mapping[Light, int]) -> list[dict[str, Any]]:
    """The filters above the register, with what is chosen and how much there is of each."""
    wanted = asked_for(args)
    everything = [("", _("Alla"))]
    return [
        {
            "name": "lage",
            "label": _("Läge"),
            "value": args.get("lage", ""),
            "options": everything
            + [
                (key, f"{label} ({sum(counts.get(light, 0) for light in lights)})")
                for key, (label, lights) in GROUPS.items()
            ],
        },
        {
            "name": "forvaltning",
            "label": _("Förvaltning"),
            "value": wanted.department_id or "",
            "options": everything + list(department_names().items()),
        },
        {
            "name": "kategori",
            "label": _("Kategori"),
            "value": wanted.category,
            "options": everything + [(kind.value, NAMES[kind]) for kind in BenefitCategory],
        },
    ]
