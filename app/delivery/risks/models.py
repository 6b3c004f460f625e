"""Risks and issues: what they are, who acts on them by when, and what became of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.risks import score_of
from app.db import Base


class Followed(Base):
    """What a risk and an issue have in common. What is closed changes no more, in the database neither."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    text: Mapped[str] = mapped_column(Text)
    consequence: Mapped[int]
    """From 1, very small, to 5."""
    action: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(String(200))
    """A role, never a person's name, which would outlive the person's time."""
    due_on: Mapped[date | None]
    """The day by which the action is to be done."""
    registered_on: Mapped[date]
    closed_on: Mapped[date | None]

    @property
    def is_open(self) -> bool:
        """It is still to be acted on."""
        return self.closed_on is None

    def late(self, today: date) -> bool:
        """The day of its action has passed."""
        return self.is_open and self.due_on is not None and self.due_on < today


class Risk(Followed):
    """What may happen."""

    __tablename__ = "risk"
    __table_args__ = (
        CheckConstraint("probability between 1 and 5", name="probability_on_scale"),
        CheckConstraint("consequence between 1 and 5", name="consequence_on_scale"),
        CheckConstraint(
            "outcome is null or outcome in ('happened', 'did_not_happen', 'handled')", name="outcome_known"
        ),
        CheckConstraint("(outcome is null) = (closed_on is null)", name="closed_with_outcome"),
        Index("ix_risk_project_id", "project_id", "closed_on"),
        Index("ix_risk_due_on", "closed_on", "due_on"),
    )

    probability: Mapped[int]
    """From 1, very unlikely, to 5."""
    outcome: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    """What is to be remembered of how it went."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here

    @property
    def score(self) -> int:
        """Probability by consequence."""
        return score_of(self.probability, self.consequence)


class Issue(Followed):
    """What has happened."""

    __tablename__ = "issue"
    __table_args__ = (
        CheckConstraint("consequence between 1 and 5", name="consequence_on_scale"),
        CheckConstraint("(solution = '') = (closed_on is null)", name="closed_with_solution"),
        Index("ix_issue_project_id", "project_id", "closed_on"),
        Index("ix_issue_due_on", "closed_on", "due_on"),
    )

    risk_id: Mapped[int | None] = mapped_column(ForeignKey("risk.id", ondelete="RESTRICT"), unique=True)
    """The risk that it was, if anybody saw it coming."""
    solution: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    risk: Mapped[Risk | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads a plain dict here
