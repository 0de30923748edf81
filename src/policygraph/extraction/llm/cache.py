"""Answers kept on disk, so that an interrupted or repeated run asks nothing twice."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from policygraph.extraction.llm.client import Reply
from policygraph.iris import content_key


class AnswerCache:
    """One small file an answer, named by the text, the prompt and the model.

    A file that a crash left broken counts as absent.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, text: str, prompt_key: str, model: str) -> Reply | None:
        """The stored answer, or None."""
        path = self._path(text, prompt_key, model)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            return Reply(data["text"], int(data["tokens_in"]), int(data["tokens_out"]), False)
        except (FileNotFoundError, ValueError, LookupError, TypeError):
            return None

    def put(self, text: str, prompt_key: str, model: str, reply: Reply) -> None:
        """Store an answer; a reader never sees half of one."""
        path = self._path(text, prompt_key, model)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {"text": reply.text, "tokens_in": reply.tokens_in, "tokens_out": reply.tokens_out}
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(data, out, ensure_ascii=False)
        Path(name).replace(path)

    def _path(self, text: str, prompt_key: str, model: str) -> Path:
        key = content_key(text, prompt_key, model)
        return self.folder / key[:2] / f"{key}.json"
