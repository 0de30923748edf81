"""A small extractor for tests of the build: its sentences are `NAME verb NAME.`, one a line."""

from __future__ import annotations

import os
import time
from pathlib import Path

from policygraph import iris
from policygraph.building import build
from policygraph.projectfile import Project
from policygraph.records import Claim, Document, Entity, Extraction, ReferenceData, Span
from policygraph.report import Report
from policygraph.vocabulary import EntityType, Modality

_VERBS = {"backs": Modality.ASSERTED, "may back": Modality.HYPOTHETICAL, "will back": Modality.PLANNED}


def toy_extract(document: Document, reference: ReferenceData) -> Extraction:
    """Read `A backs B.` as a claim that person A supports person B."""
    time.sleep(float(os.environ.get("TOY_DELAY", "0")))
    entities: dict[str, Entity] = {}
    claims: list[Claim] = []
    at = 0
    for line in document.text.splitlines(keepends=True):
        span = Span.of(document.text, at, at + len(line.rstrip()))
        at += len(line)
        for verb, modality in _VERBS.items():
            who, found, whom = line.strip(" .\n").partition(f" {verb} ")
            if found and not who.endswith((" may", " will")):
                one, two = (Entity(f"person/{iris.slug(x)}", EntityType.PERSON, x) for x in (who, whom))
                entities |= {one.id: one, two.id: two}
                claims.append(Claim(one.id, "supports", modality, (span,), object=two.id, confidence=0.9))
    return Extraction(document, tuple(entities.values()), (), tuple(claims))


def make_project(folder: Path, articles: dict[str, str], extra: str = "") -> Project:
    """A project with these articles and no bundled reference data."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    (folder / "policygraph.toml").write_text(
        f'[project]\ntitle = "Toy"\n[sources]\narticles = ["articles"]\n[reference]\nbundled = false\n{extra}'
    )
    return Project.load(folder)


def toy_build(project: Project) -> Report:
    """Build with the toy extractor, without page and tables."""
    return build(project, extract=toy_extract, files=())
