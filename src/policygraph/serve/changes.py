"""Updates and the writing half of the Graph Store Protocol, for servers that were started writable."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from policygraph.child import command, environment
from policygraph.serve.conditional import check
from policygraph.serve.formats import TRIPLES
from policygraph.serve.graph_store import exists, graph_tag, named_graph
from policygraph.serve.payload import Payload, read_payload
from policygraph.serve.requests import Operation, RequestError, graph_iri, own_address
from policygraph.serve.service import Service
from policygraph.serve.settings import Settings
from policygraph.serve.using import with_using
from policygraph.serve.writer import WRONG

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
            text = "Changes need the server's write token, sent as 'Authorization: Bearer …'."
            raise RequestError(401, text, {"www-authenticate": 'Bearer realm="policygraph"'})

    async def update(self, request: Request, operation: Operation) -> Response:
        """Run a SPARQL update."""
        self.guard(request)
        text = with_using(operation.text.decode(), operation.default_graphs, operation.named_graphs)
        async with self._one_at_a_time:
            await self._carry_out({"kind": "update", "base": operation.base}, text.encode())
        return Response(status_code=204)

    async def graph(self, request: Request) -> Response:
        """Replace, extend or remove one graph; data sent to the store itself makes a new one."""
        self.guard(request)
        name, new_name = self._name(request)
        kind = _KINDS[request.method]
        payload = Payload() if kind == "delete" else await read_payload(request, self.settings.limits)
        change = {"kind": kind, "graph": name, "base": name or own_address(request), "parts": payload.parts}
        async with self._one_at_a_time:
            there = name is None or await exists(self.service, name)
            check(request, [graph_tag(self.service, name, f) for f in TRIPLES] if there else [])
            if kind == "delete" and not there:
                raise RequestError(404, "There is no such graph.")
            await self._carry_out(change, payload.body)
        headers = {"location": str(name)} if new_name else {}
        return Response(status_code=204 if there else 201, headers=headers)

    @staticmethod
    def _name(request: Request) -> tuple[str | None, bool]:
        """The graph that the request is about, and whether the name was made up here (Protocol, section 5.5)."""
        if request.method == "POST" and not request.query_params and not request.path_params.get("graph"):
            return graph_iri(f"{own_address(request).rstrip('/')}/{secrets.token_hex(8)}"), True
        return named_graph(request), False

    async def _carry_out(self, change: dict[str, Any], body: bytes) -> None:
        limits = self.settings.limits
        process = await asyncio.create_subprocess_exec(
            *command("policygraph.serve.writer", str(self.settings.build), str(limits.memory_mb)),
            env=environment(),
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
        if code:
            raise RequestError(503, f"The change was not made; the graph is as before. {said}".strip())
