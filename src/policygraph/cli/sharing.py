"""Commands that share a graph: serve, push."""

from __future__ import annotations

import os
from pathlib import Path

import click

from policygraph.cli.output import say

_READ_TOKEN, _WRITE_TOKEN = "POLICYGRAPH_READ_TOKEN", "POLICYGRAPH_WRITE_TOKEN"

_build_option = click.option(
    "--graph",
    "build",
    type=click.Path(path_type=Path),
    default="build",
    show_default=True,
    metavar="DIR",
    help="The build folder.",
)


@click.command()
@_build_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=int, default=8080, show_default=True, help="Port to listen on.")
@click.option("--public", is_flag=True, help="Allow an address that other machines can reach.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name under which the server may be asked.")
@click.option("--timeout", type=float, default=30.0, show_default=True, help="Seconds that a query may run.")
@click.option("--memory", type=int, default=1024, show_default=True, help="Megabytes that a query may use.")
@click.option("--result", type=int, default=256, show_default=True, help="Megabytes that a result may have.")
@click.option("--service", "services", multiple=True, metavar="IRI", help="An endpoint that SERVICE may name.")
@click.option("--writable", is_flag=True, help=f"Take updates that carry the token in {_WRITE_TOKEN}.")
@click.option("--cors", default="*", show_default=True, metavar="ORIGIN", help="Web origin that may read; '' for none.")
def serve(
    build: Path,
    host: str,
    port: int,
    public: bool,
    names: tuple[str, ...],
    timeout: float,
    memory: int,
    result: int,
    services: tuple[str, ...],
    writable: bool,
    cors: str,
) -> None:
    """Serve the graph: a SPARQL endpoint and an explorer.

    Only this machine can reach it unless --public is given. A token in
    POLICYGRAPH_READ_TOKEN is then asked of every reader.

    \b
    Example:
      policygraph serve --port 8080
    """
    from policygraph.errors import MissingExtraError
    from policygraph.graph.generations import open_generation
    from policygraph.serve.limits import Limits

    try:
        from policygraph.serve.server import run
        from policygraph.serve.settings import Settings, is_loopback
    except ImportError as error:
        raise MissingExtraError("Serving a graph", "serve") from error
    open_generation(build)[1].close()
    settings = Settings(
        build=build,
        host=host,
        port=port,
        limits=Limits(seconds=timeout, memory_mb=memory, result_mb=result),
        services=services,
        writable=writable,
        read_token=os.environ.get(_READ_TOKEN) or None,
        write_token=os.environ.get(_WRITE_TOKEN) or None,
        cors=cors,
        public=public,
        names=names,
    )
    if not is_loopback(host):
        open_to = "whoever has the token" if settings.read_token else "everybody who can reach this machine"
        say(f"Warning: the graph can be read by {open_to}.")
    say(f"Serving {build} at http://{host}:{port}/ (SPARQL at /sparql). Ctrl-C stops.")
    run(settings)


@click.command()
@click.argument("url")
@_build_option
@click.option("--graph-store", metavar="URL", help="Where the server takes graphs (Graph Store Protocol).")
@click.option("--update", metavar="URL", help="Where the server takes updates, if it has no graph store.")
@click.option(
    "--sign-in", type=click.Choice(("basic", "digest")), default="basic", show_default=True, help="How to sign in."
)
@click.option("--remove-others", is_flag=True, help="Remove graphs of policygraph that this build does not have.")
@click.option("--timeout", type=float, default=300.0, show_default=True, help="Seconds that one request may take.")
def push(
    url: str,
    build: Path,
    graph_store: str | None,
    update: str | None,
    sign_in: str,
    remove_others: bool,
    timeout: float,
) -> None:
    """Load the graph into a SPARQL server.

    URL is where the server answers queries. Graph by graph is sent and verified
    by its number of triples. A push that was cut
    off goes on where it stopped. User and password, or a token, are read from
    POLICYGRAPH_ENDPOINT_USER, …_PASSWORD and …_TOKEN.

    \b
    Example:
      policygraph push http://localhost:7878/query --graph-store http://localhost:7878/store
    """
    from rich.console import Console
    from rich.progress import Progress

    from policygraph.graph.http import Access
    from policygraph.graph.push import Target, push
    from policygraph.iris import GRAPHS, content_key
    from policygraph.project import open_folder

    target = Target(url, graph_store, update, Access(timeout=timeout, scheme=sign_in))
    state = build / ".cache" / "push" / f"{content_key(url)}.json"
    with open_folder(build) as graph, Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Sending graphs", total=None)
        report = push(
            graph.store,
            target,
            state,
            remove_others=GRAPHS if remove_others else None,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    say(f"{report.sent} graphs sent, {report.kept} were there already, {report.removed} removed.")
    click.echo(f"{report.triples}")


COMMANDS = (serve, push)
