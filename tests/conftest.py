"""Settings of the whole suite."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Machines that run this are shared: a slow second is no failure. Speed is measured by `make bench`.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

collect_ignore_glob = ["soak/*_writer.py"]  # programs that soak tests start
