"""Passwords as hashes. The one door to argon2."""

from __future__ import annotations

import secrets
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


class Hashing:
    """Makes hashes and compares with them, in RFC 9106's second recommended way (64 MB)."""

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        return self._hasher.hash(password)

    def fits(self, hashed: str, password: str) -> bool:
        """Whether it is that password; without a hash it is not, after the same time."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(hashed or self._nobodys, password) and bool(hashed)
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher, profiles

        return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)

    @cached_property
    def _nobodys(self) -> str:
        """A password nobody has, so that an unknown name takes as long as a known one."""
        return self._hasher.hash(secrets.token_urlsafe(16))
