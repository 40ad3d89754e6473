"""How much Markdown survives being taken apart and put together: run it with `make conformance`."""
