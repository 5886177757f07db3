"""Reading ahead and writing behind, each in a thread of its own, so that the file and the law do not wait in turn."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Full, Queue
from threading import Event, Thread
from typing import Any, TypeVar

_T = TypeVar("_T")

_WAITING = 1
"""How many batches may wait between two threads: what keeps memory flat."""
_A_MOMENT = 0.1
"""Seconds after which a thread that waits looks whether it is still wanted."""
_END = object()


@contextmanager
def ahead(items: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """The same items, taken in another thread before they are asked for. What is raised there is raised here."""
    queue, left = Queue[Any](_WAITING), Event()

    def take() -> None:
        try:
            for item in items:
                _put(queue, item, left)
                if left.is_set():
                    return
            _put(queue, _END, left)
        except BaseException as error:
            _put(queue, _Raised(error), left)

    def give() -> Iterator[_T]:
        while (item := queue.get()) is not _END:
            if isinstance(item, _Raised):
                raise item.error
            yield item

    thread = Thread(target=take, name="reading ahead", daemon=True)
    thread.start()
    try:
        yield give()
    finally:
        left.set()
        thread.join()


@contextmanager
def behind(write: Callable[[Any], None]) -> Iterator[Callable[[Any], None]]:
    """A function that hands what it is given to ``write`` in another thread. Leaving waits until all is written.

    What ``write`` raises is raised at the next call or on leaving.
    """
    queue, left, raised = Queue[Any](_WAITING), Event(), list[BaseException]()

    def take() -> None:
        while (item := queue.get()) is not _END:
            try:
                if not raised and not left.is_set():
                    write(item)
            except BaseException as error:
                raised.append(error)

    def give(item: Any) -> None:
        if raised:
            raise raised[0]
        queue.put(item)

    thread = Thread(target=take, name="writing behind", daemon=True)
    thread.start()
    try:
        yield give
    except BaseException:
        left.set()
        raise
    finally:
        queue.put(_END)
        thread.join()
    if raised:
        raise raised[0]


class _Raised:
    def __init__(self, error: BaseException):
        self.error = error


def _put(queue: "Queue[Any]", item: Any, left: Event) -> None:
    while not left.is_set():
        try:
            queue.put(item, timeout=_A_MOMENT)
            return
        except Full:
            continue
