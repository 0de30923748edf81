"""Requests to a SPARQL server: time limits, sign-in, and patience where a repeat is safe."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policygraph.errors import MissingExtraError, QueryError, QueryLimitError, ServiceError, UsageError

if TYPE_CHECKING:
    import httpx

_PASSING = frozenset({429, 502, 503, 504})
_LONGEST_WAIT, _LONG_WORK = 30.0, 5.0
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a server. Secrets come from the environment, never from a file or an argument.

    `POLICYGRAPH_ENDPOINT_TOKEN` is sent as a bearer token; else
    `POLICYGRAPH_ENDPOINT_USER` and `POLICYGRAPH_ENDPOINT_PASSWORD` sign in by
    `scheme`, which is `basic` or `digest`.
    """

    timeout: float = 60.0
    tries: int = 4
    scheme: str = "basic"

    def authentication(self) -> Any:
        """What httpx wants as `auth`, or None."""
        import httpx

        user = os.environ.get("POLICYGRAPH_ENDPOINT_USER")
        password = os.environ.get("POLICYGRAPH_ENDPOINT_PASSWORD", "")
        if not user or os.environ.get("POLICYGRAPH_ENDPOINT_TOKEN"):
            return None
        return (httpx.DigestAuth if self.scheme == "digest" else httpx.BasicAuth)(user, password)

    def headers(self) -> dict[str, str]:
        """The Authorization header for a token."""
        token = os.environ.get("POLICYGRAPH_ENDPOINT_TOKEN")
        return {"authorization": f"Bearer {token}"} if token else {}


class Connection:
    """A server at one address. Reading is repeated when the network or the server fails in passing."""

    def __init__(self, url: str, access: Access | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        try:
            import httpx
        except ImportError as error:
            raise MissingExtraError("A graph behind an address", "remote") from error
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"'{url}' is no address of a SPARQL server", hint="give it as https://host/path")
        if parts.username or parts.password:
            raise UsageError(
                "the address must not hold a password", hint="set POLICYGRAPH_ENDPOINT_USER and …_PASSWORD instead"
            )
        self.url, self.access = url, access or Access()
        self._sleep, self._jitter = sleep, random.Random(0)  # noqa: S311 - spreads repeats, guards nothing
        self._client = httpx.Client(
            timeout=self.access.timeout,
            auth=self.access.authentication(),
            headers={"user-agent": "policygraph", **self.access.headers()},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @contextmanager
    def read(
        self, form: Sequence[tuple[str, str]], accept: str, timeout: float | None = None
    ) -> Iterator[httpx.Response]:
        """POST a form that only reads, and stream the answer; repeated until it begins.

        `timeout` in seconds takes the place of the one in `Access`.

        Raises:
            QueryError: the server says that the query is wrong.
            QueryLimitError: the server, or the time limit here, ended it.
            ServiceError: no answer, or a refusal.
        """
        limit = self.access.timeout if timeout is None else timeout
        options = {"data": _form(form), "headers": {"accept": accept}, "timeout": limit}
        response = self._patiently(lambda: self._open("POST", self.url, **options))
        try:
            yield response
        finally:
            response.close()

    def write(
        self, method: str, url: str, content: bytes | Iterable[bytes], media_type: str, *, size: int | None = None
    ) -> None:
        """Send something that changes the graph, once: a repeat could undo what others did meanwhile.

        `size` is the length in bytes of a body that is an iterable, which may be read twice.
        """
        headers = {"content-type": media_type} | ({"content-length": str(size)} if size is not None else {})
        try:
            self._open(method, url, content=content, headers=headers).close()
        except _PassingError as failure:
            raise failure.error from None

    def _patiently(self, attempt: Callable[[], httpx.Response]) -> httpx.Response:
        for number in range(1, self.access.tries + 1):
            begin = time.monotonic()
            try:
                return attempt()
            except _PassingError as failure:
                # A server that worked for long before it gave up would do so again.
                if number == self.access.tries or time.monotonic() - begin > _LONG_WORK:
                    raise failure.error from None
                pause = (
                    failure.wait if failure.wait is not None else 2.0 ** (number - 1) * (0.5 + self._jitter.random())
                )
                self._sleep(min(pause, _LONGEST_WAIT))
        raise ServiceError("no try was made", where=self.url)

    def _open(self, method: str, url: str, **options: Any) -> httpx.Response:
        import httpx

        try:
            response = self._client.send(self._client.build_request(method, url, **options), stream=True)
        except httpx.TimeoutException:
            seconds = options.get("timeout", self.access.timeout)
            raise QueryLimitError(f"no answer within {seconds:g} s", where=url, hint="allow it more time") from None
        except httpx.TransportError as error:
            text = f"the server cannot be reached ({type(error).__name__})"
            raise _PassingError(ServiceError(text, where=url, hint="is it running?"), None) from error
        if response.is_success:
            return response
        try:
            self._refuse(response, url)
        finally:
            response.close()
        return response

    def _refuse(self, response: httpx.Response, url: str) -> None:
        response.read()
        said = " ".join(response.text[:_SHOWN].split())
        status = response.status_code
        if status in _PASSING:
            wait = response.headers.get("retry-after", "")
            error = QueryLimitError(f"the server answered {status}: {said}", where=url)
            raise _PassingError(error, float(wait) if wait.isdigit() else None)
        if status == 400:
            raise QueryError(f"the server cannot read the query: {said}", where=url)
        if status in (401, 403):
            hint = "set POLICYGRAPH_ENDPOINT_TOKEN, or …_USER and …_PASSWORD"
            raise ServiceError(f"the server refuses ({status}): {said}", where=url, hint=hint)
        raise ServiceError(f"the server answered {status}: {said}", where=url)


class _PassingError(ServiceError):
    """A failure that may be gone at the next try."""

    def __init__(self, error: ServiceError | QueryLimitError, wait: float | None) -> None:
        super().__init__(str(error))
        self.error, self.wait = error, wait


def _form(pairs: Sequence[tuple[str, str]]) -> Mapping[str, list[str]]:
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return data
