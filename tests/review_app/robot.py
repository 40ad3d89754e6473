"""A reviewer without a browser: speaks the websocket's messages, and can forge them."""

from __future__ import annotations

import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from review_app.guard import COOKIE
from review_app.reviewing import LEAST_ON_SCREEN
from tests.review_app.app_server import AppServer

_FOCUS = re.compile(r'data-testid="focus" data-id="([^"]*)" data-pair="([^"]*)"')


@dataclass
class Robot:
    """One session; `buttons` are the ids of the buttons on the screen by their keys, `texts` all
    HTML and alerts of it, `focus` is (message, pair)."""

    server: AppServer
    person: str
    page: str = ""
    query: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    focus: tuple[str, str] = ("", "")
    received: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    _page_hash: str = ""

    def __enter__(self) -> Robot:
        token = self.server.token(self.person)
        self._open = ExitStack()
        self._socket: ClientConnection = self._open.enter_context(connect(
            f"ws://localhost:{self.server.port}/_stcore/stream",
            additional_headers={
                "Cookie": f"{COOKIE}={token}", "Origin": self.server.url, **self.headers,
            },
            subprotocols=["streamlit"],  # type: ignore[list-item]
            proxy=None,
            max_size=None,
            compression=None,
        ))  # fmt: skip
        self.run()
        if any(key == "here" for key in self.buttons):
            self.press(self.button("here"))  # as the script does
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def button(self, name: str) -> str:
        """The id of the one button whose key begins so."""
        (found,) = [id_ for key, id_ in self.buttons.items() if key.startswith(name)]
        return found

    def read(self) -> None:
        """Look at what came for as long as a person has to before they decide."""
        time.sleep(LEAST_ON_SCREEN)

    def press(self, id_: str, *, fragment: str | None = None) -> None:
        """Press a button by its id, on the screen or not, and read the answer."""
        message = BackMsg()
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id, widget.trigger_value = id_, True
        message.rerun_script.fragment_id = (
            self.fragments.get(id_, "") if fragment is None else fragment
        )
        self._send(message)

    def run(self) -> None:
        """Run the whole script, as loading the page does."""
        self._send(BackMsg())

    def send(self, message: BackMsg) -> None:
        """Send any message that asks for a run, as it is."""
        self._send(message)

    def _send(self, message: BackMsg) -> None:
        rerun = message.rerun_script
        rerun.query_string = rerun.query_string or urlencode(self.query)
        rerun.page_script_hash = self._page_hash
        if not self._page_hash:
            rerun.page_name = self.page
        self._socket.send(message.SerializeToString())
        self._receive()

    def _receive(self) -> None:
        self.buttons, self.texts = {}, []
        while True:
            data = self._socket.recv(timeout=60)
            assert isinstance(data, bytes)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page_hash = message.new_session.page_script_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "delta":
                self._read(message)
            elif kind == "script_finished" and message.script_finished != 2:
                return

    def _read(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.HasField("button"):
            key = element.button.id.split("-", 2)[2]
            self.buttons[key] = element.button.id
            self.fragments[element.button.id] = message.delta.fragment_id
        elif element.HasField("html"):
            self.texts.append(element.html.body)
            if found := _FOCUS.search(element.html.body):
                self.focus = (found[1], found[2])
        elif element.HasField("alert"):
            self.texts.append(element.alert.body)
        elif element.HasField("exception"):
            self.failed.append(element.exception.message)
