"""The explorer's addresses: start, search, things, documents, questions, editor, page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from policygraph import iris
from policygraph.errors import PolicyGraphError, UnknownNameError
from policygraph.graph.store import EmbeddedStore
from policygraph.questions import library, question, run
from policygraph.questions.parameters import TYPES
from policygraph.serve.explorer import pages
from policygraph.serve.explorer.reader import ServedGraph
from policygraph.serve.explorer.templates import render
from policygraph.serve.formats import TRIPLES, negotiate
from policygraph.serve.protocol import as_response
from policygraph.serve.requests import RequestError, accepted, graph_iri
from policygraph.serve.responses import problem
from policygraph.serve.service import Service

_HERE = Path(__file__).parent
_SHOWN_ROWS = 1000
_PAGE = {"html": "text/html; charset=utf-8"}
T = TypeVar("T")


class Explorer:
    """The pages over one served graph."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self._opened: tuple[Path, EmbeddedStore] | None = None

    def routes(self) -> list[Route | Mount]:
        """Where each page is."""
        return [
            Route("/search", self.search),
            Route("/questions", self.questions),
            Route("/questions/{name}", self.ask),
            Route("/editor", self.editor),
            Route("/view", self.view),
            Route("/id/document/{doc_id}", self.document),
            Route("/id/{local:path}", self.thing),
            Route("/static/vis-network.js", self.drawing),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
        ]

    async def start(self, request: Request) -> Response:
        """What is in the graph."""
        folder = self.service.folder
        return render("start.html", request, **await self._in_thread(lambda g: pages.start(g, folder)))

    async def search(self, request: Request) -> Response:
        """Things with the words in one of their names."""
        words = request.query_params.get("q", "")
        found = await self._in_thread(lambda g: pages.search(g, words))
        return render("search.html", request, words=words, found=found)

    async def thing(self, request: Request) -> Response:
        """A page for readers, or the facts about the thing for programs."""
        iri = iris.thing(request.path_params["local"])
        choice = negotiate(accepted(request), {**_PAGE, **TRIPLES})
        if choice is None:
            return problem(406, f"This thing comes as text/html or as {', '.join(TRIPLES)}.")
        try:
            graph_iri(iri)
        except RequestError:
            return problem(404, "There is no such thing in this graph.")
        if choice != "html":
            return await self._facts(iri, choice)
        found = await self._in_thread(lambda g: pages.thing(g, iri))
        if found is None:
            return render("missing.html", request, status=404, what=request.path_params["local"])
        template, values = found
        return render(template, request, iri=iri, **values)

    async def document(self, request: Request) -> Response:
        """A source with its quotes marked; as plain text its stored words alone."""
        doc_id = request.path_params["doc_id"]
        choice = negotiate(accepted(request), {**_PAGE, "text": "text/plain; charset=utf-8", **TRIPLES})
        if choice == "text":
            text = await self._in_thread(lambda g: g.source_text(doc_id))
            return PlainTextResponse(text) if text is not None else problem(404, "There is no such source.")
        if choice in TRIPLES:
            return await self._facts(iris.document(doc_id), str(choice))
        found = await self._in_thread(lambda g: pages.document(g, doc_id))
        if found is None:
            return render("missing.html", request, status=404, what=doc_id)
        return render("document.html", request, **found)

    async def questions(self, request: Request) -> Response:
        """All questions of the library."""
        return render("questions.html", request, questions=library())

    async def ask(self, request: Request) -> Response:
        """A question's form; with its parameters given also the answer."""
        name, _, format = request.path_params["name"].partition(".")
        try:
            asked = question(name)
        except UnknownNameError as error:
            return render("missing.html", request, status=404, what=name, hint=str(error))
        given = {k: v for k, v in request.query_params.items() if k != "ask" and v.strip()}
        answer, failure = None, ""
        if "ask" in request.query_params or not any(p.required for p in asked.parameters):
            try:
                answer = await self._in_thread(lambda g: run(g, name, **given))
            except PolicyGraphError as error:
                failure = str(error)
        if format and answer is not None:
            kind = {"csv": "text/csv", "json": "application/json"}.get(format)
            body = answer.csv() if format == "csv" else answer.json()
            return Response(body, media_type=kind) if kind else problem(406, "Answers come as csv or json.")
        options = {"question": asked, "types": TYPES, "given": given, "answer": answer, "failure": failure}
        return render("question.html", request, status=400 if failure else 200, **options)

    async def editor(self, request: Request) -> Response:
        """The SPARQL editor; without scripts its form still asks and shows the answer."""
        text, answer, failure = request.query_params.get("query", ""), None, ""
        if text:
            try:
                answer = await self._in_thread(lambda g: g.answer(text, most=_SHOWN_ROWS))
            except PolicyGraphError as error:
                failure = error.message
        options = {"query": text, "answer": answer, "failure": failure, "prefixes": iris.PREFIXES}
        return render("editor.html", request, status=400 if failure else 200, examples=library(), **options)

    async def view(self, request: Request) -> Response:
        """The interactive page of the build."""
        path = self.service.folder / "view.html"
        if not path.is_file():
            return render("missing.html", request, status=404, what="page")
        # The page brings a policy of its own, by the hashes of its scripts.
        headers = {"content-security-policy": "frame-ancestors 'self'"}
        return FileResponse(path, media_type="text/html", headers=headers)

    async def drawing(self, request: Request) -> Response:
        """The library that the editor draws graphs with, from pyvis's own folder."""
        spec = find_spec("pyvis")
        home = Path(spec.origin).parent if spec and spec.origin else _HERE
        found = sorted(home.glob("templates/lib/vis-*/vis-network.min.js"))
        return FileResponse(found[-1], media_type="text/javascript") if found else problem(404, "It is not installed.")

    async def _facts(self, iri: str, format: str) -> Response:
        known = await self.service.query(f"ASK {{ <{iri}> ?p ?o }}".encode())
        if b"true" not in known.body:
            return problem(404, "There is no such thing in this graph.")
        answer = await self.service.query(f"DESCRIBE <{iri}>".encode(), triples=format)
        return as_response(answer, self.service)

    async def _in_thread(self, work: Callable[[ServedGraph], T]) -> T:
        loop = asyncio.get_running_loop()
        return await asyncio.to_thread(lambda: work(ServedGraph(self.service, self._store(), loop)))

    def _store(self) -> EmbeddedStore:
        """The store of the present generation, opened once."""
        folder = self.service.folder
        if self._opened is None or self._opened[0] != folder:
            self._opened = folder, EmbeddedStore.read(folder / "store", folder / "sources")
        return self._opened[1]
