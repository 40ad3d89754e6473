"""The verbs: each joins rooms into one job of a user (sync, decide, build, ...)."""
