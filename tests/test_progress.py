"""Figures of the work: exact tables from small counts and a small ledger."""

from __future__ import annotations

import datetime as dt

from medloc.index import Since
from medloc.model import Draft, Event, Kind, Standing
from medloc.standing import fold
from medloc.workflow.progress import (
    Decided,
    Published,
    Stood,
    Waited,
    decisions_by_day,
    publications,
    standings,
    waiting_ages,
)

TODAY = dt.date(2026, 3, 10)


def event(number: int, at: str, kind: Kind, **more: str) -> Event:
    return Event(number, at, "", "", Draft(f"e{number}", kind, "ana", "app", **more))


def since(locale: str, standing: Standing, day: str, messages: int, article: str = "a") -> Since:
    return Since(article, locale, standing.value, day, messages, f"{day}T10:00:00Z" if day else "")


def test_standings_add_up_days_in_the_order_of_standings() -> None:
    rows = [
        since("es", Standing.APPROVED, "2026-03-01", 2),
        since("es", Standing.APPROVED, "2026-03-02", 3),
        since("es", Standing.MISSING, "", 1),
        since("ar", Standing.WAITING, "", 4),
    ]
    assert standings(rows) == (
        Stood("ar", "a", Standing.WAITING, 4),
        Stood("es", "a", Standing.MISSING, 1),
        Stood("es", "a", Standing.APPROVED, 5),
    )


def test_only_decisions_are_counted_by_day() -> None:
    events = [
        event(1, "2026-03-01T23:59:59Z", Kind.APPROVE),
        event(2, "2026-03-02T00:00:00Z", Kind.APPROVE),
        event(3, "2026-03-02T00:00:01Z", Kind.APPROVE),
        event(4, "2026-03-02T09:00:00Z", Kind.RECALL),
        *(event(5, "2026-03-02T09:00:00Z", kind)
          for kind in (Kind.SOURCE, Kind.PUBLISH, Kind.PROPOSE, Kind.COMMENT)),
    ]  # fmt: skip
    assert decisions_by_day(events) == (
        Decided(dt.date(2026, 3, 1), Kind.APPROVE, 1),
        Decided(dt.date(2026, 3, 2), Kind.APPROVE, 2),
        Decided(dt.date(2026, 3, 2), Kind.RECALL, 1),
    )


def test_age_groups_at_their_edges() -> None:
    days = {"2026-03-10": 0, "2026-03-09": 1, "2026-03-07": 1, "2026-03-06": 2, "2026-03-03": 2,
            "2026-03-02": 3, "2026-02-08": 3, "2026-02-07": 4, "2025-12-10": 4, "2025-12-09": 5,
            "2026-03-11": 0, "": -1}  # fmt: skip
    for day, age in days.items():
        found = waiting_ages([since("es", Standing.WAITING, day, 2)], today=TODAY)
        assert found == (Waited("es", Standing.WAITING, age, 2),), day


def test_what_is_done_or_missing_does_not_wait_for_a_decision() -> None:
    done = (Standing.APPROVED, Standing.MISSING, Standing.STALE, Standing.RECALLED)
    assert waiting_ages([since("es", s, "", 1) for s in done], today=TODAY) == ()


LEDGER = fold(
    [
        event(1, "2026-01-01T08:00:00Z", Kind.SOURCE, article="a", text="one"),
        event(2, "2026-02-01T08:00:00Z", Kind.PUBLISH, text="0" * 64),
        event(3, "2026-03-01T08:00:00Z", Kind.SOURCE, article="a", text="two"),
        event(4, "2026-03-03T08:00:00Z", Kind.PUBLISH, text="1" * 64),
        event(5, "2026-03-05T08:00:00Z", Kind.PUBLISH, text="2" * 64),
    ]
)
CHANGED = dt.date(2026, 3, 1)


def test_published_by_the_first_edition_after_the_last_approval() -> None:
    rows = [
        since("es", Standing.APPROVED, "2026-01-05", 3),
        since("es", Standing.APPROVED, "2026-03-04", 1),
        since("fr", Standing.APPROVED, "2026-01-05", 4),
    ]
    assert publications(rows, LEDGER, today=TODAY) == (
        Published("es", "a", CHANGED, dt.date(2026, 3, 5), 4),
        Published("fr", "a", CHANGED, dt.date(2026, 3, 3), 2),
    )


def test_page_with_something_open_counts_until_today() -> None:
    for rows in (
        [since("es", Standing.APPROVED, "2026-03-01", 3), since("es", Standing.STALE, "", 1)],
        [since("es", Standing.STALE, "", 1), since("es", Standing.APPROVED, "2026-03-01", 3)],
        [since("es", Standing.APPROVED, "2026-03-06", 3)],
    ):
        assert publications(rows, LEDGER, today=TODAY) == (Published("es", "a", CHANGED, None, 9),)


def test_article_that_the_ledger_has_not_heard_of_has_no_time() -> None:
    rows = [since("es", Standing.APPROVED, "2026-03-01", 3, article="b")]
    assert publications(rows, LEDGER, today=TODAY) == ()
