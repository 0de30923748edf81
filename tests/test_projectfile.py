"""The project file: what it may say, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygraph.errors import ProjectError
from policygraph.projectfile import Project, article_files


def write(folder: Path, text: str) -> Path:
    (folder / "articles").mkdir(exist_ok=True)
    path = folder / "policygraph.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, '[sources]\narticles = ["articles"]\n[build]\nout = "made/here"\n')
    project = Project.load(path)
    assert project.articles == (tmp_path / "articles",)
    assert project.out == tmp_path / "made" / "here"
    assert project.bundled
    assert Project.load(tmp_path, tmp_path / "else").out == tmp_path / "else"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[project]\ntitel = "x"\n', 2, "did you mean 'title'"),
        ("\n[source]\n", 2, "did you mean 'sources'"),
        ('[project]\ntitle = "x"\n\n[sources]\narticles = "articles"\n', 5, "a list of paths"),
        ("[reference]\nbundled = 1\n", 2, "true or false"),
        ("[sources]\narticles = [1]\n", 2, "a list of paths"),
        ('[sources]\narticles = ["nowhere"]\n', 2, "nowhere"),
        ('[reference]\ntables = ["gone"]\n', 2, "gone"),
        ('[sources]\ncatalogue = "none.csv"\n', 2, r"none\.csv"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ProjectError, match=words) as caught:
        Project.load(write(tmp_path, text))
    assert caught.value.where == f"{tmp_path / 'policygraph.toml'}:{line}"
    assert caught.value.exit_code == 2


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="not TOML"):
        Project.load(write(tmp_path, "[project\n"))
    with pytest.raises(ProjectError, match="policygraph init"):
        Project.load(tmp_path / "none.toml")


def test_articles_are_found_once_in_order_and_hidden_ones_are_passed_over(tmp_path: Path) -> None:
    path = write(tmp_path, '[sources]\narticles = ["articles", "articles/b.txt"]\n')
    folder = tmp_path / "articles"
    (folder / "deep").mkdir()
    (folder / ".git").mkdir()
    for name in ("b.txt", "a.md", "deep/c.txt", "sources.csv", ".hidden.txt", ".git/d.txt"):
        (folder / name).write_text("x")
    found = [p.relative_to(folder).as_posix() for p in article_files(Project.load(path), (".txt", ".md"))]
    assert found == ["a.md", "b.txt", "deep/c.txt"]
