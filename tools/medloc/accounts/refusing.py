"""What somebody is told who may not come in."""

from __future__ import annotations

from medloc.errors import MedlocError


class SignInError(MedlocError):
    """Somebody may not come in; the words are for them and tell nothing of accounts."""
