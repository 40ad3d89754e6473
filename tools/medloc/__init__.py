"""medloc: medical articles to approved, localized pages."""

__version__ = "0.1.0"
