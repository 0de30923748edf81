"""`policygraph.toml`: which sources a project has, and where it is built."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policygraph.errors import ProjectError, near_names

if TYPE_CHECKING:
    from policygraph.incidents import Strategy

FILE_NAME = "policygraph.toml"
#: In the place of a strategy: reports are not merged.
NO_STRATEGY = "none"

#: Sections, their keys and what each must be.
_KEYS: dict[str, dict[str, type]] = {
    "project": {"title": str},
    "sources": {"articles": list, "catalogue": str},
    "reference": {"bundled": bool, "tables": list},
    "build": {"out": str},
    "incidents": {"strategy": str},
    "model": {
        "url": str,
        "name": str,
        "key_variable": str,
        "price_in": float,
        "price_out": float,
        "max_requests": int,
    },
}
_WORDS = {
    str: "text in quotes",
    list: "a list of paths in quotes",
    bool: "true or false",
    float: "a number such as 0.5",
    int: "a whole number",
}


@dataclass(frozen=True)
class ModelPlan:
    """The language model that reads the sources after the rules; prices are per million tokens."""

    url: str
    name: str
    key_variable: str | None = None
    price_in: float | None = None
    price_out: float | None = None
    max_requests: int = 500


@dataclass(frozen=True)
class Project:
    """A project as its file describes it; all paths are absolute.

    `articles` are folders and files, `catalogue` a CSV file about them (None if
    there is none), `tables` folders of the user's own reference data, `bundled`
    whether the tables that come with policygraph are used. `strategy` is how
    reports are merged into incidents, `none` not at all. `model` is the language
    model that reads as well, None if there is none.
    """

    file: Path
    title: str = "Untitled project"
    articles: tuple[Path, ...] = ()
    catalogue: Path | None = None
    bundled: bool = True
    tables: tuple[Path, ...] = ()
    out: Path = field(default_factory=lambda: Path("build"))
    strategy: str = "near"
    model: ModelPlan | None = None

    @classmethod
    def load(cls, path: str | Path = FILE_NAME, out: str | Path | None = None) -> Project:
        """Read a project file, or the one in the folder `path`; `out` overrides where to build.

        Raises:
            ProjectError: the file is missing or wrong, or a path in it leads nowhere.

        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> _ = (folder / "policygraph.toml").write_text('[project]\\ntitle = "Andes"')
        >>> Project.load(folder).title
        'Andes'
        """
        file = Path(path) / FILE_NAME if Path(path).is_dir() else Path(path)
        file = file.absolute()
        data = _Reader(file, _parse(file))
        title = data.get("project", "title", "Untitled project")
        articles = tuple(data.existing("sources", "articles", p) for p in data.get("sources", "articles", []))
        tables = tuple(data.existing("reference", "tables", p) for p in data.get("reference", "tables", []))
        catalogue = data.get("sources", "catalogue", "")
        return cls(
            file=file,
            title=title,
            articles=articles,
            catalogue=data.existing("sources", "catalogue", catalogue) if catalogue else None,
            bundled=data.get("reference", "bundled", True),
            tables=tables,
            out=Path(out).absolute() if out else file.parent / data.get("build", "out", "build"),
            strategy=data.strategy(),
            model=data.model(),
        )

    def merging(self) -> Strategy | None:
        """The strategy by which reports are merged; None where they are not."""
        from policygraph.incidents import strategy

        return None if self.strategy == NO_STRATEGY else strategy(self.strategy)


class _Reader:
    """The parsed file, checked key by key, with the line of each key for messages."""

    def __init__(self, file: Path, data: Mapping[str, Any]) -> None:
        self._file, self._data = file, data
        for section, keys in data.items():
            if section not in _KEYS or not isinstance(keys, dict):
                raise self._unknown("section", section, _KEYS)
            for key, value in keys.items():
                if key not in _KEYS[section]:
                    raise self._unknown(f"key in [{section}]", key, _KEYS[section])
                self._check(section, key, value)

    def get(self, section: str, key: str, default: Any) -> Any:
        """The value of a key, or the default."""
        return self._data.get(section, {}).get(key, default)

    def strategy(self) -> str:
        """How reports are merged into incidents."""
        from policygraph.incidents import DEFAULT, strategies

        name = str(self.get("incidents", "strategy", DEFAULT))
        if name != NO_STRATEGY and name not in strategies():
            error = self._unknown("strategy", name, {**strategies(), NO_STRATEGY: None})
            raise ProjectError(error.message, where=self._where("strategy"), hint=error.hint)
        return name

    def model(self) -> ModelPlan | None:
        """The language model of the project; it needs its address and its name."""
        given = dict(self._data.get("model", {}))
        if not given:
            return None
        for key in ("url", "name"):
            if key not in given:
                raise ProjectError(
                    f"[model] does not say its '{key}'",
                    where=self._where("model"),
                    hint='for example url = "http://localhost:8080/v1" and name = "my-model"',
                )
        return ModelPlan(**given)

    def existing(self, section: str, key: str, text: str) -> Path:
        """A path of the file, which must lead somewhere."""
        path = self._file.parent / text
        if not path.exists():
            raise ProjectError(
                f"'{key}' in [{section}] names '{text}', which is not there",
                where=self._where(key),
                hint=f"make {path} or correct the path",
            )
        return path

    def _check(self, section: str, key: str, value: Any) -> None:
        wanted = _KEYS[section][key]
        items = value if isinstance(value, list) else []
        fits = isinstance(value, wanted) or (wanted is float and isinstance(value, int))
        if (
            not fits
            or (isinstance(value, bool) and wanted is not bool)
            or not all(isinstance(item, str) for item in items)
        ):
            raise ProjectError(f"'{key}' in [{section}] must be {_WORDS[wanted]}", where=self._where(key))

    def _unknown(self, kind: str, name: str, known: Mapping[str, Any]) -> ProjectError:
        near = near_names(name, known)
        hint = f"did you mean '{near[0]}'" if near else f"known are {', '.join(known)}"
        return ProjectError(f"there is no {kind} '{name}'", where=self._where(name), hint=hint)

    def _where(self, name: str) -> str:
        """File and line on which a key or section stands first."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        at = next((i for i, line in enumerate(lines, 1) if line.strip().strip("[").startswith(name)), 1)
        return f"{self._file}:{at}"


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ProjectError("there is no project file here", where=file, hint="run 'policygraph init DIR'") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(f"the project file cannot be read: {error}", where=file) from error
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"this is not TOML: {error}", where=file) from None


def article_files(project: Project, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """The articles of a project: files as named, and files of folders by suffix, each once, in order.

    Hidden files and folders are passed over.
    """
    seen: set[Path] = set()
    for place in project.articles:
        inside = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in inside:
            if place.is_dir() and not _is_article(path, place, suffixes):
                continue
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path


def _is_article(path: Path, folder: Path, suffixes: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.is_file() and not hidden and path.suffix.lower() in suffixes
