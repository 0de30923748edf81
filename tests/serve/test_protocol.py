"""The SPARQL 1.1 Protocol and the Graph Store Protocol, as the W3C texts have them."""

from __future__ import annotations

import json

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.serve.conftest import JSON, Server, node

SELECT = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"


def media(response: httpx.Response) -> str:
    return response.headers["content-type"].split(";")[0]


def rows(response: httpx.Response) -> list[dict[str, dict[str, str]]]:
    found: list[dict[str, dict[str, str]]] = response.json()["results"]["bindings"]
    return found


def test_the_three_ways_to_ask_give_the_same(server: Server) -> None:
    query = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY ?s LIMIT 5"
    accept = {"accept": JSON}
    answers = [
        server.get(query),
        httpx.post(server.sparql, data={"query": query}, headers=accept),
        httpx.post(server.sparql, content=query, headers={**accept, "content-type": "application/sparql-query"}),
    ]
    assert [a.status_code for a in answers] == [200, 200, 200]
    assert answers[0].content == answers[1].content == answers[2].content
    assert len(rows(answers[0])) == 5


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, JSON, JSON),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "application/json", JSON),
        (SELECT, "text/*;q=0.2, application/sparql-results+json;q=0.9", JSON),
        (SELECT, "*/*", JSON),
        (SELECT, "text/html, application/xhtml+xml, */*;q=0.1", JSON),
        (ASK, JSON, JSON),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "text/turtle", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/trig", "application/trig"),
        ("DESCRIBE <https://example.org/s1>", "text/turtle", "text/turtle"),
    ],
)
def test_the_format_is_the_one_that_the_client_prefers(server: Server, query: str, accept: str, expected: str) -> None:
    response = server.get(query, accept)
    assert (response.status_code, media(response)) == (200, expected)


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/trig"])
def test_triples_can_be_read_back(server: Server, accept: str) -> None:
    response = server.get(CONSTRUCT, accept)
    format = ox.RdfFormat.from_media_type(accept)
    assert format is not None
    assert len(list(ox.parse(response.content, format=format))) == 3


@pytest.mark.parametrize(("query", "accept"), [(SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")])
def test_a_format_that_does_not_fit_is_refused(server: Server, query: str, accept: str) -> None:
    assert server.get(query, accept).status_code == 406


def test_graphs_named_by_the_request_are_the_dataset(server: Server) -> None:
    def number(query: str, **parameters: str) -> int:
        response = httpx.get(server.sparql, params={"query": query, **parameters}, headers={"accept": JSON})
        return int(rows(response)[0]["n"]["value"])

    count, in_graphs = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert number(count) == 2001
    assert number(count, **{"default-graph-uri": node("g0").value}) == 1001
    assert number(count, **{"named-graph-uri": node("g0").value}) == 0
    assert number(in_graphs, **{"named-graph-uri": node("g1").value}) == 1000
    assert number(in_graphs, **{"default-graph-uri": node("g1").value}) == 0
    # The request's dataset wins over the one in the query (Protocol, section 2.1.4).
    from_g0 = f"SELECT (COUNT(*) AS ?n) FROM {node('g0')} {{ ?s ?p ?o }}"
    assert number(from_g0) == 1001
    assert number(from_g0, **{"default-graph-uri": node("g1").value}) == 1000


def test_escaped_addresses_survive_every_way_of_asking(server: Server) -> None:
    query = f"ASK {{ {node('a%20b')} ?p {node('x%20y')} }}"
    direct = {"content-type": "application/sparql-query", "accept": JSON}
    answers = [
        server.get(query),
        httpx.post(server.sparql, data={"query": query}, headers={"accept": JSON}),
        httpx.post(server.sparql, content=query, headers=direct),
    ]
    assert [a.json()["boolean"] for a in answers] == [True, True, True]


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ([("query", SELECT), ("query", ASK)], 400),
        ([("update", "INSERT DATA { <urn:a> <urn:b> 1 }")], 405),
        ([("query", "SELECT WHERE {")], 400),
        ([("query", "")], 400),
        ([("query", SELECT), ("default-graph-uri", "not an address")], 400),
    ],
)
def test_wrong_requests_get_a_sentence_and_400(server: Server, parameters: list[tuple[str, str]], status: int) -> None:
    response = httpx.get(server.sparql, params=parameters)
    assert (response.status_code, media(response)) == (status, "text/plain")
    assert response.text.strip()


def test_a_syntax_error_names_its_place(server: Server) -> None:
    response = server.get("SELECT ?s WHERE {\n  ?s ?p }")
    assert response.status_code == 400
    assert "line 2" in response.text


def test_wrong_media_types_and_bodies(server: Server) -> None:
    def post(content: bytes, kind: str) -> int:
        return httpx.post(server.sparql, content=content, headers={"content-type": kind}).status_code

    assert post(SELECT.encode(), "text/plain") == 415
    assert post(b"query=%FF", "application/x-www-form-urlencoded") == 400
    assert post(b"SELECT \xff", "application/sparql-query") == 400
    assert post(b"query=a&update=b", "application/x-www-form-urlencoded") == 400
    assert post(b"x" * (9 * 1024 * 1024), "application/sparql-query") == 413


def test_updates_are_refused_by_a_server_that_only_reads(server: Server) -> None:
    text = "INSERT DATA { <urn:a> <urn:b> 1 }"
    forms = [
        httpx.post(server.sparql, data={"update": text}),
        httpx.post(server.sparql, content=text, headers={"content-type": "application/sparql-update"}),
    ]
    assert [r.status_code for r in forms] == [403, 403]
    assert server.get("ASK { <urn:a> ?p ?o }").json()["boolean"] is False


def test_head_and_options(server: Server) -> None:
    head = httpx.head(server.sparql, params={"query": ASK}, headers={"accept": JSON})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(server.get(ASK).content)
    options = httpx.options(server.sparql, headers={"origin": "https://editor.example"})
    assert options.status_code == 204
    assert options.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in options.headers
    assert "GET" in options.headers["allow"]


def test_a_validator_saves_sending_the_same_again(server: Server) -> None:
    first = server.get(SELECT)
    headers = {"accept": JSON, "if-none-match": first.headers["etag"]}
    again = httpx.get(server.sparql, params={"query": SELECT}, headers=headers)
    assert (again.status_code, again.content) == (304, b"")
    other = httpx.get(server.sparql, params={"query": SELECT}, headers={**headers, "accept": "text/csv"})
    assert other.status_code == 200


def test_the_service_description_says_what_is_here(server: Server) -> None:
    response = httpx.get(server.sparql, headers={"accept": "text/turtle"})
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.TURTLE)
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#", "void": "http://rdfs.org/ns/void#"}
    assert store.query("ASK { ?s a sd:Service ; sd:endpoint ?e ; sd:feature sd:UnionDefaultGraph }", prefixes=prefixes)
    found = store.query("SELECT ?n { ?d a void:Dataset ; void:triples ?n }", prefixes=prefixes)
    assert [int(r["n"].value) for r in found] == [2001]
    named = store.query("SELECT ?g { ?d sd:namedGraph/sd:name ?g } ORDER BY ?g", prefixes=prefixes)
    assert [r["g"].value for r in named] == [node("g0").value, node("g1").value]


def test_graphs_can_be_read_one_by_one(server: Server) -> None:
    def read(**parameters: str) -> httpx.Response:
        return httpx.get(f"{server.url}/graphs", params=parameters, headers={"accept": "application/n-triples"})

    assert len(read(graph=node("g0").value).text.splitlines()) == 1001
    assert len(read(default="").text.splitlines()) == 2001
    assert read(graph=node("none").value).status_code == 404
    assert read().status_code == 400
    assert read(default="", graph=node("g0").value).status_code == 400
    assert read(graph="nonsense").status_code == 400


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/graphs/../sparql/%2e%2e/x", "/%00", "/sparql/%0d%0aX-A:1"])
def test_strange_paths_are_not_found_and_add_no_header(server: Server, path: str) -> None:
    response = httpx.get(server.url + path)
    assert response.status_code in (400, 404)
    assert "x-a" not in response.headers


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_no_text_at_all_makes_the_server_fail(server: Server, query: str) -> None:
    response = httpx.post(server.sparql, data={"query": query}, headers={"accept": JSON})
    assert response.status_code in (200, 400, 403, 406)
    if response.status_code == 200:
        json.loads(response.content)


def test_every_request_is_logged_with_its_id_and_without_its_query(server: Server) -> None:
    response = server.get("ASK { 'a-secret-word' ?p")
    (line,) = [r for r in server.logged() if r["id"] == response.headers["x-request-id"]]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/sparql", 400)
    assert "a-secret-word" not in server.log.read_text(encoding="utf-8")


def test_metrics_count_requests(server: Server) -> None:
    server.get(ASK)
    text = httpx.get(f"{server.url}/metrics").text
    assert 'policygraph_requests_total{route="/sparql",status="200"}' in text
    assert "policygraph_running_queries 0" in text
