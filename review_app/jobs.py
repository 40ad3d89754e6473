"""Work that takes longer than a click may, in threads."""

from __future__ import annotations

import datetime as dt
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from medloc.errors import MedlocError, UsageError
from medloc.model import Person
from medloc.phrases import phrase

_KEPT = 50


@dataclass
class Job:
    """Work under way, or what became of it: `share` is how much is done, from 0 to 1; `notes` are
    said while it goes on; `trouble` is why it was broken off."""

    kind: str
    who: str
    started: dt.datetime
    share: float = 0.0
    notes: list[str] = field(default_factory=list)
    result: object = None
    trouble: str = ""
    ended: dt.datetime | None = None

    def progress(self, share: float) -> None:
        """Say how much is done."""
        self.share = min(1.0, max(self.share, share))


class Jobs:
    """The jobs of a project; `clock` gives the moment in UTC."""

    def __init__(self, clock: Callable[[], dt.datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._recent: deque[Job] = deque(maxlen=_KEPT)

    def recent(self, kind: str) -> tuple[Job, ...]:
        """The jobs of a kind, the latest first."""
        return tuple(job for job in tuple(self._recent) if job.kind == kind)

    def start(
        self, kind: str, person: Person, work: Callable[[Job], object], *, alone: bool = True
    ) -> Job:
        """Begin work in a thread; with `alone` it raises UsageError while another of its kind is
        under way."""
        with self._lock:
            before = next((job for job in self.recent(kind) if job.ended is None), None)
            if alone and before is not None:
                raise UsageError(
                    f"{before.who} started this at {before.started:%H:%M:%S} UTC and it goes on",
                    advice="Wait for its end: you see it here too.",
                )
            job = Job(kind, person.name or person.id, self._clock())
            self._recent.appendleft(job)
        threading.Thread(target=self._run, args=(job, work), name=f"medloc-{kind}").start()
        return job

    def _run(self, job: Job, work: Callable[[Job], object]) -> None:
        try:
            job.result = work(job)
        except MedlocError as trouble:
            job.trouble = str(trouble)
        except Exception as error:  # whoever waits must hear of it; the log has the rest
            job.trouble = phrase(
                "{error}: this is a fault of medloc; please report it.", error=type(error).__name__
            )
            raise
        else:
            job.share = 1.0
        finally:
            job.ended = self._clock()
