"""What a session holds does not grow with the presses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from review_app import session


def test_widgets_that_are_gone_are_forgotten(
    app_of: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_MANY", 20)
    app = app_of("doctor", "review", article="fever", locale="es")
    held = []
    for _ in range(8):
        for name in ("next", "previous"):
            app.session_state["medloc"].next_form()
            app.button(key=name).click().run()
            assert not app.exception
        kept = app.session_state._state._state
        metadata, names = kept._new_widget_state.widget_metadata, kept._key_id_mapper
        held.append(len(metadata) + len(names._key_id_mapping))
    assert max(held[4:]) <= max(held[:4])
