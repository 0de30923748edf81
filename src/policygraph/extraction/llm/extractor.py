"""Runs a model over documents: passages, an estimate first, answers kept as they come."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from policygraph.errors import ServiceError
from policygraph.extraction.llm.accept import Acceptor, Linker
from policygraph.extraction.llm.cache import AnswerCache
from policygraph.extraction.llm.client import ChatClient, Endpoint, Reply
from policygraph.extraction.llm.merge import merge
from policygraph.extraction.llm.schema import answer_schema, prompt
from policygraph.records import Document, Entity, Extraction, Span, mentioned

#: Characters of a passage: small enough for local models, large enough for context.
PASSAGE = 4000
#: Characters a token, a cautious average for English with common tokenisers.
_CHARACTERS_PER_TOKEN = 3.5
#: Tokens of answer expected for each token of text; observed answers are shorter.
_ANSWER_SHARE = 0.8
_SMALLEST_PASSAGE = 400


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would send. `cost` is None where the endpoint has no prices."""

    requests: int
    cached: int
    tokens_in: int
    tokens_out: int
    cost: float | None

    def __str__(self) -> str:
        cost = "" if self.cost is None else f", about {self.cost:.2f} in the currency of your prices"
        return (
            f"{self.requests} requests ({self.cached} more are answered already), about {self.tokens_in:,} tokens in "
            f"and {self.tokens_out:,} out{cost}"
        )


@dataclass
class ModelReport:
    """What a run did: requests sent, answers from the cache, tokens used, records turned away and why."""

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    accepted: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)


class ModelExtractor:
    """Lets a language model read what the rules have read, and merges both.

    Answers are cached in `folder` by text, prompt and model: a run that was cut
    off goes on where it stopped, and a second run asks nothing.
    """

    def __init__(self, endpoint: Endpoint, folder: str | Path, *, client: ChatClient | None = None) -> None:
        self.endpoint = endpoint
        self.cache = AnswerCache(Path(folder))
        self._client = client
        self.system, self.prompt_key = prompt()
        self._counting = Lock()

    @property
    def name(self) -> str:
        """How records name this extractor: `llm/` and the model."""
        return f"llm/{self.endpoint.model}"

    def estimate(self, documents: Sequence[Document]) -> Estimate:
        """What reading the documents would send and cost, before anything is sent."""
        requests = cached = characters = 0
        for passage in (p for d in documents for p in passages(d)):
            if self._cached(passage.quote):
                cached += 1
            else:
                requests += 1
                characters += len(self.system) + len(passage.quote)
        tokens_in = round(characters / _CHARACTERS_PER_TOKEN)
        tokens_out = round((characters - requests * len(self.system)) / _CHARACTERS_PER_TOKEN * _ANSWER_SHARE)
        e = self.endpoint
        priced = e.price_in is not None and e.price_out is not None
        cost = (tokens_in * (e.price_in or 0) + tokens_out * (e.price_out or 0)) / 1e6 if priced else None
        return Estimate(requests, cached, tokens_in, tokens_out, cost)

    def enrich(
        self, extractions: Sequence[Extraction], progress: Callable[[int, int], None] | None = None
    ) -> tuple[list[Extraction], ModelReport]:
        """Read each document with the model and merge the finds into its extraction.

        A document whose passages the endpoint did not answer keeps what the rules
        found; the report names it. `progress` is called with (done, all) passages.
        """
        report = ModelReport()
        work = [(i, p) for i, e in enumerate(extractions) for p in passages(e.document)]
        acceptors = [Acceptor(e.document, linker(e), self.name) for e in extractions]
        client = self._client or ChatClient(self.endpoint)
        answers: dict[tuple[int, int], list[tuple[Span, str]]] = {}
        pool = ThreadPoolExecutor(max(1, self.endpoint.parallel))
        try:
            futures = {pool.submit(self._answers, client, p, report): (i, p) for i, p in work}
            for done, future in enumerate(as_completed(futures), 1):
                i, passage = futures[future]
                try:
                    answers[i, passage.start] = future.result()
                except ServiceError as error:
                    report.failed.append(f"{extractions[i].document.name}, characters {passage.start}: {error}")
                if progress:
                    progress(done, len(work))
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            if self._client is None:
                client.close()
        for (i, _), replies in sorted(answers.items()):
            for span, text in replies:
                acceptors[i].take(text, span.start, span.end)
        report.failed.sort()
        for acceptor in acceptors:
            report.rejected += acceptor.result.rejected
            report.accepted += len(acceptor.result.events) + len(acceptor.result.claims)
        return [merge(e, a.result) for e, a in zip(extractions, acceptors, strict=True)], report

    def _answers(self, client: ChatClient, passage: Span, report: ModelReport) -> list[tuple[Span, str]]:
        """The answers to a passage; one that was cut or is no JSON is asked again in halves."""
        reply = self._cached(passage.quote)
        if reply:
            with self._counting:
                report.cached += 1
            return [(passage, reply.text)]
        reply = client.ask(self.system, _user_text(passage), answer_schema())
        with self._counting:
            report.requests += 1
            report.tokens_in += reply.tokens_in
            report.tokens_out += reply.tokens_out
        whole = not reply.cut and _is_json(reply.text)
        if whole or len(passage.quote) < _SMALLEST_PASSAGE:
            if whole:
                self.cache.put(passage.quote, self.prompt_key, self.endpoint.model, reply)
            return [(passage, reply.text)]
        return [a for half in _halves(passage) for a in self._answers(client, half, report)]

    def _cached(self, text: str) -> Reply | None:
        return self.cache.get(text, self.prompt_key, self.endpoint.model)


def passages(document: Document, size: int = PASSAGE) -> Iterator[Span]:
    """Cut a document at block ends into passages of about `size` characters.

    A single block that is longer is cut at sentence ends.
    """
    pieces = [s.span for s in document.sentences] or [b.span for b in document.blocks]
    pieces += [b.span for b in document.blocks if b.cells]
    start: int | None = None
    end = 0
    for piece in sorted(pieces, key=lambda s: (s.start, s.end)):
        if start is not None and piece.end - start > size and end > start:
            yield Span.of(document.text, start, end)
            start = None
        start = piece.start if start is None else start
        end = max(end, piece.end)
    if start is not None:
        yield Span.of(document.text, start, end)


def linker(extraction: Extraction) -> Linker:
    """Finds the entity whose mention a span covers best, among those the rules know."""
    found = [(m.span, e) for e, m in mentioned(extraction)]

    def link(span: Span) -> Entity | None:
        hits = [(s, e) for s, e in found if s.overlaps(span)]
        inside = [h for h in hits if span.start <= h[0].start and h[0].end <= span.end]
        around = [h for h in hits if h[0].start <= span.start and span.end <= h[0].end]
        best = max(inside or around, key=lambda h: (h[0].end - h[0].start, -h[0].start), default=None)
        return best[1] if best else None

    return link


def _user_text(passage: Span) -> str:
    # As a JSON string the passage cannot pose as part of the instructions.
    return f"The passage, as a JSON string:\n{json.dumps(passage.quote, ensure_ascii=False)}"


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _halves(passage: Span) -> tuple[Span, Span]:
    middle = len(passage.quote) // 2
    cut = max(passage.quote.rfind(mark, 0, middle) for mark in (". ", "\n"))
    at = cut + 1 if cut > 0 else middle
    return (
        Span(passage.start, passage.start + at, passage.quote[:at]),
        Span(passage.start + at, passage.end, passage.quote[at:]),
    )
