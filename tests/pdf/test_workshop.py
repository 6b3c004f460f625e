"""The queue before the makers: bounded, fair, and nothing made twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import wait
from contextlib import closing
from pathlib import Path

import pytest

from app.pdf import BusyError, KeptDocuments, Limits, LostError, NotYetError, Press, Queue, Workshop
from app.pdf.maker import Job, Made, Maker
from tests.pdf import making, pack_samples, samples

NOWHERE = KeptDocuments(Path(os.devnull))


class Counted(KeptDocuments):
    """Notes what is made, in that order."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.made: list[str] = []

    def keep(self, key: str, made: Made) -> None:
        self.made.append(key)
        super().keep(key, made)


def page(text: str = "x") -> Job:
    html = f'<html lang="sv"><title>x</title>{text}</html>'
    return Job({"work": "typeset", "name": "x"}, (html.encode(), b""))


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    with closing(Workshop(Queue(makers=1))) as made:
        yield made


def test_those_who_wait_take_turns(workshop: Workshop, tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    many = [workshop.order("a pack", f"pack{n}", page(), shelf) for n in range(6)]
    one = workshop.order("a memo", "memo", page(), shelf)
    wait([*many, one])
    assert shelf.made.index("memo") <= 2


def test_what_many_ask_for_is_made_once(workshop: Workshop, tmp_path: Path) -> None:
    shelf = Counted(tmp_path)
    asked = [workshop.order(who, "the same", page(), shelf) for who in range(20)]
    wait(asked)
    assert shelf.made == ["the same"]
    assert {future.result().pages for future in asked} == {1}


def test_what_another_worker_has_made_meanwhile_is_taken_from_the_shelf(
    workshop: Workshop, tmp_path: Path
) -> None:
    KeptDocuments(tmp_path).keep("made there", Made(b"%PDF- of another worker", 7))
    assert workshop.order("me", "made there", page(), KeptDocuments(tmp_path)).result().pages == 7


def test_a_bad_document_is_told_to_the_one_who_asked_and_the_next_is_made() -> None:
    with closing(Workshop(Queue(makers=1), Limits(seconds=1))) as workshop:
        bad = workshop.order("me", "bad", page("<div>" * 50_000), NOWHERE)
        good = workshop.order("you", "good", page(), NOWHERE)
        assert isinstance(bad.exception(), LostError)
        assert good.result().pages == 1
        again = workshop.order("me", "bad", page("<div>" * 50_000), NOWHERE)
        assert again.done()  # it is remembered: who asks again does not take the maker down again
        assert again.exception() is bad.exception()


def test_when_all_places_are_taken_the_next_one_hears_it_at_once() -> None:
    with closing(Workshop(Queue(places=1))) as workshop:
        press = Press(making.environment(), workshop, NOWHERE)
        with workshop.place(), press.order() as order, pytest.raises(BusyError):
            order.render(samples.application())
        with press.order() as order:
            assert order.render(pack_samples.summary()).startswith(b"%PDF")


def test_when_too_many_documents_wait_no_more_are_taken() -> None:
    with closing(Workshop(Queue(makers=1, waiting=2))) as workshop:
        workshop.order("me", "first", page("<p>x</p>" * 2_000), NOWHERE)
        taken = [workshop.order("me", key, page(), NOWHERE) for key in ("second",)]
        with pytest.raises(BusyError, match="wait already"):  # the maker takes one, or none so far
            taken += [workshop.order("me", key, page(), NOWHERE) for key in ("third", "fourth")]
        wait(taken)
        assert all(future.result().pages == 1 for future in taken)


def test_whoever_has_waited_long_enough_hears_how_far_it_is_and_the_work_goes_on(tmp_path: Path) -> None:
    with closing(Workshop()) as workshop:
        press = Press(making.environment(), workshop, KeptDocuments(tmp_path))
        with press.order(patience=0) as order:
            begun = [order.begin(document) for document, _name in pack_samples.pack_documents()]
            with pytest.raises(NotYetError) as told:
                _ = begun[0].made
        assert told.value.asked == 6
        wait([ordered.future for ordered in begun])
        with press.order(patience=0) as order:  # done is kept: nobody has to wait now
            assert order.begin(pack_samples.summary()).made.pages == 1


def test_a_workshop_that_closes_leaves_nobody_waiting() -> None:
    workshop = Workshop(Queue(makers=1))
    waiting = [workshop.order("me", str(number), page(), NOWHERE) for number in range(5)]
    workshop.close()
    assert isinstance(waiting[-1].exception(), BusyError)
    with pytest.raises(BusyError):
        workshop.order("me", "late", page(), NOWHERE)


def test_a_large_document_is_joined_by_a_fresh_maker_while_the_idle_are_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Maker] = []

    class Noted(Maker):
        def __init__(self, limits: Limits) -> None:
            super().__init__(limits)
            made.append(self)

    monkeypatch.setattr("app.pdf.workshop.Maker", Noted)
    monkeypatch.setattr("app.pdf.workshop._LARGE", 3)
    with closing(Workshop(Queue(makers=2))) as workshop:
        asked = [workshop.order(n, f"page {n}", page(str(n)), NOWHERE) for n in range(3)]
        parts = [future.result().pdf for future in asked]
        before = list(made)
        assert before
        head = {"work": "join", "title": "x", "language": "sv", "date": "2027-01-01", "numbered": False}
        job = Job({**head, "bookmarks": ["a", "b", "c"]}, parts)
        assert workshop.order("me", "joined", job, NOWHERE).result().pages == 3
        *others, joined_by = made
        assert others == before
        for maker in before:
            maker._process.wait(30)
        assert joined_by.is_fit
