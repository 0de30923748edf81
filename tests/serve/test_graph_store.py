"""The SPARQL 1.1 Graph Store HTTP Protocol, point by point, on a writable server."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest

from tests.serve.conftest import Server, node, serving

TOKEN = {"authorization": "Bearer write-word"}
TURTLE = "text/turtle"
PERSON = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . <#me> foaf:name '{name}' ; foaf:knows [ foaf:name 'É' ] ."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    content = [ox.Quad(node("s"), node("p"), ox.Literal("v"), node("kept"))]
    folder = tmp_path_factory.mktemp("store")
    with serving(folder, content, writable=True, write_token="write-word", limits={"body_mb": 1.0}) as running:
        yield running


def send(server: Server, method: str, where: str, body: bytes | str = b"", **headers: str) -> httpx.Response:
    sent = {
        **TOKEN,
        **({"content-type": TURTLE} if body else {}),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    return httpx.request(method, f"{server.url}/graphs{where}", content=body, headers=sent, timeout=30)


def lines(server: Server, where: str) -> list[str]:
    response = send(server, "GET", where, accept="application/n-triples")
    assert response.status_code == 200
    return sorted(response.text.splitlines())


@pytest.mark.parametrize(
    "where", ["?graph=urn:one", "/person/1.ttl", f"?graph={quote('http://x.example/a%20b', safe='')}"]
)
def test_the_life_of_a_graph(server: Server, where: str) -> None:
    assert send(server, "HEAD", where).status_code == 404
    assert send(server, "GET", where).status_code == 404
    assert send(server, "PUT", where, PERSON.format(name="John")).status_code == 201
    assert send(server, "HEAD", where).status_code == 200
    assert len(lines(server, where)) == 3
    assert send(server, "PUT", where, "<urn:a> <urn:b> <rel> .").status_code == 204
    assert len(lines(server, where)) == 1
    assert send(server, "POST", where, "<urn:a> <urn:c> 'more' .").status_code == 204
    assert send(server, "POST", where, "<urn:a> <urn:c> 'more' .").status_code == 204
    assert len(lines(server, where)) == 2
    assert send(server, "DELETE", where).status_code == 204
    assert send(server, "DELETE", where).status_code == 404
    assert send(server, "GET", where).status_code == 404


def test_an_address_below_the_store_is_the_name_of_the_graph(server: Server) -> None:
    address = f"{server.url}/graphs/direct/a%20b"
    assert send(server, "PUT", "/direct/a%20b", "<#x> <urn:p> <../up> .").status_code == 201
    found = lines(server, f"?graph={quote(address, safe='')}")
    assert found == [f"<{address}#x> <urn:p> <{server.url}/graphs/up> ."]
    assert send(server, "DELETE", "/direct/a%20b").status_code == 204


def test_relative_addresses_are_read_from_the_name_of_the_graph(server: Server) -> None:
    where = f"?graph={quote('http://x.example/dir/doc', safe='')}"
    send(server, "PUT", where, "<a> <#b> <> .")
    assert lines(server, where) == [
        "<http://x.example/dir/a> <http://x.example/dir/doc#b> <http://x.example/dir/doc> ."
    ]
    send(server, "DELETE", where)


def test_an_empty_graph_is_a_graph(server: Server) -> None:
    assert send(server, "PUT", "?graph=urn:empty", "# nothing\n").status_code == 201
    assert lines(server, "?graph=urn:empty") == []
    assert send(server, "PUT", "?graph=urn:empty", "# nothing\n").status_code == 204
    assert send(server, "DELETE", "?graph=urn:empty").status_code == 204


def test_the_default_graph(server: Server) -> None:
    assert send(server, "PUT", "?default", "<urn:d> <urn:p> 1 .").is_success
    assert any("<urn:d>" in line for line in lines(server, "?default"))
    assert send(server, "POST", "?default", "<urn:d> <urn:p> 2 .").is_success
    assert send(server, "DELETE", "?default").is_success
    kept = lines(server, "?default")
    assert not any("<urn:d>" in line for line in kept)
    assert kept == lines(server, f"?graph={quote(node('kept').value, safe='')}")


def test_data_sent_to_the_store_itself_makes_a_graph(server: Server) -> None:
    made = send(server, "POST", "", PERSON.format(name="Alice"))
    assert made.status_code == 201
    address = made.headers["location"]
    assert address.startswith(f"{server.url}/graphs/")
    assert len(httpx.get(address, headers={"accept": "application/n-triples"}).text.splitlines()) == 3
    assert httpx.delete(address, headers=TOKEN).status_code == 204


def test_the_files_of_a_form_are_one_graph(server: Server) -> None:
    files = [
        ("first", ("first.ttl", "<urn:x> <urn:first> 'Jane' .", "text/turtle; charset=utf-8")),
        ("last", ("last.nt", '<urn:x> <urn:last> "Doe" .', "application/octet-stream")),
    ]
    url = f"{server.url}/graphs?graph=urn:form"
    assert httpx.post(url, files=files, headers=TOKEN).status_code == 201
    assert lines(server, "?graph=urn:form") == ['<urn:x> <urn:first> "Jane" .', '<urn:x> <urn:last> "Doe" .']
    wrong = [("file", ("x.csv", "a,b", "text/csv"))]
    assert httpx.post(url, files=wrong, headers=TOKEN).status_code == 415
    broken = [*files, ("third", ("third.ttl", "<urn:x> <urn:p", "text/turtle"))]
    assert httpx.post(url, files=broken, headers=TOKEN).status_code == 400
    assert len(lines(server, "?graph=urn:form")) == 2
    assert send(server, "POST", "?graph=urn:form", "--x\r\n", content_type="multipart/form-data").status_code == 400
    send(server, "DELETE", "?graph=urn:form")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/n-triples", "<urn:a> <urn:b> <urn:c> ."),
        ("text/turtle;charset=utf-8", "<urn:a> <urn:b> <urn:c> ."),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
            '<rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/></rdf:Description></rdf:RDF>',
        ),
        ("application/ld+json", '{"@id": "urn:a", "urn:b": {"@id": "urn:c"}}'),
    ],
)
def test_every_format_can_be_sent_and_fetched(server: Server, kind: str, body: str) -> None:
    assert send(server, "PUT", "?graph=urn:format", body, content_type=kind).is_success
    assert lines(server, "?graph=urn:format") == ["<urn:a> <urn:b> <urn:c> ."]
    bare = kind.split(";")[0]
    fetched = send(server, "GET", "?graph=urn:format", accept=bare)
    assert fetched.headers["content-type"].split(";")[0] == bare
    format = ox.RdfFormat.from_media_type(bare)
    assert format is not None
    assert [str(q.triple) for q in ox.parse(fetched.content, format=format)] == ["<urn:a> <urn:b> <urn:c>"]
    send(server, "DELETE", "?graph=urn:format")


@pytest.mark.parametrize(
    ("method", "where", "body", "kind", "status"),
    [
        ("GET", "", "", "", 400),
        ("PUT", "", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("DELETE", "", "", "", 400),
        ("PUT", "?graph=urn:x&default", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("PUT", "?graph=urn:x&graph=urn:y", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("PUT", "?graph=relative", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("PUT", "?graph=", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("PUT", "?graph=http://x/%20y", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("PUT", "/direct?graph=urn:x", "<urn:a> <urn:b> 1 .", TURTLE, 400),
        ("PUT", "?default", "this is no turtle", TURTLE, 400),
        ("PUT", "?graph=urn:x", "<urn:a> <urn:b> 'cut", TURTLE, 400),
        ("PUT", "?graph=urn:x", b"<urn:a> <urn:b> '\xff' .", TURTLE, 400),
        ("PUT", "?graph=urn:x", "{}", "application/json", 415),
        ("PUT", "?graph=urn:x", "<urn:a> <urn:b> 1 .", "text/plain", 415),
        ("PUT", "?graph=urn:x", "<urn:a> <urn:b> 1 .", "application/n-quads", 415),
        ("PUT", "?graph=urn:x", "<urn:a> <urn:b> 1 .", "text/turtle; charset=latin-1", 415),
        ("PUT", "?graph=urn:x", "# " + "x" * 1_100_000, TURTLE, 413),
        ("PATCH", "?graph=urn:x", "<urn:a> <urn:b> 1 .", TURTLE, 405),
    ],
)
def test_what_is_wrong_is_refused(
    server: Server, method: str, where: str, body: bytes | str, kind: str, status: int
) -> None:
    response = send(server, method, where, body, **({"content_type": kind} if kind else {}))
    assert response.status_code == status, response.text
    assert len(response.text.split()) >= 4
    assert send(server, "GET", "?graph=urn:x").status_code == 404


def test_a_graph_is_not_acceptable_as_a_picture(server: Server) -> None:
    assert send(server, "GET", f"?graph={quote(node('kept').value)}", accept="image/png").status_code == 406


def test_nothing_is_overwritten_unseen(server: Server) -> None:
    where = "?graph=urn:guarded"
    assert send(server, "PUT", where, "<urn:a> <urn:b> 1 .", if_match="*").status_code == 412
    assert send(server, "PUT", where, "<urn:a> <urn:b> 1 .", if_none_match="*").status_code == 201
    assert send(server, "PUT", where, "<urn:a> <urn:b> 2 .", if_none_match="*").status_code == 412
    tag = send(server, "GET", where, accept="application/n-triples").headers["etag"]
    assert send(server, "GET", where, accept="application/n-triples", if_none_match=tag).status_code == 304
    assert send(server, "PUT", where, "<urn:a> <urn:b> 3 .", if_match=tag).status_code == 204
    assert send(server, "PUT", where, "<urn:a> <urn:b> 4 .", if_match=tag).status_code == 412
    assert send(server, "DELETE", where, if_match='"old"').status_code == 412
    assert [line.split('"')[1] for line in lines(server, where)] == ["3"]
    assert send(server, "DELETE", where).status_code == 204


def test_the_token_is_asked_for(server: Server) -> None:
    url = f"{server.url}/graphs?graph=urn:x"
    for method in ("PUT", "POST", "DELETE"):
        response = httpx.request(method, url, content=b"", headers={"content-type": TURTLE})
        assert response.status_code == 401
        assert response.headers["www-authenticate"]
