"""What a build did: the value, its JSON, and its record for the next build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from medloc.errors import MedlocError
from medloc.model import Notice, Shown, Withheld, WithheldMessage


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. Counts are files below the site, `pages` article pages."""

    pages: int
    written: int
    unchanged: int
    removed: int
    withheld: tuple[Withheld, ...] = ()
    down: tuple[str, ...] = ()  # pages that were on the site and are not any more
    seconds: float = 0.0
    notices: tuple[Notice, ...] = ()
    troubles: tuple[MedlocError, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The JSON that `--json` prints."""
        return {
            "pages": self.pages,
            "written": self.written,
            "unchanged": self.unchanged,
            "removed": self.removed,
            "withheld": [_withheld_json(page) for page in self.withheld],
            "seconds": round(self.seconds, 3),
        }


def to_record(built: Built) -> dict[str, object]:
    """A build without its troubles, to be kept until something changes."""
    return {
        "pages": built.pages,
        "files": built.written + built.unchanged,
        "withheld": [asdict(page) for page in built.withheld],
        "notices": [asdict(notice) for notice in built.notices],
    }


def from_record(record: Mapping[str, Any], *, seconds: float) -> Built | None:
    """The same build, found unchanged; None when the record is not one of ours."""
    try:
        withheld = tuple(
            Withheld(
                **{
                    **page,
                    "messages": tuple(WithheldMessage(**m) for m in page["messages"]),
                    "shown": Shown(page["shown"]),
                }
            )
            for page in record["withheld"]
        )
        return Built(
            pages=int(record["pages"]),
            written=0,
            unchanged=int(record["files"]),
            removed=0,
            withheld=withheld,
            seconds=seconds,
            notices=tuple(Notice(**notice) for notice in record["notices"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _withheld_json(page: Withheld) -> dict[str, object]:
    return {
        "article": page.article,
        "locale": page.locale,
        "reason": page.reason,
        "shown": str(page.shown),
        "messages": [
            {
                "id": message.id,
                "msgctxt": message.context,
                "standing": str(message.standing),
                **({"reason": message.reason} if message.reason else {}),
            }
            for message in page.messages
        ],
    }
