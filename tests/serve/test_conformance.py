"""Point by point through the W3C texts: SPARQL 1.1 Protocol, result formats, HTTP. Requests are written out by hand."""

from __future__ import annotations

import csv
import http.client
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest

from tests.serve.conftest import JSON, Server, node, serving

TOKEN = {"authorization": "Bearer write-word"}
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DATA = [node(f"data{i}.rdf") for i in (1, 2, 3)]
IS_TYPED = " . ".join(f"{d} a ?type{i}" for i, d in enumerate(DATA[:2]))
IN_GRAPHS = " ".join(f"GRAPH ?g{i} {{ {d} a ?t{i} }}" for i, d in enumerate(DATA[:2]))
RESULTS = "{http://www.w3.org/2005/sparql-results#}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One graph for each document that it describes, as the protocol's own tests have it."""
    content = [ox.Quad(d, TYPE, node("Document"), d) for d in DATA]
    literals = [ox.Literal('a "q", b\nc'), ox.Literal("hola", language="es"), ox.Literal("1", datatype=node("t"))]
    content += [ox.Quad(node("x"), node(f"p{i}"), value, node("values")) for i, value in enumerate(literals)]
    folder = tmp_path_factory.mktemp("conformance")
    with serving(folder, content, writable=True, write_token="write-word", limits={"body_mb": 1.0}) as running:
        yield running


def send(
    server: Server, method: str, path: str = "/sparql", body: bytes | str = b"", headers: dict[str, str] | None = None
) -> httpx.Response:
    """A request as it is written here: nothing is added but Host and Content-Length."""
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.putrequest(method, path, skip_accept_encoding=True)
    data = body.encode() if isinstance(body, str) else body
    for name, value in (headers or {}).items():
        connection.putheader(name, value)
    if data or method in ("POST", "PUT"):
        connection.putheader("Content-Length", str(len(data)))
    connection.endheaders(data)
    response = connection.getresponse()
    answer = httpx.Response(response.status, headers=response.getheaders(), content=response.read())
    connection.close()
    return answer


def get(server: Server, parameters: list[tuple[str, str]], accept: str = JSON) -> httpx.Response:
    return send(server, "GET", f"/sparql?{urlencode(parameters)}", headers={"Accept": accept})


def update(server: Server, text: str, parameters: list[tuple[str, str]] | None = None) -> httpx.Response:
    path = "/sparql" + (f"?{urlencode(parameters)}" if parameters else "")
    return send(server, "POST", path, text, {"Content-Type": UPDATE, **TOKEN})


def ask(server: Server, pattern: str) -> bool:
    return bool(get(server, [("query", f"ASK {{ {pattern} }}")]).json()["boolean"])


def graphs(name: str, *positions: int) -> list[tuple[str, str]]:
    return [(name, DATA[i].value) for i in positions]


# --- query operation (Protocol, section 2.1) --------------------------------


@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        (IS_TYPED, graphs("default-graph-uri", 0, 1), True),
        (IS_TYPED, graphs("default-graph-uri", 0), False),
        (IN_GRAPHS, graphs("named-graph-uri", 0, 1), True),
        (IN_GRAPHS, graphs("named-graph-uri", 0), False),
        (f"{DATA[2]} a ?t {IN_GRAPHS}", graphs("default-graph-uri", 2) + graphs("named-graph-uri", 0, 1), True),
        (f"{DATA[0]} a ?t {IN_GRAPHS}", graphs("default-graph-uri", 2) + graphs("named-graph-uri", 0, 1), False),
    ],
)
def test_every_way_of_asking_takes_a_dataset(
    server: Server, pattern: str, dataset: list[tuple[str, str]], expected: bool
) -> None:
    text = f"ASK {{ {pattern} }}"
    accept = {"Accept": JSON}
    answers = [
        get(server, [("query", text), *dataset]),
        get(server, [*dataset, ("query", text)]),
        send(server, "POST", "/sparql", urlencode([("query", text), *dataset]), {"Content-Type": FORM, **accept}),
        send(server, "POST", f"/sparql?{urlencode(dataset)}", urlencode({"query": text}), {"Content-Type": FORM}),
        send(server, "POST", f"/sparql/?{urlencode(dataset)}", text, {"Content-Type": QUERY, **accept}),
        send(server, "POST", f"/sparql?{urlencode(dataset)}", text, {"Content-Type": f"{QUERY};charset=UTF-8"}),
    ]
    assert [a.status_code for a in answers] == [200] * 6
    assert [a.json()["boolean"] for a in answers] == [expected] * 6


def test_the_dataset_of_the_request_wins_over_the_one_of_the_query(server: Server) -> None:
    text = f"ASK FROM {DATA[2]} {{ {IS_TYPED} }}"
    assert get(server, [("query", text), *graphs("default-graph-uri", 0, 1)]).json()["boolean"] is True
    assert get(server, [("query", text)]).json()["boolean"] is False
    named = f"ASK FROM NAMED {DATA[2]} {{ {IN_GRAPHS} }}"
    assert get(server, [("query", named), *graphs("named-graph-uri", 0, 1)]).json()["boolean"] is True
    assert get(server, [("query", named)]).json()["boolean"] is False


def test_relative_addresses_are_read_from_the_endpoint(server: Server) -> None:
    found = get(server, [("query", "SELECT (<test> AS ?here) {}")]).json()["results"]["bindings"]
    assert found[0]["here"]["value"] == f"{server.url}/test"
    base = get(server, [("query", "BASE <http://example.org/> SELECT (<test> AS ?here) {}")])
    assert base.json()["results"]["bindings"][0]["here"]["value"] == "http://example.org/test"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "statuses"),
    [
        ("GET", f"/sparql?{urlencode([('query', 'ASK {}'), ('query', 'SELECT * {}')])}", "", {}, {400}),
        ("POST", "/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", {"Content-Type": FORM}, {400}),
        ("POST", "/sparql", "", {"Content-Type": FORM}, {400}),
        ("POST", "/sparql?query=ASK%20%7B%7D", "", {"Content-Type": FORM}, {400}),
        ("POST", "/sparql?query=ASK%20%7B%7D", "ASK {}", {"Content-Type": QUERY}, {400}),
        ("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"}, {415}),
        ("POST", "/sparql", "query=ASK%20%7B%7D", {}, {415}),
        ("POST", "/sparql", "ASK {}", {}, {415}),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), {"Content-Type": QUERY}, {400}),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), {"Content-Type": f"{QUERY}; charset=utf-16"}, {415}),
        ("POST", "/sparql", "ASK {}", {"Content-Type": QUERY, "Content-Encoding": "gzip"}, {415}),
        ("POST", "/sparql", "ASK {" + " " * 1_100_000 + "}", {"Content-Type": QUERY}, {413}),
        ("GET", "/sparql?query=ASK%20%7B", "", {}, {400}),
        ("GET", "/sparql?query=", "", {}, {400}),
        ("GET", "/sparql?query=%FF", "", {}, {400}),
        ("GET", "/sparql?default-graph-uri=urn:x", "", {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=relative", "", {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=http://%5B", "", {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D&using-graph-uri=urn:x", "", {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D&version=1.1&version=1.2", "", {}, {400}),
        ("GET", "/sparql?query=ASK%20%7B%7D", "ASK {}", {}, {400}),
        ("PUT", "/sparql?query=ASK%20%7B%7D", "", {}, {405}),
        ("DELETE", "/sparql?query=ASK%20%7B%7D", "", {}, {405}),
        ("PATCH", "/sparql?query=ASK%20%7B%7D", "", {}, {405}),
        ("GET", f"/sparql?{urlencode({'update': 'CLEAR ALL'})}", "", TOKEN, {405}),
        ("HEAD", f"/sparql?{urlencode({'update': 'CLEAR ALL'})}", "", TOKEN, {405}),
        ("POST", "/sparql", "update=CLEAR%20ALL&update=CLEAR%20ALL", {"Content-Type": FORM, **TOKEN}, {400}),
        ("POST", "/sparql", "update=CLEAR%20ALL&query=ASK%7B%7D", {"Content-Type": FORM, **TOKEN}, {400}),
        ("POST", "/sparql?update=CLEAR%20ALL", "", {"Content-Type": FORM, **TOKEN}, {400}),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "text/plain", **TOKEN}, {415}),
        ("POST", "/sparql", "update=CLEAR%20ALL", TOKEN, {415}),
        ("POST", "/sparql", "CLEAR ALL".encode("utf-16"), {"Content-Type": UPDATE, **TOKEN}, {400}),
        ("POST", "/sparql", "CLEAR XYZ", {"Content-Type": UPDATE, **TOKEN}, {400}),
        ("POST", "/sparql?default-graph-uri=urn:x", "CLEAR ALL", {"Content-Type": UPDATE, **TOKEN}, {400}),
        ("POST", "/sparql?using-graph-uri=rel", "CLEAR ALL", {"Content-Type": UPDATE, **TOKEN}, {400}),
    ],
)
def test_what_the_protocol_does_not_allow_is_refused(
    server: Server, method: str, path: str, body: bytes | str, headers: dict[str, str], statuses: set[int]
) -> None:
    response = send(server, method, path, body, headers)
    assert response.status_code in statuses, response.text
    assert response.headers["content-type"].startswith("text/plain")
    if method != "HEAD":
        assert len(response.text.splitlines()[0].split()) >= 4
    if response.status_code == 405:
        assert "POST" in response.headers["allow"]
    assert ask(server, f"GRAPH {DATA[0]} {{ {DATA[0]} a ?t }}")


def test_unknown_parameters_and_one_version_do_no_harm(server: Server) -> None:
    assert get(server, [("query", "ASK {}"), ("clientRequestId", "7"), ("version", "1.1")]).status_code == 200


def test_a_head_is_a_get_without_its_body(server: Server) -> None:
    paths = ["/sparql?query=ASK%20%7B%7D", "/sparql", "/graphs?default", "/", "/health", "/nowhere", "/sparql?query=x"]
    for path in paths:
        head, got = (send(server, method, path, headers={"Accept": "*/*"}) for method in ("HEAD", "GET"))
        assert (head.status_code, head.content) == (got.status_code, b""), path
        same = ("content-type", "content-length", "etag", "vary", "cache-control", "access-control-allow-origin")
        assert [head.headers.get(h) for h in same] == [got.headers.get(h) for h in same], path


# --- content negotiation and formats ----------------------------------------

SELECT = f"SELECT ?p ?v {{ GRAPH {node('values')} {{ {node('x')} ?p ?v }} }} ORDER BY ?p"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (SELECT, "", JSON),
        (SELECT, "application/*", JSON),
        (SELECT, "text/*", "text/csv"),
        (SELECT, "text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        (SELECT, "application/sparql-results+xml, application/sparql-results+json;q=0.9", None),
        (SELECT, "*/*;q=0.1, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (SELECT, "APPLICATION/SPARQL-RESULTS+XML", "application/sparql-results+xml"),
        (SELECT, "application/sparql-results+xml;charset=utf-8", "application/sparql-results+xml"),
        (SELECT, "application/xml", "application/sparql-results+xml"),
        (SELECT, ",, nonsense; q=x, text/csv", "text/csv"),
        (SELECT, "image/png", 406),
        (SELECT, "*/*;q=0", 406),
        (SELECT, "text/turtle", 406),
        ("ASK {}", "text/turtle", 406),
        ("ASK {}", "text/csv", "text/csv"),
        ("ASK {}", "text/turtle, application/sparql-results+json;q=0.1", JSON),
        (CONSTRUCT, "", "text/turtle"),
        (CONSTRUCT, "application/sparql-results+json, application/rdf+xml;q=0.1", "application/rdf+xml"),
        (CONSTRUCT, "application/json", "application/ld+json"),
        (CONSTRUCT, "application/sparql-results+json", 406),
        (f"DESCRIBE {node('x')}", "application/n-quads, application/trig;q=0.5", "application/n-quads"),
        (f"DESCRIBE {node('x')}", "*/*", "text/turtle"),
    ],
)
def test_the_accept_header_chooses(server: Server, query: str, accept: str, expected: str | int | None) -> None:
    response = get(server, [("query", query)], accept)
    if isinstance(expected, int):
        assert response.status_code == expected
        assert "come as" in response.text
    else:
        wanted = expected or "application/sparql-results+xml"
        assert (response.status_code, response.headers["content-type"].split(";")[0]) == (200, wanted)
        assert "Accept" in response.headers["vary"]


def test_several_accept_headers_are_one(server: Server) -> None:
    headers = [("accept", "text/csv;q=0.1"), ("accept", "application/sparql-results+xml")]
    response = httpx.get(server.sparql, params={"query": SELECT}, headers=headers)
    assert response.headers["content-type"].startswith("application/sparql-results+xml")


def test_results_are_what_the_formats_say(server: Server) -> None:
    found = get(server, [("query", SELECT)]).json()
    assert found["head"]["vars"] == ["p", "v"]
    values = [row["v"] for row in found["results"]["bindings"]]
    assert values == [
        {"type": "literal", "value": 'a "q", b\nc'},
        {"type": "literal", "value": "hola", "xml:lang": "es"},
        {"type": "literal", "value": "1", "datatype": node("t").value},
    ]
    tree = ElementTree.fromstring(get(server, [("query", SELECT)], "application/sparql-results+xml").content)
    assert [v.get("name") for v in tree.iter(f"{RESULTS}variable")] == ["p", "v"]
    assert [e.text for e in tree.iter(f"{RESULTS}literal")] == [v["value"] for v in values]
    rows = list(csv.reader(io.StringIO(get(server, [("query", SELECT)], "text/csv").text, newline="")))
    assert rows[0] == ["p", "v"]
    assert [row[1] for row in rows[1:]] == [v["value"] for v in values]
    lines = get(server, [("query", SELECT)], "text/tab-separated-values").text.splitlines()
    assert lines[0] == "?p\t?v"
    assert lines[1].split("\t") == [str(node("p0")), '"a \\"q\\", b\\nc"']


def test_unbound_and_empty_results(server: Server) -> None:
    unbound = "SELECT ?x ?y { BIND(1 AS ?y) }"
    assert list(get(server, [("query", unbound)]).json()["results"]["bindings"][0]) == ["y"]
    assert get(server, [("query", unbound)], "text/csv").text == "x,y\r\n,1\r\n"
    empty = "SELECT ?x { ?x <urn:none> 1 }"
    assert get(server, [("query", empty)]).json() == {"head": {"vars": ["x"]}, "results": {"bindings": []}}
    assert get(server, [("query", "ASK { ?x <urn:none> 1 }")]).json() == {"head": {}, "boolean": False}
    xml = get(server, [("query", "ASK {}")], "application/sparql-results+xml").content
    assert ElementTree.fromstring(xml).findtext(f"{RESULTS}boolean") == "true"


@pytest.mark.parametrize(
    "accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
def test_a_graph_is_the_same_in_every_format(server: Server, accept: str) -> None:
    plain = get(server, [("query", CONSTRUCT)], "application/n-triples").content
    response = get(server, [("query", CONSTRUCT)], accept)
    format = ox.RdfFormat.from_media_type(accept)
    assert format is not None
    read = {str(q.triple) for q in ox.parse(response.content, format=format)}
    assert read == {str(q.triple) for q in ox.parse(plain, format=ox.RdfFormat.N_TRIPLES)}


# --- updates (section 2.2) --------------------------------------------------


def test_both_ways_of_changing(server: Server) -> None:
    form = {"Content-Type": FORM, **TOKEN}
    insert = "INSERT DATA { GRAPH <urn:w> { <urn:a> <urn:b> 'á' } }"
    assert send(server, "POST", "/sparql", urlencode({"update": insert}), form).status_code == 204
    assert ask(server, "GRAPH <urn:w> { <urn:a> <urn:b> 'á' }")
    assert update(server, "DROP GRAPH <urn:w>").status_code == 204
    assert not ask(server, "GRAPH <urn:w> { ?s ?p ?o }")


def test_relative_addresses_in_an_update(server: Server) -> None:
    text = "INSERT DATA { GRAPH <http://example.org/base/> { <http://example.org/s> <http://example.org/p> <test> } }"
    assert update(server, f"CLEAR SILENT GRAPH <http://example.org/base/> ; {text}").status_code == 204
    assert ask(server, f"GRAPH <http://example.org/base/> {{ ?s ?p <{server.url}/test> }}")
    update(server, "DROP GRAPH <http://example.org/base/>")


@pytest.mark.parametrize(
    ("pattern", "dataset", "expected"),
    [
        (IS_TYPED, graphs("using-graph-uri", 0, 1), True),
        (IS_TYPED, graphs("using-graph-uri", 0), False),
        (IN_GRAPHS, graphs("using-named-graph-uri", 0, 1), True),
        (IN_GRAPHS, graphs("using-named-graph-uri", 1), False),
        (f"{DATA[2]} a ?t {IN_GRAPHS}", graphs("using-graph-uri", 2) + graphs("using-named-graph-uri", 0, 1), True),
    ],
)
def test_an_update_takes_a_dataset(
    server: Server, pattern: str, dataset: list[tuple[str, str]], expected: bool
) -> None:
    text = f"INSERT {{ GRAPH <urn:found> {{ <urn:a> <urn:b> 1 }} }} WHERE {{ {pattern} }}"
    form = urlencode([("update", text), *dataset])
    ways = (
        lambda: update(server, text, dataset),
        lambda: send(server, "POST", "/sparql", form, {"Content-Type": FORM, **TOKEN}),
    )
    for way in ways:
        response = way()
        assert response.status_code == 204
        assert ask(server, "GRAPH <urn:found> { ?s ?p ?o }") is expected
        update(server, "DROP SILENT GRAPH <urn:found>")


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT {{ GRAPH <urn:f> {{ <urn:a> a ?t }} }} USING {DATA[0]} WHERE {{ ?s a ?t }}",
        f"INSERT {{ GRAPH <urn:f> {{ <urn:a> a ?t }} }} USING NAMED {DATA[0]} WHERE {{ GRAPH ?g {{ ?s a ?t }} }}",
        f"WITH {DATA[0]} INSERT {{ <urn:a> a ?t }} WHERE {{ ?s a ?t }}",
    ],
)
def test_two_datasets_of_an_update_are_an_error(server: Server, text: str) -> None:
    assert update(server, text, graphs("using-graph-uri", 1)).status_code == 400
    assert not ask(server, "<urn:a> ?p ?o")


def test_a_change_without_the_token_is_told_how_to_sign_in(server: Server) -> None:
    response = send(server, "POST", "/sparql", "CLEAR ALL", {"Content-Type": UPDATE})
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")


# --- HTTP around it ---------------------------------------------------------


def test_browsers_are_told_what_they_may_do(server: Server) -> None:
    asked = {
        "Origin": "https://editor.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, authorization",
    }
    response = send(server, "OPTIONS", "/sparql", headers=asked)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert {"GET", "HEAD", "POST"} <= set(response.headers["access-control-allow-methods"].split(", "))
    assert {"content-type", "authorization"} <= set(response.headers["access-control-allow-headers"].split(", "))
    assert "PUT" in send(server, "OPTIONS", "/graphs").headers["allow"]
    assert "PUT" not in send(server, "OPTIONS", "/sparql").headers["allow"]
    assert send(server, "OPTIONS", "/nowhere").status_code == 404
    failed = send(server, "GET", "/sparql?query=x", headers={"Origin": "https://editor.example"})
    assert failed.headers["access-control-allow-origin"] == "*"


def test_validators_hold_until_the_graph_changes(server: Server) -> None:
    path = f"/sparql?{urlencode({'query': SELECT})}"
    tag = send(server, "GET", path).headers["etag"]
    for condition in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = send(server, "GET", path, headers={"If-None-Match": condition})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert send(server, "GET", path, headers={"If-None-Match": '"other"'}).status_code == 200
    update(server, "INSERT DATA { GRAPH <urn:new> { <urn:a> <urn:b> 1 } }")
    changed = send(server, "GET", path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    update(server, "DROP GRAPH <urn:new>")


def test_what_is_sent_with_every_answer(server: Server) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D", "/sparql?query=x", "/nowhere", "/"):
        headers = send(server, "GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-cache"
        assert "server" not in headers


def test_the_id_of_a_request_is_taken_over_from_a_proxy(server: Server) -> None:
    assert send(server, "GET", "/health", headers={"X-Request-Id": "proxy-7.1"}).headers["x-request-id"] == "proxy-7.1"
    strange = send(server, "GET", "/health", headers={"X-Request-Id": "a b<script>"}).headers["x-request-id"]
    assert strange.isalnum()


@pytest.mark.parametrize("host", ["a b", "127.0.0.1:99999999", "[::1", "evil.example/127.0.0.1", ""])
def test_a_host_that_is_none_is_refused(server: Server, host: str) -> None:
    parts = urlsplit(server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.putrequest("GET", "/sparql?query=ASK%20%7B%7D", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    assert connection.getresponse().status in (400, 421)
    connection.close()


def test_the_server_alone_is_an_address_to_ask(server: Server) -> None:
    path = f"/?{urlencode({'query': 'ASK {}'})}"
    assert send(server, "GET", path, headers={"Accept": JSON}).json()["boolean"] is True
    assert send(server, "POST", "/", "ASK {}", {"Content-Type": QUERY}).json()["boolean"] is True
    assert b"Service" in send(server, "GET", "/", headers={"Accept": "text/turtle"}).content
    assert send(server, "GET", "/").headers["content-type"].startswith("text/html")


# --- service description ----------------------------------------------------

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json", "*/*", ""])
def test_the_description_in_every_format(server: Server, accept: str) -> None:
    response = send(server, "GET", "/sparql", headers={"Accept": accept} if accept else {})
    format = ox.RdfFormat.from_media_type(response.headers["content-type"].split(";")[0])
    assert format is not None
    store = ox.Store()
    store.load(response.content, format=format)
    prefixes = {"sd": SD, "void": VOID}
    asked = """ASK { ?s a sd:Service ; sd:endpoint ?e ; sd:supportedLanguage sd:SPARQL11Query, sd:SPARQL11Update ;
        sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>, <http://www.w3.org/ns/formats/Turtle> ;
        sd:inputFormat <http://www.w3.org/ns/formats/Turtle> ; sd:defaultDataset ?d .
        ?d a sd:Dataset, void:Dataset ; sd:defaultGraph ?default ; sd:namedGraph [ sd:name ?name ; sd:graph ?g ] ;
        void:triples ?n ; void:classPartition [ void:class ?c ; void:entities ?i ] ;
        void:propertyPartition [ void:property ?p ; void:triples ?j ] }"""
    assert store.query(asked, prefixes=prefixes)
    (row,) = store.query("SELECT ?e { ?s sd:endpoint ?e }", prefixes=prefixes)
    assert row["e"].value == server.sparql


def test_the_description_has_a_page_and_a_known_place(server: Server) -> None:
    page = send(server, "GET", "/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.headers["content-type"].startswith("text/html")
    known = send(server, "GET", "/.well-known/void")
    assert (known.status_code, known.headers["location"]) == (303, "/sparql")
    assert send(server, "GET", "/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_numbers_of_the_description_are_right(server: Server) -> None:
    store = ox.Store()
    store.load(send(server, "GET", "/sparql", headers={"Accept": "text/turtle"}).content, format=ox.RdfFormat.TURTLE)
    (row,) = store.query(f"SELECT ?n {{ ?d a <{VOID}Dataset> ; <{VOID}triples> ?n }}")
    assert row["n"].value == str(
        json.loads(get(server, [("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")]).content)["results"]["bindings"][0][
            "n"
        ]["value"]
    )


def test_nothing_is_left_behind(server: Server) -> None:
    assert not list(Path(server.build).glob("*.partial"))
