"""A worker that dies takes nothing with it that was acknowledged, in short."""

from __future__ import annotations

from tools.drill import killed_workers
from tools.drill.city import founded, product
from tools.grounds import Ground

KILLS = 2


def test_what_is_acknowledged_survives_the_killing_of_workers(ground: Ground) -> None:
    with product(ground):
        work = killed_workers.prepared(founded(frame=killed_workers.APPLIED * 1000), KILLS * 20)
    told = killed_workers.work_under_fire(ground, work, KILLS)
    with product(ground):
        killed_workers.verify(work, told)
