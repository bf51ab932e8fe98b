"""A client of the YAML language server that editors use: opens a text, asks what it would show."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


class Server:
    """The running server, and the documents open in it."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self.process = process
        self.folder = folder
        self.count = 0
        self.ask("initialize", processId=None, rootUri=folder.as_uri(), capabilities=_CAPABILITIES)
        self.tell("initialized")

    def open(self, name: str, text: str) -> str:
        """Show the server a document."""
        uri = (self.folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return uri

    def problems(self, name: str, text: str) -> list[str]:
        """What the editor would underline."""
        uri = self.open(name, text)
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return [found["message"] for found in message["params"]["diagnostics"]]

    def completions(self, name: str, text: str) -> list[str]:
        """What the editor would offer at the end of the text."""
        found = self.ask("textDocument/completion", **self._end(name, text))
        items = found["items"] if isinstance(found, dict) else found
        return [item["label"] for item in items]

    def hover(self, name: str, text: str) -> str:
        """What the editor would show over the last word of the text."""
        found = self.ask("textDocument/hover", **self._end(name, text))
        return json.dumps(found, ensure_ascii=False)

    def _end(self, name: str, text: str) -> dict[str, Any]:
        lines = text.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        return {"textDocument": {"uri": self.open(name, text)}, "position": place}

    def ask(self, method: str, **params: Any) -> Any:
        self.count += 1
        self._send({"id": self.count, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self.count and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server asks of us is answered here."""
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline()) != b"\r\n":
            assert line, "the server is gone"
            key, _, value = line.partition(b":")
            if key.lower() == b"content-length":
                length = int(value)
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            wanted = message["method"] == "workspace/configuration"
            answer = (
                [_SETTINGS.get(item.get("section"), {}) for item in message["params"]["items"]]
                if wanted
                else None
            )
            self._send({"id": message["id"], "result": answer})
        return message


_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["markdown"]},
    },
}
_SETTINGS = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server for the documents in a folder."""
    process = subprocess.Popen(
        ["node", str(PROGRAM), "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(process, folder)
    finally:
        process.kill()
        process.communicate()
