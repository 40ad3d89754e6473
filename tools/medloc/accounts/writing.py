"""How tokens and moments are written in the file of accounts."""

from __future__ import annotations

import datetime as dt
import hashlib


def hashed(token: str) -> str:
    """What is kept of a token: it is long and random, so one SHA-256 tells nothing of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def moment(at: dt.datetime) -> str:
    """A moment in UTC; texts are ordered as the moments are."""
    return at.isoformat(timespec="milliseconds")
