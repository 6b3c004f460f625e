"""Lessons of finished projects, the words that they are found by, and what applications answer to them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Person
from app.alphabet import Kept
from app.core.calibration import Sums, Tally
from app.core.final_report import Area, Group
from app.core.lessons import Answer, Kind
from app.db import Base, Money, Quantity, Rate, UTCDateTime


def _one_of(column: str, names: type[Group | Area | Kind | Answer]) -> str:
    return f"{column} in ({', '.join(repr(name.value) for name in names)})"


class Lesson(Base):
    """What one group of a finished project found. It repeats the approved final report, which stays as it is:
    the history tells of that."""

    __tablename__ = "lesson"
    __recorded__ = False
    __table_args__ = (
        UniqueConstraint("version_id", "place"),
        CheckConstraint(_one_of("kind", Kind), name="kind_known"),
        CheckConstraint(f"area is null or {_one_of('area', Area)}", name="area_known"),
        CheckConstraint(f"told_by is null or {_one_of('told_by', Group)}", name="told_by_known"),
        Index("ix_lesson_project_id", "project_id"),
        Index("ix_lesson_kind_area", "kind", "area"),
        Index("ix_lesson_learned_on", "learned_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    version_id: Mapped[int] = mapped_column(ForeignKey("final_report_version.id", ondelete="RESTRICT"))
    place: Mapped[str] = mapped_column(String(60))
    """Where in the report it stands."""
    told_by: Mapped[str | None] = mapped_column(String(20))
    """The group that looked back; None for the report's own recommendations."""
    kind: Mapped[str] = mapped_column(String(20))
    area: Mapped[str | None] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    learned_on: Mapped[date]
    """The day that the report was approved."""


class LessonTerm(Base):
    """A word's stem that stands in some lesson. Written both ways, so that it is found by its beginning and
    by its end: a Swedish word is often the end of a longer one."""

    __tablename__ = "lesson_term"
    __recorded__ = False

    id: Mapped[int] = mapped_column(primary_key=True)
    stem: Mapped[str] = mapped_column(Kept, unique=True)
    backwards: Mapped[str] = mapped_column(Kept, index=True)
    lessons: Mapped[int] = mapped_column(default=0)
    """In how many lessons it stands: what stands in all of them says little."""


class LessonPosting(Base):
    """That a word stands in a lesson."""

    __tablename__ = "lesson_posting"
    __recorded__ = False

    term_id: Mapped[int] = mapped_column(ForeignKey("lesson_term.id", ondelete="RESTRICT"), primary_key=True)
    lesson_id: Mapped[int] = mapped_column(
        ForeignKey("lesson.id", ondelete="RESTRICT"), primary_key=True, index=True
    )


class LessonAnswer(Base):
    """What an application says of a lesson that others have learned. The newest of a lesson holds; the
    earlier ones stay."""

    __tablename__ = "lesson_answer"
    __fixed__ = True
    __table_args__ = (
        CheckConstraint(_one_of("answer", Answer), name="answer_known"),
        CheckConstraint("words <> ''", name="words_said"),
        Index("ix_lesson_answer_project_id_lesson_id", "project_id", "lesson_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id", ondelete="RESTRICT"))
    answer: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text)
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    answered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    lesson: Mapped[Lesson] = relationship(lazy="raise")
    answered_by: Mapped[Person] = relationship(lazy="raise")


class CountedOutcomes(Base):
    """What the measured projects of a programme came to, together and by what they are like: counted once a
    day, so that who writes an application does not wait for it. It can be counted again at any time."""

    __tablename__ = "counted_outcomes"
    __recorded__ = False
    __table_args__ = (UniqueConstraint("programme_id", "trait", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="RESTRICT"))
    trait: Mapped[str] = mapped_column(String(20))
    """Empty for all of them together."""
    value: Mapped[str] = mapped_column(String(200))
    counted_on: Mapped[date]
    cases: Mapped[int]
    shares: Mapped[Decimal] = mapped_column(Rate)
    shares_squared: Mapped[Decimal] = mapped_column(Rate)
    """Sums, of each case's share and of its square; the same of months below."""
    late_cases: Mapped[int]
    months: Mapped[Decimal] = mapped_column(Quantity)
    months_squared: Mapped[Decimal] = mapped_column(Quantity)
    promised: Mapped[Decimal] = mapped_column(Money)
    realised: Mapped[Decimal] = mapped_column(Money)

    @property
    def sums(self) -> Sums:
        """The same, to count with."""
        return Sums(
            shares=Tally(self.cases, self.shares, self.shares_squared),
            late=Tally(self.late_cases, self.months, self.months_squared),
            promised=self.promised,
            realised=self.realised,
        )
