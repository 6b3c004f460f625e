"""The people of the demonstration: offices instead of names, one password for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.accounts import passwords
from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import DEMO_ADDRESS, roles_of
from app.history.service import System

OFFICES: Mapping[str, tuple[str, ...]] = {
    "Stadsledningskontoret": ("Stadsledningskontoret",),
    "Serviceförvaltningen": ("Serviceförvaltningen",),
    "Arbetsmarknadsförvaltningen": ("Arbetsmarknadsförvaltningen",),
    "Utbildningsförvaltningen": ("Utbildningsförvaltningen",),
    "Trafikkontoret": ("Trafikkontoret",),
    "Miljöförvaltningen": ("Miljöförvaltningen",),
    "Äldreförvaltningen": ("Äldreförvaltningen",),
    "Kulturförvaltningen": ("Kulturförvaltningen",),
    "Stadsbyggnadskontoret": ("Stadsbyggnadskontoret",),
    "stadsdelarna": (
        "Bromma stadsdelsförvaltning",
        "Hässelby-Vällingby stadsdelsförvaltning",
        "Skärholmens stadsdelsförvaltning",
        "Hägersten-Liljeholmens stadsdelsförvaltning",
        "Kungsholmens stadsdelsförvaltning",
    ),
}
"""Who leads and signs together: an office and the departments that it works for."""

CENTRAL: Mapping[str, tuple[str, Role]] = {
    "programsekreterare": ("Programsekreteraren", Role.SECRETARIAT),
    "bitradande.programsekreterare": ("Biträdande programsekreteraren", Role.SECRETARIAT),
    "controller": ("Controllern, programmet", Role.CONTROLLER),
    "arbetsgrupp.it": ("Arbetsgruppens it-specialist", Role.WORKING_GROUP),
    "arbetsgrupp.arkiv": ("Arbetsgruppens arkivarie", Role.WORKING_GROUP),
    "radet": ("Rådsledamoten", Role.COUNCIL),
    "beslutsfattare": ("Programdirektören", Role.DECISION_MAKER),
    "revisor": ("Revisorn", Role.AUDITOR),
    "administrator": ("Administratören", Role.ADMINISTRATOR),
}
"""Those who work for the whole programme: the address's first part, the office, the role."""

SUGGESTED = (
    "projektledare.trafik",
    "verksamhetschef.trafik",
    "programsekreterare",
    "controller",
    "radet",
    "beslutsfattare",
    "revisor",
    "administrator",
)
"""The sign-ins that a visitor is shown first: one of each kind."""


@dataclass(frozen=True)
class Cast:
    """Everybody, by what they do; leaders and managers by the name of their department."""

    departments: Mapping[str, int]
    leaders: Mapping[str, Viewer]
    managers: Mapping[str, Viewer]
    administrator: Viewer
    secretaries: tuple[Viewer, Viewer]
    controller: Viewer
    """Of the whole programme."""
    leaving: Mapping[str, Viewer] = field(default_factory=dict)
    """Managers beside the others who are to leave, by the name of their department."""

    @property
    def told(self) -> set[Viewer]:
        """Those who get notifications."""
        return {*self.leaders.values(), *self.managers.values(), *self.secretaries, self.controller}


def engage(now: datetime, leaving: Iterable[str] = ()) -> Cast:
    """Set up the departments and their people, by the services that the administrator uses.

    leaving: departments that have another manager too, who is to leave."""
    engaging = _Engaging(now, passwords.hashed(accounts.DEMO_PASSWORD))
    departments = {
        name: accounts.create_department(System(), name, now).id
        for names in OFFICES.values()
        for name in names
    }
    leaders: dict[str, Viewer] = {}
    managers: dict[str, Viewer] = {}
    for office, names in OFFICES.items():
        ids = [departments[name] for name in names]
        leader = engaging.person("projektledare", "Projektledaren", office, Role.PROJECT_LEADER, ids)
        manager = engaging.person("verksamhetschef", "Verksamhetschefen", office, Role.MANAGER, ids)
        leaders |= dict.fromkeys(names, leader)
        managers |= dict.fromkeys(names, manager)
    central = {key: engaging.central(key, name, role) for key, (name, role) in CENTRAL.items()}
    gone = {
        name: engaging.person("tidigare.chef", "Tidigare chefen", name, Role.MANAGER, [departments[name]])
        for name in leaving
    }
    return Cast(
        departments=departments,
        leaders=leaders,
        managers=managers,
        administrator=central["administrator"],
        secretaries=(central["programsekreterare"], central["bitradande.programsekreterare"]),
        controller=central["controller"],
        leaving=gone,
    )


@dataclass(frozen=True)
class _Engaging:
    """Creating people at a moment. The password is hashed once: it takes longer than all the rest."""

    now: datetime
    password_hash: str

    def person(self, key: str, title: str, office: str, role: Role, department_ids: list[int]) -> Viewer:
        """Somebody who holds a role for the departments of an office."""
        address = f"{key}.{_place(office)}"
        return self._create(address, f"{title}, {office}", title, [(role, each) for each in department_ids])

    def central(self, key: str, name: str, role: Role) -> Viewer:
        """Somebody who holds a role for the whole programme."""
        return self._create(key, name, "", [(role, None)])

    def _create(self, key: str, name: str, title: str, roles: list[tuple[Role, int | None]]) -> Viewer:
        made = accounts.create_person(
            System(),
            email=key + DEMO_ADDRESS,
            name=name,
            title=title,
            password_hash=self.password_hash,
            now=self.now,
        )
        for role, department_id in roles:
            accounts.grant_role(System(), made, role, department_id, self.now)
        return Viewer(made.id, made.name, made.language, roles_of(made.id))


def _place(office: str) -> str:
    """The office as part of an address: `trafik`."""
    name = re.sub("s?( stadsdels)?(förvaltningen|förvaltning|kontoret)$", "", office)
    return name.lower().translate(str.maketrans("åäö", "aao"))
