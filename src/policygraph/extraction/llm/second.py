"""The rules and a language model as one extractor, as a build and the command line use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from policygraph.errors import ServiceError, UsageError
from policygraph.extraction.llm.client import Endpoint
from policygraph.extraction.llm.extractor import Estimate, ModelExtractor, ModelReport
from policygraph.extraction.pipeline import extract
from policygraph.records import Document, Extraction, ReferenceData


class SecondReader:
    """Reads each document with the rules and then with a model, and merges what both found.

    Answers are kept in `folder`; `spent` is what was sent and turned away so far.
    """

    def __init__(self, endpoint: Endpoint, folder: str | Path, most_requests: int = 500) -> None:
        self.model = ModelExtractor(endpoint, folder)
        self.most_requests = most_requests
        self.spent = ModelReport()

    def estimate(self, documents: Sequence[Document]) -> Estimate:
        """What reading the documents would send, checked against the most that was allowed.

        Raises:
            UsageError: more requests than `most_requests` would be sent.
        """
        wanted = self.model.estimate(documents)
        if wanted.requests > self.most_requests:
            raise UsageError(
                f"the model would be sent {wanted}, and {self.most_requests} requests are allowed",
                hint="allow more with max_requests under [model] in the project file, or --max-requests",
            )
        return wanted

    def read(self, document: Document, reference: ReferenceData) -> Extraction:
        """The records of both readers.

        Raises:
            ServiceError: a passage was not answered; what was answered is kept for the next run.
        """
        (found,), report = self.model.enrich([extract(document, reference)])
        self.spent.requests += report.requests
        self.spent.cached += report.cached
        self.spent.accepted += report.accepted
        self.spent.rejected += report.rejected
        if report.failed:
            raise ServiceError(
                f"the model did not read all of the text: {report.failed[0]}",
                where=self.model.endpoint.url,
                hint="run again later: what was answered so far is kept",
            )
        return found

    def extractor(self) -> Callable[[Document, ReferenceData], Extraction]:
        """`read` under a name that says which model and prompt it used, so that a build knows what is stale."""

        def second(document: Document, reference: ReferenceData) -> Extraction:
            return self.read(document, reference)

        second.__qualname__ = f"{self.model.name}/{self.model.prompt_key}"
        return second
