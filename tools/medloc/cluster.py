"""The one door to Dask: the same tasks on the workers of a cluster.

A task that a lost worker had is done again by another; results come as they are ready, and no more
tasks are under way than keep every worker busy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from medloc.errors import UsageError
from medloc.parallel import AHEAD
from medloc.phrases import phrase

_Common = TypeVar("_Common")
_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Cluster:
    """The workers of a Dask scheduler; `address` as in `tcp://10.0.0.5:8786`. They need medloc in
    the same version, and nothing of the project: tasks bring what they are about."""

    def __init__(self, address: str) -> None:
        self._address = address

    def each(
        self, function: Callable[[_Common, _Task], _Result], common: _Common, tasks: Iterable[_Task]
    ) -> Iterator[_Result]:
        """Results in any order; raises UsageError when the scheduler cannot be reached."""
        try:
            import distributed
        except ImportError:
            raise UsageError(
                phrase("--cluster needs the extra `cluster`"),
                advice=phrase("Install it: pip install 'medloc[cluster]'."),
            ) from None
        dask: Any = distributed  # it has no types
        try:
            client = dask.Client(self._address, timeout=20, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UsageError(
                phrase("--cluster: {address} cannot be reached ({error})",
                       address=self._address, error=error),
                advice=phrase("Start one: dask scheduler, and dask worker ADDRESS."),
            ) from None  # fmt: skip
        with client:
            [given] = client.scatter([common], broadcast=True)
            waiting = iter(tasks)
            ahead = AHEAD * max(1, sum(client.ncores().values()))

            def submit(count: int) -> list[object]:
                return [
                    client.submit(function, given, task, pure=False)
                    for task in islice(waiting, count)
                ]

            with client.as_current():
                pending = dask.as_completed(submit(ahead))
            for future in pending:
                result = future.result()
                future.release()
                yield result
                for fresh in submit(1):
                    pending.add(fresh)
