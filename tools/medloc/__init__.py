"""medloc: medical articles to approved, localized pages."""
