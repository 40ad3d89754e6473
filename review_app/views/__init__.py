"""One module for each screen; `show` draws it."""
