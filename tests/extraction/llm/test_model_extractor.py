"""The language-model extractor against a real HTTP server that misbehaves."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from policygraph.errors import ServiceError, UsageError
from policygraph.extraction.llm import Endpoint, ModelExtractor, merge
from policygraph.extraction.llm.accept import Acceptor
from policygraph.extraction.llm.client import ChatClient
from policygraph.extraction.llm.extractor import linker, passages
from policygraph.records import (
    Block,
    BlockKind,
    Document,
    Entity,
    Event,
    Extraction,
    Mention,
    MentionKind,
    Participant,
    Sentence,
    SourceInfo,
    Span,
)
from policygraph.vocabulary import EntityType, EventType, Modality
from tests.extraction.llm.server import CUT, HANG, Action, ModelServer, answer, chat

SENTENCES = (
    "Norlandia’s foreign minister met envoys from Sudmark on Monday.",
    "Officials said Norlandia would send grain to Sudmark next month.",
    "Norlandia has not recognised the council.",
)
TEXT = " ".join(SENTENCES)
MEETING = {
    "quote": SENTENCES[0],
    "type": "CONSULT",
    "actors": ["Norlandia"],
    "recipients": ["envoys from Sudmark"],
    "place": None,
    "modality": "asserted",
    "speaker": None,
}
GRAIN = {
    "quote": "Norlandia would send grain to Sudmark",
    "type": "AID",
    "actors": ["Norlandia"],
    "recipients": ["Sudmark"],
    "place": None,
    "modality": "planned",
    "speaker": "Officials",
}


def document(text: str = TEXT, sentences: tuple[str, ...] = SENTENCES) -> Document:
    found, at = [], 0
    for number, sentence in enumerate(sentences):
        at = text.index(sentence, at)
        found.append(Sentence(number, 0, Span.of(text, at, at + len(sentence))))
        at += len(sentence)
    block = Block(0, BlockKind.PARAGRAPH, Span.of(text, 0, len(text)))
    return Document("0123456789abcdef", "a.txt", text, "0" * 64, SourceInfo(), (block,), tuple(found))


def entity(doc: Document, name: str, iso3: str) -> Entity:
    spans, at = [], doc.text.find(name)
    while at >= 0:
        spans.append(Span.of(doc.text, at, at + len(name)))
        at = doc.text.find(name, at + 1)
    return Entity(
        f"government/{iso3.lower()}",
        EntityType.GOVERNMENT,
        f"Government of {name}",
        country=iso3,
        mentions=tuple(Mention(s, MentionKind.NAME, "gazetteer") for s in spans),
    )


def extraction(doc: Document | None = None, events: tuple[Event, ...] = ()) -> Extraction:
    doc = doc or document()
    return Extraction(doc, (entity(doc, "Norlandia", "NOR"), entity(doc, "Sudmark", "SDM")), events)


def run(
    server: ModelServer, folder: Path, what: list[Extraction] | None = None, **options: Any
) -> tuple[list[Extraction], Any]:
    endpoint = Endpoint(server.url, "test-model", **{"timeout": 5.0, "attempts": 3, **options})
    client = ChatClient(endpoint, sleep=lambda seconds: None)
    try:
        return ModelExtractor(endpoint, folder, client=client).enrich(what or [extraction()])
    finally:
        client.close()


def always(action: Action) -> ModelServer:
    return ModelServer(lambda passage, number: action)


def test_events_come_with_exact_offsets_and_linked_participants(tmp_path: Path) -> None:
    with always(answer([MEETING, GRAIN])) as server:
        (result,), report = run(server, tmp_path)
    meeting, grain = result.events
    for event in result.events:
        spans = [*event.evidence, *(p.span for p in event.source + event.target)]
        spans += [event.attribution.span] if event.attribution else []
        assert all(TEXT[s.start : s.end] == s.quote for s in spans)
    assert [p.entity for p in meeting.source + meeting.target] == ["government/nor", "government/sdm"]
    assert (grain.modality, grain.plover, grain.attribution.span.quote) == (Modality.PLANNED, None, "Officials")
    assert grain.source[0].span.start == TEXT.index("Norlandia would")
    assert (report.requests, report.accepted, report.rejected) == (1, 2, {})
    assert result.events[0].extractor == "llm/test-model"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"quote": "Norlandia's foreign minister met envoys"}, "quote not in the text"),
        ({"quote": ""}, "no quote"),
        ({"actors": ["the Norlandian minister"]}, "participant not in the text"),
        ({"speaker": "a senior source"}, "speaker not in the text"),
        ({"place": "Oslo"}, "place not in the text"),
        ({"type": "HUG"}, "unknown event type"),
        ({"modality": "certain"}, "unknown modality"),
        ({"actors": [], "recipients": []}, "an event names nobody"),
        ({"actors": "Norlandia"}, "participants are not a list"),
    ],
)
def test_a_record_that_the_text_does_not_carry_is_turned_away(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    with always(answer([{**MEETING, **change}, GRAIN])) as server:
        (result,), report = run(server, tmp_path)
    assert [e.type for e in result.events] == [EventType.AID]
    assert report.rejected == {reason: 1}


def test_statements_need_a_known_subject_and_verbatim_words(tmp_path: Path) -> None:
    good = {
        "quote": SENTENCES[2],
        "subject": "Norlandia",
        "predicate": "supports",
        "object": "the council",
        "modality": "denied",
        "speaker": None,
    }
    bad = [{**good, "subject": "the council"}, {**good, "object": "the assembly"}, {**good, "predicate": "loves"}]
    with always(answer([], [good, *bad])) as server:
        (result,), report = run(server, tmp_path)
    (claim,) = result.claims
    assert (claim.subject, claim.predicate, claim.modality) == ("government/nor", "supports", Modality.DENIED)
    assert claim.object in {e.id for e in result.entities}
    assert sum(report.rejected.values()) == 3


def test_overload_time_outs_and_cut_connections_are_tried_again(tmp_path: Path) -> None:
    script: list[Action] = [(429, "", {"retry-after": "7"}), CUT, HANG, (503, "", {}), answer([MEETING])]
    waits: list[float] = []
    with ModelServer(lambda passage, number: script[number - 1]) as server:
        endpoint = Endpoint(server.url, "test-model", timeout=0.5, attempts=5)
        client = ChatClient(endpoint, sleep=waits.append)
        (result,), report = ModelExtractor(endpoint, tmp_path, client=client).enrich([extraction()])
        client.close()
    assert len(result.events) == 1
    assert report.failed == []
    assert waits[0] == 7.0
    assert waits[1] < waits[2] < waits[3]


def test_a_dead_endpoint_leaves_what_the_rules_found(tmp_path: Path) -> None:
    with always((500, "", {})) as server:
        (result,), report = run(server, tmp_path)
    assert result.entities == extraction().entities
    assert result.events == ()
    assert "status 500" in report.failed[0]
    assert "a.txt" in report.failed[0]


def test_a_refused_key_is_not_tried_again_and_names_the_variable(tmp_path: Path) -> None:
    with always((401, "", {})) as server:
        _, report = run(server, tmp_path)
        assert len(server.requests) == 1
    assert "POLICYGRAPH_MODEL_KEY" in report.failed[0]


@pytest.mark.parametrize("content", ["{not json", "[]", "I cannot do that.", '{"events": "none"}', '{"events": [3]}'])
def test_broken_answers_yield_nothing_and_crash_nothing(tmp_path: Path, content: str) -> None:
    with always(chat(content)) as server:
        (result,), _ = run(server, tmp_path)
    assert result.events == ()


def test_an_answer_that_was_cut_is_asked_again_in_halves(tmp_path: Path) -> None:
    text = " ".join(SENTENCES * 8)
    doc = document(text, SENTENCES * 8)

    def reply(passage: str, number: int) -> Action:
        return chat('{"events": [', "length") if len(passage) > 800 else answer([GRAIN])

    with ModelServer(reply) as server:
        (result,), report = run(server, tmp_path, [extraction(doc)])
    assert report.requests > 2
    assert result.events
    assert all(text[s.start : s.end] == s.quote for e in result.events for s in e.evidence)


def test_a_second_run_asks_nothing_and_finds_the_same(tmp_path: Path) -> None:
    with always(answer([MEETING])) as server:
        first, _ = run(server, tmp_path)
        second, report = run(server, tmp_path)
        assert len(server.requests) == 1
    assert first == second
    assert (report.requests, report.cached) == (0, 1)


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    texts = [f"{SENTENCES[0]} {word}." for word in ("One", "Two", "Three")]
    works = [extraction(document(t, (t,))) for t in texts]

    def fails_on_two(passage: str, number: int) -> Action:
        return (500, "", {}) if "Two" in passage else answer([MEETING])

    with ModelServer(fails_on_two) as server:
        _, report = run(server, tmp_path, works, parallel=1)
        assert len(report.failed) == 1
    with always(answer([MEETING])) as server:
        results, report = run(server, tmp_path, works, parallel=1)
        assert len(server.requests) == 1
    assert [len(r.events) for r in results] == [1, 1, 1]
    assert report.failed == []


def test_a_broken_cache_file_counts_as_absent(tmp_path: Path) -> None:
    with always(answer([MEETING])) as server:
        run(server, tmp_path)
        (path,) = tmp_path.rglob("*.json")
        path.write_text("{", encoding="utf-8")
        _, report = run(server, tmp_path)
    assert report.requests == 1


def test_the_estimate_comes_first_and_knows_the_cache(tmp_path: Path) -> None:
    with always(answer([])) as server:
        endpoint = Endpoint(server.url, "test-model", price_in=2.0, price_out=10.0)
        extractor = ModelExtractor(endpoint, tmp_path)
        before = extractor.estimate([document()])
        assert server.requests == []
        extractor.enrich([extraction()])
        after = extractor.estimate([document()])
    assert (before.requests, after.requests, after.cached) == (1, 0, 1)
    assert before.cost == pytest.approx((before.tokens_in * 2 + before.tokens_out * 10) / 1e6)
    assert after.cost == 0


def test_the_key_is_sent_and_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYGRAPH_MODEL_KEY", "secret-key-123")
    with always(answer([MEETING])) as server:
        run(server, tmp_path)
        assert server.headers[0]["authorization"] == "Bearer secret-key-123"
    assert all("secret-key-123" not in p.read_text(encoding="utf-8") for p in tmp_path.rglob("*") if p.is_file())
    assert "secret-key-123" not in repr(Endpoint("http://localhost/v1", "m"))


def test_servers_without_structured_output_are_asked_without(tmp_path: Path) -> None:
    def reply(passage: str, number: int) -> Action:
        return (400, '{"error": "response_format is not supported"}', {}) if number == 1 else answer([MEETING])

    with ModelServer(reply) as server:
        (result,), _ = run(server, tmp_path)
        assert "response_format" in server.requests[0]
        assert "response_format" not in server.requests[1]
    assert len(result.events) == 1


@pytest.mark.parametrize("url", ["ftp://x/v1", "http://example.org/v1", "https://u:p@example.org/v1", "nonsense"])
def test_endpoints_that_would_leak_or_cannot_work_are_refused(url: str) -> None:
    with pytest.raises(UsageError):
        Endpoint(url, "m")


def test_exhausted_tries_raise_one_clear_error() -> None:
    with always((503, "", {})) as server:
        client = ChatClient(Endpoint(server.url, "m", attempts=2), sleep=lambda s: None)
        with pytest.raises(ServiceError, match=r"2 tries.*status 503"):
            client.ask("s", "u\n" + json.dumps("p"), {})
        client.close()


def rules_event(quote: str, modality: Modality = Modality.ASSERTED) -> Event:
    at = TEXT.index(quote)
    span = Span.of(TEXT, at, at + len(quote))

    def someone(local: str, text: str) -> Participant:
        return Participant(text, Span.of(TEXT, TEXT.index(text), TEXT.index(text) + len(text)), entity=local)

    return Event(
        "event/01234567-met",
        "Meeting",
        EntityType.MEETING,
        EventType.CONSULT,
        EventType.CONSULT,
        source=(someone("government/nor", "Norlandia"),),
        target=(someone("government/sdm", "Sudmark"),),
        modality=modality,
        evidence=(span,),
        confidence=0.8,
    )


def accepted(record: dict[str, Any]) -> Any:
    acceptor = Acceptor(document(), linker(extraction()), "llm/m")
    acceptor.take(json.dumps({"events": [record]}), 0, len(TEXT))
    return acceptor.result


def test_the_same_event_is_merged_and_keeps_both_evidences() -> None:
    found = accepted(MEETING)
    merged = merge(extraction(events=(rules_event("met envoys from Sudmark"),)), found)
    (event,) = merged.events
    assert event.id == "event/01234567-met"
    assert {s.quote for s in event.evidence} == {"met envoys from Sudmark", SENTENCES[0]}
    assert event.extractor == "rules + llm/m"


def test_a_different_modality_stays_beside_the_first() -> None:
    merged = merge(extraction(events=(rules_event("met envoys", Modality.PLANNED),)), accepted(MEETING))
    assert [e.modality for e in merged.events] == [Modality.PLANNED, Modality.ASSERTED]


def test_passages_cover_every_sentence_in_order() -> None:
    doc = document(" ".join(SENTENCES * 50), SENTENCES * 50)
    parts = list(passages(doc, 500))
    assert len(parts) > 10
    for sentence in doc.sentences:
        assert any(p.start <= sentence.span.start and sentence.span.end <= p.end for p in parts)
    assert all(a.end <= b.start for a, b in pairwise(parts))
