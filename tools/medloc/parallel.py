"""Many tasks, one function, one seam: here, in processes of this machine, or on a cluster.

Results come as they are ready, and never many more tasks are under way than there are hands: what
is in memory does not grow with the number of tasks.
"""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

_Common = TypeVar("_Common")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

# So many tasks for each hand are handed out ahead: enough that none waits for the next.
AHEAD = 3
FEW = 24


class Hands(Protocol):
    """Whoever does work: `each` gives the result of `function(common, task)` for every task, in any
    order, and raises what a task raised."""

    def each(
        self, function: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task]
    ) -> Iterator[_Result]: ...


class Here:
    """This process itself."""

    def each(
        self, function: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """One task after the other, in order."""
        for task in tasks:
            yield function(common, task)


class Processes:
    """So many processes of this machine. They are started for the first task and end with the last
    result; a process that dies stops the work with an error."""

    def __init__(self, count: int) -> None:
        self._count = count

    def each(
        self, function: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """Tasks are taken while others are under way; a few are done here: processes would take
        longer to start."""
        rest = iter(tasks)
        first = list(islice(rest, FEW))
        if len(first) < FEW:
            yield from Here().each(function, common, first)
            return
        tasks = chain(first, rest)
        with self._pool(function, common) as pool:
            yield from windowed(
                lambda task: pool.submit(_do, task), tasks, ahead=self._count * AHEAD
            )

    @contextmanager
    def _pool(self, function: object, common: object) -> Iterator[ProcessPoolExecutor]:
        # Not `fork`: a process with threads (progress bars, the app) must not be copied.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        # Pickled once, not for each process.
        given = pickle.dumps((function, common), pickle.HIGHEST_PROTOCOL)
        pool = ProcessPoolExecutor(
            self._count, mp_context=context, initializer=_begin, initargs=(given,)
        )
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def windowed(
    submit: Callable[[_Task], Future[_Result]], tasks: Iterable[_Task], *, ahead: int
) -> Iterator[_Result]:
    """Hand tasks out, `ahead` of them at a time, and give results as they come."""
    pending: set[Future[_Result]] = set()
    for task in tasks:
        pending.add(submit(task))
        if len(pending) >= ahead:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)


_work: tuple[Callable[[Any, Any], Any], Any]


def _begin(given: bytes) -> None:
    global _work
    _work = pickle.loads(given)


def _do(task: Any) -> Any:
    function, common = _work
    return function(common, task)
