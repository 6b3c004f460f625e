"""The programme that tests apply to."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from app.accounts.access import Viewer
from app.db import transaction
from app.programmes import service
from app.programmes.models import Programme


def made_by(boss: Viewer, now: datetime) -> Programme:
    """A programme with a frame of 100 million kronor and everything that an application needs."""
    first_day = date(2026, 1, 1)
    with transaction():
        made = service.create_programme(
            boss,
            name="E-tjänstprogrammet",
            starts_on=first_day,
            ends_on=date(2029, 12, 31),
            decision_reference="KF 2025-11-03 § 12",
            frame=Decimal(100_000_000),
            goals=["Ökad medborgarnytta", "Ökad intern effektivitet"],
            now=now,
        )
        service.set_calculation(
            boss,
            made,
            valid_from=first_day,
            discount_rate=Decimal("0.035"),
            internal_rate=Decimal("0.025"),
            price_year=2026,
            payroll_overhead=Decimal("0.40"),
            horizon_years=10,
            reference="KF 2025-11-03 § 13",
            now=now,
        )
        service.set_hourly_rate(boss, made, "Handläggare", Decimal(450), first_day, now=now)
        for decider, limit in (
            ("Programdirektören", Decimal(3_000_000)),
            ("Stadsdirektören", Decimal(10_000_000)),
            ("Kommunstyrelsens utskott", None),
        ):
            service.set_delegation(boss, made, decider=decider, limit=limit, valid_from=first_day, now=now)
        for position, (name, weight) in enumerate((("Nytta", 60), ("Genomförbarhet", 40)), start=1):
            service.add_criterion(
                boss,
                made,
                position=position,
                name=name,
                weight=weight,
                valid_from=first_day,
                anchors=["Saknas", "Svag", "Godtagbar", "God", "Mycket god"],
                now=now,
            )
        service.open_round(
            boss,
            made,
            name="Löpande 2027",
            opens_on=first_day,
            closes_on=None,
            answer_within_days=60,
            now=now,
        )
        return made
