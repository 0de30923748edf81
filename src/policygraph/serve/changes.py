"""Updates and the writing half of the Graph Store Protocol, for servers that were started writable."""

from __future__ import annotations

import asyncio
import json
import sys

from starlette.requests import Request
from starlette.responses import Response

from policygraph.serve.formats import TRIPLES, of_media_type
from policygraph.serve.graph_store import exists, named_graph
from policygraph.serve.requests import Operation, RequestError, read_body
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings
from policygraph.serve.using import with_using
from policygraph.serve.writer import MISSING, WRONG

_KINDS = {"PUT": "put", "POST": "post", "DELETE": "delete"}


class Changes:
    """Carries out one change after the other; see `serve.writer` for how."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self.service, self.settings = service, settings
        self._one_at_a_time = asyncio.Lock()

    def guard(self, request: Request) -> None:
        """Let only those change the graph who may.

        Raises:
            RequestError: 403 where nobody may, 401 without the token.
        """
        if not self.settings.writable:
            raise RequestError(403, "This server is read-only; start it with --writable to allow updates.")
        if not self.settings.may_write(request.headers.get("authorization")):
            raise RequestError(401, "Changes need the server's write token, sent as 'Authorization: Bearer …'.")

    async def update(self, request: Request, operation: Operation) -> Response:
        """Run a SPARQL update."""
        self.guard(request)
        text = with_using(operation.text.decode(), operation.default_graphs, operation.named_graphs)
        await self._carry_out({"kind": "update"}, text.encode())
        return Response(status_code=204)

    async def graph(self, request: Request) -> Response:
        """Replace, extend or remove one graph."""
        self.guard(request)
        name = named_graph(request)
        kind = _KINDS[request.method]
        format, body = "", b""
        if kind != "delete":
            format = of_media_type(request.headers.get("content-type", ""), TRIPLES) or ""
            if not format or format in ("trig", "nquads"):
                raise RequestError(415, "Send the graph as Turtle, N-Triples, RDF/XML or JSON-LD, and say which.")
            body = await read_body(request, self.settings.limits)
        new = kind != "delete" and name is not None and not await exists(self.service, name)
        await self._carry_out({"kind": kind, "graph": name, "format": format}, body)
        return Response(status_code=201 if new else 204)

    async def _carry_out(self, change: dict[str, str | None], body: bytes) -> None:
        limits = self.settings.limits
        async with self._one_at_a_time:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "policygraph.serve.writer"),
                *(str(self.settings.build), str(limits.memory_mb)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                async with asyncio.timeout(limits.seconds):
                    _, said = await process.communicate(json.dumps(change).encode() + b"\n" + body)
            except TimeoutError:
                process.kill()
                await process.wait()
                text = f"The change was ended at its time limit of {limits.seconds:g} s; the graph is as before."
                raise RequestError(503, text) from None
            except asyncio.CancelledError:
                process.kill()
                raise
            self._check(process.returncode or 0, said.decode("utf-8", "replace"))
            await self.service.refresh()

    @staticmethod
    def _check(code: int, said: str) -> None:
        if code == WRONG:
            raise RequestError(400, said)
        if code == MISSING:
            raise RequestError(404, "There is no such graph.")
        if code:
            raise RequestError(503, f"The change was not made; the graph is as before. {said}".strip())
