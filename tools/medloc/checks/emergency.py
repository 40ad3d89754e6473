"""An emergency instruction that the translation lost: to call for help, and to do so at once."""

from __future__ import annotations

from collections.abc import Iterator

from medloc.checks.reading import Issue, Reading, quoted

_HELP = ("call", "ambulance")


def emergency(reading: Reading) -> Iterator[Issue]:
    """The source tells to call for help, or says "at once"; the translation holds no such word."""
    said = reading.source.said("emergency", *_HELP)
    if "emergency" not in reading.target.lexicon.tables:
        return
    if said and not reading.target.said("emergency"):
        calls = tuple(signal.span for signal in said)
        yield Issue(
            f"The source says {quoted(reading.source.text, calls)}; the translation has no word "
            "of an emergency.",
            calls,
        )
