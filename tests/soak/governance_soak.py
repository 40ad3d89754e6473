"""Whatever people do, in full: `make soak`. The machine is test_state_machine's."""

from __future__ import annotations

import pytest

from tests import postgres
from tests.soak.record import recorded
from tests.test_state_machine import Governance, run

pytestmark = pytest.mark.soak
RUNS, STEPS = 500, 60


class OnBothDatabases(Governance):
    """Every other move of the ledger is one to PostgreSQL."""

    def new_ledger(self) -> str:
        address, server = super().new_ledger(), postgres.server()
        return address if server is None or self.made.ledgers % 2 == 0 else server.database("moved")


def test_500_runs_of_60_steps_give_the_pages_of_the_oracle() -> None:
    title = "pages: anything people do, against a naive oracle, runs of 60 steps"
    with recorded(title, RUNS) as measured:
        counted = run(RUNS, STEPS, OnBothDatabases)
        done = sum(number for name, number in counted.items() if name.endswith(" done"))
        measured |= {"steps": counted["steps"], "builds compared": counted["builds"]}
        measured |= {name: counted[name] for name in sorted(counted) if name.startswith("pages ")}
        measured |= {"decisions": done, "pages wrong": 0}
