"""An AWS session whose calls are written down, and fail when a test wants it."""

from types import SimpleNamespace
from typing import Any, Final

from chalicelib.storage.aws import Aws


class Noted(Aws):
    """Writes down every call; the next ones may be made to go wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.trouble: list[tuple[int, dict[str, Any]]] = []

    def client(self, service: str) -> Any:
        client = super().client(service)
        client.meta.events.register("provide-client-params.*", self._note)
        client.meta.events.register("before-call.*", self._meet)
        return client

    def _note(self, params: Any, model: Any, **_: Any) -> None:
        self.calls.append((model.name, params))

    def _meet(self, **_: Any) -> Any:
        if not self.trouble:
            return None
        status, answer = self.trouble.pop(0)
        return SimpleNamespace(status_code=status), answer


REFUSED: Final = (400, {"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {}})
