"""What plots have in common: colours, axes of days, a title that is their description too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import altair as alt
import streamlit as st

from medloc.model import Kind, Standing
from review_app.texts import tr

# Okabe and Ito's colours, told apart by colour-blind people, on light and on dark ground.
GREEN, PURPLE, SKY, RED, ORANGE, BLUE, GREY = (
    "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#E69F00", "#0072B2", "#999999",
)  # fmt: skip
COLOURS = {
    Standing.APPROVED: GREEN, Standing.HALF_APPROVED: PURPLE, Standing.WAITING: SKY,
    Standing.CHANGES_REQUESTED: RED, Standing.STALE: ORANGE, Standing.MISSING: GREY,
    Standing.RECALLED: BLUE,
}  # fmt: skip
KIND_COLOURS = {
    Kind.APPROVE: GREEN, Kind.REQUEST_CHANGES: RED, Kind.WITHDRAW: PURPLE, Kind.WAIVE: ORANGE,
    Kind.CARRY_FORWARD: SKY, Kind.RECALL: BLUE, Kind.RESTORE: "#F0E442", Kind.RECONFIRM: GREY,
}  # fmt: skip
BAR = 26
"""Pixels from one bar to the next."""
_FEW_DAYS, _MOST_DAYS = 14, 60
# The theme's grey is too pale for small words.
PLOT_STYLE = """<style>
[data-testid="stVegaLiteChart"] svg text { fill: currentColor; }
</style>"""


def draw(chart: alt.Chart, title: str, *, height: int | alt.Step) -> None:
    """Draw a chart in the theme's colours; `height` in pixels or as a step for each bar."""
    st.altair_chart(
        chart.properties(title=title, description=title, height=height), width="stretch"
    )


def chart_of(values: list[dict[str, object]]) -> alt.Chart:
    """A chart of rows; its marks and axes are the caller's."""
    return alt.Chart(alt.Data(values=values))  # type: ignore[no-untyped-call]


def tooltip(**names: str) -> list[alt.Tooltip]:
    """Tooltips: what each field is called."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in names.items()]


def days_axis(days: Sequence[dt.date]) -> alt.X:
    """An axis of days, one beside the other while there is room, those without decisions too."""
    first = min(days[0], days[-1] - dt.timedelta(days=_FEW_DAYS - 1))
    count = (days[-1] - first).days + 1
    if count > _MOST_DAYS:
        return alt.X("day:T", title=tr("day"), axis=alt.Axis(format="%Y-%m-%d", labelAngle=-40))
    every = [(first + dt.timedelta(days=i)).isoformat() for i in range(count)]
    return alt.X("day:O", title=tr("day"), scale=alt.Scale(domain=every),
                 axis=alt.Axis(labelAngle=-40, labelOverlap=True))  # fmt: skip
