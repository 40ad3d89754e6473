"""Settings of the whole suite."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Machines that run this are shared: a slow second is no failure. Speed is measured by `make bench`.
QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
# The same examples each time, so that red means the change; `make soak` draws new ones.
settings.register_profile("suite", derandomize=True, **QUIET)
settings.register_profile("soak", **QUIET)
settings.load_profile("soak" if os.environ.get("MEDLOC_SOAK") == "1" else "suite")

collect_ignore_glob = ["soak/*_writer.py"]  # programs that soak tests start
