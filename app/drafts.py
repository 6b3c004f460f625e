"""What people have typed in forms and not yet saved: it outlives tab and session.

A draft belongs to a person, to the address that its form is sent to, and to one opened page of that form. Two
tabs have two drafts, so that neither writes over the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, UniqueConstraint, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime, db, insert

MOST_DRAFTS = 300
"""As many as one person can have; somebody who writes has a few."""
LONGEST_PLACE = 400

Fields = Sequence[tuple[str, str]]
"""Names and texts of a form's fields, in the order of the form."""


class TooManyDraftsError(Exception):
    """The person has more drafts than anybody writes: some have to be thrown away first."""


class Draft(Base):
    """What a person has typed in a form and not yet saved: the form's own words, right or wrong."""

    __tablename__ = "draft"
    __recorded__ = False
    __table_args__ = (UniqueConstraint("person_id", "place", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    """The address that the form is sent to."""
    page: Mapped[str] = mapped_column(String(32))
    """The opened form that it was typed in: two tabs have one each."""
    stands_on: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    """The address of the page that shows the form."""
    about: Mapped[str] = mapped_column(String(60), default="")
    """What the form writes, in words that outlive its address: `12/goals` is a section of project 12."""
    fields: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """Pairs of field name and text, in the order of the form."""
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    """Rises with each save: a page that goes on with a draft knows whether another tab has too."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is typed: whose form, sent where, on which opened page, showing which draft."""

    person_id: int
    place: str
    page: str
    stands_on: str = ""
    about: str = ""
    draft_id: int = 0
    """The draft that the page showed when it was opened; 0 for none."""
    revision: int = 0

    @property
    def own(self) -> ColumnElement[bool]:
        """The draft of this very page."""
        return (Draft.person_id == self.person_id) & (Draft.place == self.place) & (Draft.page == self.page)

    @property
    def shown(self) -> ColumnElement[bool]:
        """The draft that the page began with, as long as no other tab has written on it."""
        return (
            (Draft.person_id == self.person_id)
            & (Draft.id == self.draft_id)
            & (Draft.place == self.place)
            & (Draft.revision == self.revision)
        )


def keep(source: Source, fields: Fields, now: datetime) -> None:
    """Keep what is typed on this page now, in place of what it held before. Raises TooManyDraftsError.

    A page that was opened with a draft goes on with that draft, unless another tab has: then both stay.
    """
    typed: dict[str, Any] = {"fields": [[name, text.replace("\x00", "")] for name, text in fields]}
    typed |= {"saved_at": now, "page": source.page}
    if _written(source.own, typed) or (source.draft_id and _written(source.shown, typed)):
        return
    if count(source.person_id) >= MOST_DRAFTS:
        raise TooManyDraftsError
    new = {"person_id": source.person_id, "place": source.place, "stands_on": source.stands_on}
    new |= {"about": source.about, "revision": 1} | typed
    # Two first saves of one page can meet: the later one goes on with what the earlier has made.
    same_page = [Draft.person_id, Draft.place, Draft.page]
    db.session.execute(
        insert(Draft)
        .values(new)
        .on_conflict_do_update(index_elements=same_page, set_=typed | {"revision": Draft.revision + 1})
    )


def _written(which: ColumnElement[bool], typed: dict[str, Any]) -> bool:
    statement = update(Draft).where(which).values(**typed, revision=Draft.revision + 1)
    written = statement.returning(Draft.id).execution_options(synchronize_session=False)
    return db.session.scalar(written) is not None


def settle(source: Source) -> None:
    """What this page held is saved, or not wanted. Another tab's draft is that tab's, and stays."""
    db.session.execute(delete(Draft).where(source.own | source.shown))


def at(person_id: int, place: str) -> Sequence[Draft]:
    """What the person has typed in the form that is sent to this address, the newest first."""
    query = select(Draft).where(Draft.person_id == person_id, Draft.place == place)
    return db.session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id.desc())).all()


def of(person_id: int) -> Sequence[Draft]:
    """Everything that the person has typed and not saved, the newest first."""
    query = select(Draft).where(Draft.person_id == person_id)
    return db.session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id.desc())).all()


def count(person_id: int) -> int:
    """How many drafts the person has."""
    return db.session.scalar(select(func.count()).where(Draft.person_id == person_id)) or 0


def about(person_id: int, project_id: int) -> set[str]:
    """The keys of the project's forms in which this person has something that is not saved."""
    prefix = f"{project_id}/"
    query = select(Draft.about).where(
        Draft.person_id == person_id, Draft.about.startswith(prefix, autoescape=True)
    )
    return {found.removeprefix(prefix) for found in db.session.scalars(query)}


def throw_away(person_id: int, draft_id: int) -> bool:
    """Forget one draft; False when the person has no such draft."""
    gone = delete(Draft).where(Draft.person_id == person_id, Draft.id == draft_id).returning(Draft.id)
    return db.session.scalar(gone) is not None


def throw_away_about(person_id: int, about: str) -> None:
    """Forget every draft of a form whose subject is gone."""
    db.session.execute(delete(Draft).where(Draft.person_id == person_id, Draft.about == about))
