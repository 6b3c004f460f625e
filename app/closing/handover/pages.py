"""What the page of a project's handover shows, gathered for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.access import Viewer
from app.closing.handover import policy, queries
from app.closing.handover.gate import handover_lacks
from app.closing.handover.models import NothingLeft, RestItem
from app.closing.handover.queries import ENDS_IN, RestItemOf
from app.core.handover import Standing
from app.core.workflow import State
from app.projects.models import Project


@dataclass(frozen=True)
class Allowed:
    """What the viewer may do with a thing now."""

    change: bool
    answer: bool
    take_over: bool
    close: bool


@dataclass(frozen=True)
class Row:
    """One thing, and what may be done with it."""

    item: RestItem
    may: Allowed


@dataclass(frozen=True)
class HandoverPage:
    """Everything on the page."""

    open_rows: Sequence[Row]
    closed: Sequence[RestItem]
    lacks: Sequence[str]
    nothing_left: NothingLeft | None
    ends: bool
    """The project is on its way to its end: what is missing is told."""
    may_keep: bool
    may_confirm: bool
    may_begin_closing: bool
    may_reopen: bool

    @property
    def to_ask(self) -> int:
        """How many things their receivers have not been asked about."""
        return sum(row.item.standing == Standing.NOTED for row in self.open_rows)

    @property
    def acts(self) -> bool:
        """The viewer may do something with one of them."""
        return any(
            (row.may.change, row.may.answer, row.may.take_over, row.may.close) != (False,) * 4
            for row in self.open_rows
        )


def handover_page(viewer: Viewer, project: Project) -> HandoverPage:
    """Gather the page."""
    items = queries.items_of(project.id)
    ends = State(project.state) in ENDS_IN
    return HandoverPage(
        open_rows=[Row(item, _allowed(viewer, project, item)) for item in items if item.is_open],
        closed=[item for item in items if not item.is_open],
        lacks=handover_lacks(project) if ends else [],
        nothing_left=queries.nothing_left_in(project),
        ends=ends,
        may_keep=bool(policy.may_keep_list(viewer, project)),
        may_confirm=bool(policy.may_confirm_nothing_left(viewer, project)),
        may_begin_closing=bool(policy.may_begin_closing(viewer, project)),
        may_reopen=bool(policy.may_reopen(viewer, project)),
    )


def _allowed(viewer: Viewer, project: Project, item: RestItem) -> Allowed:
    found = RestItemOf(project, item)
    return Allowed(
        change=bool(policy.may_change_item(viewer, found)),
        answer=bool(policy.may_answer(viewer, found)),
        take_over=bool(policy.may_take_over(viewer, found)),
        close=bool(policy.may_close(viewer, found)),
    )
