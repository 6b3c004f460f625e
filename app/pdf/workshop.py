"""Who is served when: the queue before the makers of one web worker (docs/adr/0012).

Those who wait take turns, one document each, so that a pack of a hundred documents delays nobody else by more
than one. The same content is made once, however many ask for it. On one machine no more than `makers` are at
work at a time, whatever the number of web workers.
"""

from __future__ import annotations

import atexit
import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

from app.pdf.errors import BusyError, LostError, PdfError
from app.pdf.keeping import KeptDocuments
from app.pdf.maker import Job, Limits, Made, Maker
from app.pdf.seats import Seats

_LONGEST_GOODBYE = 2.0
_LARGE = 100
"""From so many parts on, joining wants the memory that makers have gathered: it gets a fresh one, and those
with nothing to do are let go."""


@dataclass(frozen=True)
class Queue:
    """How much work is taken on."""

    makers: int = 2
    """At work at a time on one machine."""
    places: int = 2
    """So many people may wait here at a time: the other threads of the worker have pages to answer."""
    waiting: int = 1_000
    """Documents that may wait, those of people who have left included."""
    idle_seconds: int = 600
    """A maker that has nothing to do for so long is let go, and its memory with it."""
    remembered_seconds: int = 60
    """So long it is remembered that a document could not be made, for those who come back to ask."""


@dataclass(frozen=True)
class _Task:
    key: str
    job: Job
    shelf: KeptDocuments
    future: Future[Made]


class Workshop:
    """The makers of this process and the queue before them. Nothing is started before the first document."""

    def __init__(self, queue: Queue | None = None, limits: Limits | None = None) -> None:
        self._queue = queue or Queue()
        self._limits = limits or Limits()
        self._changed = threading.Condition()
        self._waiting: OrderedDict[object, deque[_Task]] = OrderedDict()
        self._under_way: dict[str, Future[Made]] = {}
        self._lost: dict[str, tuple[float, LostError]] = {}
        self._places = threading.BoundedSemaphore(self._queue.places)
        self._seats = Seats(self._queue.makers)
        self._hands: list[threading.Thread] = []
        self._large = 0
        """How many large documents have been joined."""
        self._closed = False

    @contextmanager
    def place(self) -> Iterator[None]:
        """Somebody who waits. BusyError when all places are taken."""
        if not self._places.acquire(blocking=False):
            raise BusyError(f"{self._queue.places} wait for documents already")
        try:
            yield
        finally:
            self._places.release()

    def order(self, who: object, key: str, job: Job, shelf: KeptDocuments) -> Future[Made]:
        """Put a document in the queue, in the line of `who`; one that is under way is only waited for."""
        with self._changed:
            self._forget_old_losses()
            if key in self._lost:
                return _failed(self._lost[key][1])
            if key in self._under_way:
                return self._under_way[key]
            if self._closed or sum(map(len, self._waiting.values())) >= self._queue.waiting:
                raise BusyError(f"{self._queue.waiting} documents wait already")
            task = _Task(key, job, shelf, Future())
            self._waiting.setdefault(who, deque()).append(task)
            self._under_way[key] = task.future
            self._changed.notify()
            self._start_hands()
        return task.future

    def close(self) -> None:
        """Nothing more is made; makers that are at work end with the process."""
        with self._changed:
            self._closed = True
            left = [task for tasks in self._waiting.values() for task in tasks]
            self._waiting.clear()
            self._changed.notify_all()
        for task in left:
            self._settle(task, BusyError("The server is stopping"))
        for hand in self._hands:
            hand.join(_LONGEST_GOODBYE)

    def _start_hands(self) -> None:
        if not self._hands:
            atexit.register(self.close)
            self._hands = [
                threading.Thread(target=self._work, name=f"documents-{number}", daemon=True)
                for number in range(self._queue.makers)
            ]
            for hand in self._hands:
                hand.start()

    def _forget_old_losses(self) -> None:
        now = monotonic()
        self._lost = {key: loss for key, loss in self._lost.items() if loss[0] > now}

    def _work(self) -> None:
        """What one pair of hands does all day; the maker that it starts is its own."""
        maker: Maker | None = None
        while not self._closed:
            task = self._next()
            if maker is not None and (task is None or not maker.is_fit or _is_large(task)):
                maker.close()
                maker = None
            if task is not None:
                maker = self._do(task, maker)
        if maker is not None:
            maker.close()

    def _next(self) -> _Task | None:
        """The next task of the one whose turn it is; None after a long time without any, or when memory is
        wanted elsewhere."""
        with self._changed:
            large = self._large
            self._changed.wait_for(
                lambda: self._waiting or self._closed or self._large > large, self._queue.idle_seconds
            )
            if not self._waiting or self._closed:
                return None
            who, tasks = self._waiting.popitem(last=False)
            task = tasks.popleft()
            if tasks:
                self._waiting[who] = tasks  # to the end of the line
            if _is_large(task):
                self._large += 1
                self._changed.notify_all()
            return task

    def _do(self, task: _Task, maker: Maker | None) -> Maker | None:
        try:
            with self._seats.taken():
                made = task.shelf.find(task.key)  # another worker may have made it meanwhile
                if made is None:
                    maker = maker or Maker(self._limits)
                    made = maker.make(task.job)
                    task.shelf.keep(task.key, made)
        except PdfError as error:
            self._settle(task, error)
        except Exception as error:  # noqa: BLE001 - the hands must go on, and the one who waits must hear of it
            self._settle(task, PdfError(f"{type(error).__name__}: {error}"))
        else:
            self._settle(task, made)
        return maker

    def _settle(self, task: _Task, result: Made | PdfError) -> None:
        with self._changed:
            del self._under_way[task.key]
            if isinstance(result, LostError):
                self._lost[task.key] = (monotonic() + self._queue.remembered_seconds, result)
        if isinstance(result, Made):
            task.future.set_result(result)
        else:
            task.future.set_exception(result)


def _is_large(task: _Task) -> bool:
    return len(task.job.contents) >= _LARGE


def _failed(error: PdfError) -> Future[Made]:
    future: Future[Made] = Future()
    future.set_exception(error)
    return future
