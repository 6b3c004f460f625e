"""What somebody wants to see of the portfolio again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.db import Base, UTCDateTime

COMMON = "owner_id is null"


class SavedView(Base):
    """A filter and an order of the portfolio under a name. It holds no case: whoever opens it sees what he or
    she may see."""

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("name <> ''", name="named"),
        Index("uq_saved_view_owner_id_name", "owner_id", "name", unique=True),
        Index(
            "uq_saved_view_common_name",
            "name",
            unique=True,
            sqlite_where=text(COMMON),
            postgresql_where=text(COMMON),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    """Whose alone it is; None: everybody's who reads the portfolio."""
    name: Mapped[str] = mapped_column(String(60))
    asked: Mapped[str] = mapped_column(String(400))
    """What the portfolio's address asks for then; empty: the whole of it."""
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)

    saved_by: Mapped[Person] = relationship(foreign_keys=[saved_by_id], lazy="raise")
