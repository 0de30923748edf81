"""Speaks the chat-completions protocol that hosted and local model servers share."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policygraph.errors import MissingExtraError, ServiceError, UsageError

if TYPE_CHECKING:
    import httpx

_LOCAL = ("localhost", "127.0.0.1", "::1")
_RETRIED_STATUS = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is and how to call it.

    `url` ends before `/chat/completions`. The key is read from the environment
    variable `key_variable` at each call and is written nowhere. Prices are per
    million tokens, in whatever currency the estimate should show.
    """

    url: str
    model: str
    key_variable: str = "POLICYGRAPH_MODEL_KEY"
    timeout: float = 120.0
    attempts: int = 5
    parallel: int = 4
    price_in: float | None = None
    price_out: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"'{self.url}' is no model endpoint", hint="give a URL such as http://localhost:8080/v1")
        if parts.scheme == "http" and parts.hostname not in _LOCAL:
            raise UsageError(
                f"'{self.url}' would send the key and the text unencrypted",
                hint="use https, or a server on this machine",
            )
        if parts.username or parts.password or parts.query:
            raise UsageError(
                "the endpoint's URL must hold no user, password or query", hint=f"put the key into {self.key_variable}"
            )


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, and what it used; `cut` when it ran out of room."""

    text: str
    tokens_in: int
    tokens_out: int
    cut: bool


class ChatClient:
    """Asks an endpoint, patiently: back-off on overload, lost connections and time-outs."""

    def __init__(self, endpoint: Endpoint, *, sleep: Callable[[float], None] = time.sleep) -> None:
        try:
            import httpx
        except ImportError as error:
            raise MissingExtraError("Asking a language model", "llm") from error
        self.endpoint = endpoint
        self._sleep = sleep
        self._jitter = random.Random(endpoint.seed)  # noqa: S311 - spreads retries, guards nothing
        self._http = httpx.Client(timeout=endpoint.timeout, follow_redirects=False)
        self._structured = True

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, system: str, user: str, schema: Mapping[str, Any]) -> Reply:
        """Send one request and return the model's answer.

        Raises:
            ServiceError: the endpoint refused, or did not answer in `attempts` tries.
        """
        last = "no try was made"
        for attempt in range(1, self.endpoint.attempts + 1):
            outcome = self._try_once(system, user, schema)
            if isinstance(outcome, Reply):
                return outcome
            last, wait = outcome
            if attempt < self.endpoint.attempts:
                pause = wait if wait is not None else 2.0 ** (attempt - 1) * (1 + self._jitter.random())
                self._sleep(min(pause, _LONGEST_WAIT))
        raise ServiceError(
            f"the model gave no answer in {self.endpoint.attempts} tries; the last one: {last}",
            where=self.endpoint.url,
            hint="run again later: what was answered so far is kept",
        )

    def _try_once(self, system: str, user: str, schema: Mapping[str, Any]) -> Reply | tuple[str, float | None]:
        import httpx

        try:
            response = self._http.post(
                f"{self.endpoint.url.rstrip('/')}/chat/completions",
                json=self._body(system, user, schema),
                headers=self._headers(),
            )
        except httpx.TimeoutException:
            return f"no answer within {self.endpoint.timeout:g} s", None
        except httpx.TransportError as error:
            return f"the connection broke ({type(error).__name__})", None
        if response.status_code in _RETRIED_STATUS:
            return f"status {response.status_code}", _retry_after(response)
        if response.status_code == 400 and self._structured and "response_format" in response.text:
            # An older server: the schema then stands in the prompt alone.
            self._structured = False
            return "structured output is not supported", 0.0
        if response.status_code != 200:
            raise ServiceError(
                f"the model endpoint answered with status {response.status_code}",
                where=self.endpoint.url,
                hint=f"check the model's name '{self.endpoint.model}' and the key in {self.endpoint.key_variable}",
            )
        return _reply(response.text)

    def _headers(self) -> dict[str, str]:
        key = os.environ.get(self.endpoint.key_variable, "").strip()
        return {"Authorization": f"Bearer {key}"} if key else {}

    def _body(self, system: str, user: str, schema: Mapping[str, Any]) -> dict[str, Any]:
        structured = {"type": "json_schema", "json_schema": {"name": "records", "strict": True, "schema": schema}}
        return {
            "model": self.endpoint.model,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "temperature": 0,
            "seed": self.endpoint.seed,
            **({"response_format": structured} if self._structured else {}),
        }


def _reply(body: str) -> Reply | tuple[str, float | None]:
    try:
        data = json.loads(body)
        choice = data["choices"][0]
        text = choice["message"]["content"]
        usage = data.get("usage") or {}
        if not isinstance(text, str):
            return "the answer holds no text", None
        return Reply(
            text=text,
            tokens_in=int(usage.get("prompt_tokens", 0)),
            tokens_out=int(usage.get("completion_tokens", 0)),
            cut=choice.get("finish_reason") == "length",
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return "the answer is not in the chat-completions form", None


def _retry_after(response: httpx.Response) -> float | None:
    text = response.headers.get("retry-after", "")
    try:
        return max(0.0, float(text))
    except ValueError:
        return None
