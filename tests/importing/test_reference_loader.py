"""Reference tables are read whole or refused with file, line, column and remedy."""

from __future__ import annotations

import copy
import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policygraph import resources
from policygraph.errors import DataError
from policygraph.importing.reference import load_reference, turtle_files
from policygraph.importing.reference_tables import TABLES
from policygraph.records import ReferenceData
from tests.importing.reference_tables import ROWS, columns_of, write, write_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_all(tmp_path / "mine")


def load(folder: Path) -> ReferenceData:
    return load_reference([folder], bundled=False)


def refusal(folder: Path, *, bundled: bool = False) -> str:
    with pytest.raises(DataError) as caught:
        load_reference([folder], bundled=bundled)
    return str(caught.value)


def test_every_kind_of_row_is_read(folder: Path) -> None:
    reference = load(folder)
    arcadia, borduria = reference.countries
    assert (arcadia.iso3, arcadia.adjectives, borduria.parent) == ("QAA", ("Arcadian",), "QAA")
    assert reference.cities[0].ambiguous and not reference.cities[1].ambiguous
    assert reference.organisations[0].members == ("QAA", "QBB")
    (tenure,) = reference.tenures
    assert tenure.id == "tenure/ada-stern-president-of-arcadia-2019-05-01"
    assert (tenure.start, tenure.end) == (dt.date(2019, 5, 1), dt.date(2023, 5, 1))
    (visit,) = reference.visits
    assert visit.id == "event/visit-ada-stern-qbb-2021-02-03"
    assert (visit.places, visit.met) == (("place/szohod-qbb",), ("person/plekszy-gladz",))
    assert reference.initiatives[0].sponsors == ("government/qaa", "organisation/league")


def test_a_row_says_where_it_stands_and_what_it_rests_on(folder: Path) -> None:
    row = load(folder).tenures[0].row
    assert (row.table, row.line, row.source, row.source2, row.confirmed_by) == (
        "mine/tenures.csv",
        2,
        "almanac",
        "gazette",
        2,
    )
    assert load_reference().tenures[0].row.table == "tenures.csv"


# --- mutants: one cell of one row is broken, and the message finds it -------------------------------

BROKEN_CELLS = [
    ("countries.csv", 0, "iso3", "QA", "three capital letters"),
    ("countries.csv", 0, "iso3", "", "a value is needed"),
    ("countries.csv", 0, "iso2", "qa", "two capital letters"),
    ("countries.csv", 0, "m49", "99", "three digits"),
    ("countries.csv", 1, "name", "", "a value is needed"),
    ("countries.csv", 1, "parent", "QXX", "not in countries.csv"),
    ("countries.csv", 1, "people", "Bordurian;;Bordurians", "empty or repeated entry"),
    ("countries.csv", 1, "people", "Bordurian;Bordurian", "empty or repeated entry"),
    ("countries.csv", 1, "wikidata", "30", "Wikidata id"),
    ("regions.csv", 0, "id", "ruritania", "not a local name"),
    ("regions.csv", 0, "members", "QAA;QBA", "did you mean 'Q"),
    ("cities.csv", 0, "iso3", "QXX", "not in countries.csv"),
    ("cities.csv", 0, "population", "1.2 million", "not a whole number"),
    ("cities.csv", 0, "population", "-3", "not a whole number"),
    ("cities.csv", 0, "ambiguous", "maybe", "not known here"),
    ("cities.csv", 1, "id", "place/Szohôd", "not a local name"),
    ("organisations.csv", 0, "type", "InternationalOrganization", "did you mean 'InternationalOrganisation'"),
    ("organisations.csv", 0, "members", "QAA;QZZ", "not in countries.csv"),
    ("organisations.csv", 1, "sector", "MILITARY", "not known here"),
    ("organisations.csv", 1, "confirmed_by", "3", "not known here"),
    ("organisations.csv", 1, "source", "", "a value is needed"),
    ("post_kinds.csv", 0, "kind", "Head of State", "small letters"),
    ("posts.csv", 0, "kind", "head-of-sate", "did you mean 'head-of-state'"),
    ("posts.csv", 0, "organisation", "organisation/leage", "did you mean 'organisation/league'"),
    ("posts.csv", 0, "sector", "", "not known here"),
    ("persons.csv", 0, "id", "people/ada-stern", "not a local name"),
    ("persons.csv", 0, "iso3", "Arcadia", "three capital letters"),
    ("tenures.csv", 0, "person", "person/ada-sterne", "did you mean 'person/ada-stern'"),
    ("tenures.csv", 0, "post", "post/queen-of-arcadia", "not in posts.csv"),
    ("tenures.csv", 0, "start", "2019-5-1", "not a day"),
    ("tenures.csv", 0, "start", "2019-02-30", "not a day"),
    ("tenures.csv", 0, "start", "20190501", "not a day"),
    ("tenures.csv", 0, "start", "", "a value is needed"),
    ("tenures.csv", 0, "end", "2019-05-01", "not after"),
    ("tenures.csv", 0, "end", "2018-05-01", "not after"),
    ("tenures.csv", 0, "last_confirmed", "2018-05-01", "not after"),
    ("tenures.csv", 0, "source2", "", "two sources are claimed"),
    ("visits.csv", 0, "visitor", "person/nobody", "not in persons.csv"),
    ("visits.csv", 0, "end", "2021-02-02", "not after"),
    ("visits.csv", 0, "end", "", "a value is needed"),
    ("visits.csv", 0, "places", "place/port-qaa", "lies in QAA"),
    ("visits.csv", 0, "places", "place/atlantis-qbb", "not in cities.csv"),
    ("visits.csv", 0, "met", "person/tapioca", "not in persons.csv"),
    ("initiatives.csv", 0, "type", "Treaty", "not known here"),
    ("initiatives.csv", 0, "id", "initiative/treaty-of-szohod", "not a local name"),
    ("initiatives.csv", 0, "kind", "agremeent", "did you mean 'agreement'"),
    ("initiatives.csv", 0, "topic", "trad", "did you mean 'trade'"),
    ("initiatives.csv", 0, "start", "2021-13", "not a date"),
    ("initiatives.csv", 0, "start", "spring 2021", "not a date"),
    ("initiatives.csv", 0, "end", "2020", "not after"),
    ("initiatives.csv", 0, "partners", "government/qcc", "not in organisations.csv"),
]


@pytest.mark.parametrize(("table", "index", "column", "value", "says"), BROKEN_CELLS)
def test_a_broken_cell_is_found(folder: Path, table: str, index: int, column: str, value: str, says: str) -> None:
    rows = copy.deepcopy(ROWS[table])
    rows[index][column] = value
    if column == "source":
        rows[index][column] = " "
    path = write(folder, table, rows)
    message = refusal(folder)
    assert message.startswith(f"{path}:{index + 2}: column '{column}'"), message
    assert says in message and "To mend it:" in message, message


@pytest.mark.parametrize("table", ROWS)
def test_a_key_stands_once_in_a_table(folder: Path, table: str) -> None:
    path = write(folder, table, [*ROWS[table], ROWS[table][0]])
    message = refusal(folder)
    assert message.startswith(f"{path}:{len(ROWS[table]) + 2}: "), message
    assert "stands already in line 2" in message


@pytest.mark.parametrize("table", ROWS)
def test_each_column_must_be_there_under_its_name(folder: Path, table: str) -> None:
    path = folder / table
    good = path.read_text(encoding="utf-8")
    header, body = good.split("\n", 1)
    names = header.split(",")
    for number, name in enumerate(names):
        renamed = ",".join([*names[:number], f"{name}x", *names[number + 1 :]])
        path.write_text(f"{renamed}\n{body}", encoding="utf-8")
        message = refusal(folder)
        assert message.startswith(f"{path}:1: unknown column '{name}x'"), message
        assert f"did you mean '{name}'" in message
        path.write_text(",".join(names[:number] + names[number + 1 :]) + "\n", encoding="utf-8")
        assert f"{path}:1: column '{name}' is missing" in refusal(folder)


def test_columns_may_stand_in_any_order(folder: Path) -> None:
    path = folder / "persons.csv"
    names = list(reversed(columns_of("persons.csv")))
    row = {"id": "person/ada-stern", "name": "Ada Stern", "iso3": "QAA", "source": "almanac"}
    other = row | {"id": "person/plekszy-gladz", "name": "P"}
    path.write_text(
        "\n".join(",".join(r.get(n, "") for n in names) for r in (dict(zip(names, names, strict=True)), row, other)),
        encoding="utf-8",
    )
    assert load(folder).persons[0].name == "Ada Stern"


def test_a_user_s_column_that_no_table_has(folder: Path) -> None:
    path = folder / "persons.csv"
    text = path.read_text(encoding="utf-8").replace("source2", "source2,colour", 1)
    path.write_text(text, encoding="utf-8")
    assert refusal(folder).startswith(f"{path}:1: unknown column 'colour'")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "persons.csv: the table is empty"),
        (b"\n\n", "persons.csv: the table is empty"),
        (b"id;name;other_names;iso3;wikidata;source;source2\n", "persons.csv:1: the columns are not separated"),
        (b"id,name,other_names,iso3,wikidata,source,source2\nperson/a,A,,,\n", "persons.csv:2: the row has 5 fields"),
        (
            b"id,name,other_names,iso3,wikidata,source,source2\nperson/a,A,,,,s,,,\n",
            "persons.csv:2: the row has 9 fields",
        ),
        (
            b"id,name,other_names,iso3,wikidata,source,source2\nperson/a,A,,,,s,\nperson/b,\xe9,,,,s,\n",
            "persons.csv:3: byte 0xe9 is not UTF-8",
        ),
        (
            b'id,name,other_names,iso3,wikidata,source,source2\nperson/a,"A,,,,s,\n',
            "persons.csv:2: the row is not well",
        ),
        (
            b"id,name,other_names,iso3,wikidata,source,source2\nperson/a,A\x00,,,,s,\n",
            "persons.csv:2: the control char",
        ),
        (b"id,name,name,other_names,iso3,wikidata,source,source2\n", "persons.csv:1: column 'name' stands there twice"),
    ],
)
def test_a_file_that_is_no_table(folder: Path, data: bytes, says: str) -> None:
    (folder / "persons.csv").write_bytes(data)
    message = refusal(folder)
    assert says in message and "To mend it:" in message, message


def test_lines_are_counted_as_an_editor_counts_them(folder: Path) -> None:
    """A quoted cell may span lines, and blank lines count."""
    path = folder / "persons.csv"
    header = ",".join(columns_of("persons.csv"))
    path.write_text(f'{header}\nperson/a,"A\nB",,,,s,\n\nperson/b,B,,QXX,,s,\n', encoding="utf-8")
    assert refusal(folder).startswith(f"{path}:5: column 'iso3'")


def test_a_byte_order_mark_is_no_part_of_the_header(folder: Path) -> None:
    path = folder / "persons.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(load(folder).persons) == 2


def test_a_misspelt_table_is_not_passed_over(folder: Path) -> None:
    (folder / "visits.csv").rename(folder / "visit.csv")
    message = refusal(folder)
    assert message.startswith(f"{folder / 'visit.csv'}: there is no reference table") and "'visits.csv'" in message


def test_a_missing_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere").startswith(f"{tmp_path / 'nowhere'}: this reference folder is not there")
    with pytest.raises(DataError, match="not there"):
        turtle_files([tmp_path / "nowhere"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_table_that_may_not_be_read(folder: Path) -> None:
    (folder / "visits.csv").chmod(0)
    assert "cannot be read" in refusal(folder)


# --- folders of the user -----------------------------------------------------------------------------


def test_a_user_adds_to_the_bundled_tables(tmp_path: Path) -> None:
    write(tmp_path, "persons.csv", [{"id": "person/ada-stern", "name": "Ada Stern", "iso3": "MEX"}])
    before, after = load_reference(), load_reference([tmp_path])
    assert len(after.persons) == len(before.persons) + 1
    assert after.countries == before.countries
    assert after.digest != before.digest


def test_a_user_overrides_a_bundled_row(tmp_path: Path) -> None:
    mine = {"id": "person/marco-rubio", "name": "Marco A. Rubio", "iso3": "USA", "other_names": "Rubio"}
    write(tmp_path, "persons.csv", [mine])
    before, after = load_reference(), load_reference([tmp_path])
    assert [p.id for p in after.persons] == [p.id for p in before.persons], "it keeps its place"
    (rubio,) = [p for p in after.persons if p.id == "person/marco-rubio"]
    assert (rubio.name, rubio.row.table, rubio.wikidata) == ("Marco A. Rubio", f"{tmp_path.name}/persons.csv", "")


def test_the_later_folder_wins(folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    write(second, "persons.csv", [{"id": "person/ada-stern", "name": "A. Stern", "iso3": "QAA"}])
    names = {p.id: p.name for p in load_reference([folder, second], bundled=False).persons}
    assert names == {"person/ada-stern": "A. Stern", "person/plekszy-gladz": "Plékszy-Gladz"}


def test_folders_of_the_same_name_stay_apart(tmp_path: Path) -> None:
    for number, name in enumerate(("Ada Stern", "Bo Winter")):
        folder = tmp_path / str(number) / "tables"
        folder.mkdir(parents=True)
        write(folder, "persons.csv", [{"id": f"person/{name.lower().replace(' ', '-')}", "name": name}])
    reference = load_reference([tmp_path / "0" / "tables", tmp_path / "1" / "tables"], bundled=False)
    assert [p.row.table for p in reference.persons] == ["tables/persons.csv", "tables-2/persons.csv"]


def test_a_user_s_row_may_not_break_a_link(tmp_path: Path) -> None:
    visit = {"visitor": "person/marco-rubio", "iso3": "MEX", "start": "2026-01-01", "end": "2026-01-02"}
    path = write(tmp_path, "visits.csv", [visit, visit | {"start": "2026-02-01", "end": "2026-02-02", "iso3": "MXC"}])
    message = refusal(tmp_path, bundled=True)
    assert message.startswith(f"{path}:3: column 'iso3': 'MXC' is not in countries.csv"), message


def test_what_is_known_about_the_user_s_tables(folder: Path) -> None:
    about = {"table": "visits.csv", "title": "Trips", "licence": "CC0", "modified": "2026-05-01"}
    path = write(folder, "sources.csv", [about])
    assert load(folder).tables["mine/visits.csv"]["title"] == "Trips"
    write(folder, "sources.csv", [about, about])
    assert refusal(folder).startswith(f"{path}:3: column 'table': 'visits.csv' is described twice")
    write(folder, "sources.csv", [about | {"modified": "May"}])
    assert refusal(folder).startswith(f"{path}:2: column 'modified'")
    write(folder, "sources.csv", [about | {"table": "trips.csv"}])
    assert refusal(folder).startswith(f"{path}:2: column 'table'")


def test_turtle_is_handed_on_and_other_files_are_left_alone(folder: Path) -> None:
    for name in ("b.ttl", "a.TTL", "README.md", "notes.txt"):
        (folder / name).write_text("anything", encoding="utf-8")
    assert turtle_files([folder]) == [folder / "a.TTL", folder / "b.ttl"]
    assert len(load(folder).countries) == 2


def test_a_table_with_a_header_alone_adds_nothing(tmp_path: Path) -> None:
    for table in TABLES:
        write(tmp_path, table, [])
    assert load_reference([tmp_path]).persons == load_reference().persons


# --- the same bytes give the same records --------------------------------------------------------------


def test_the_digest_follows_every_byte(folder: Path) -> None:
    before = load(folder).digest
    assert load(folder).digest == before
    path = folder / "cities.csv"
    path.write_bytes(path.read_bytes().replace(b"1200", b"1201"))
    assert load(folder).digest != before


def test_records_do_not_depend_on_the_hash_seed(folder: Path) -> None:
    code = (
        "import sys, pathlib; from policygraph.importing.reference import load_reference as l;"
        "print(repr(l([pathlib.Path(sys.argv[1])])))"
    )
    outputs = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        done = subprocess.run([sys.executable, "-c", code, str(folder)], env=env, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1


WORDS = st.text(st.characters(exclude_categories=("C", "Zs", "Zl", "Zp"), exclude_characters=";"), min_size=1)


@given(name=WORDS, others=st.lists(WORDS, unique=True, max_size=4), source=WORDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_comes_through_as_written(tmp_path: Path, name: str, others: list[str], source: str) -> None:
    row = {"id": "person/x", "name": name, "other_names": ";".join(others), "source": source}
    write(tmp_path, "persons.csv", [row])
    (person,) = load_reference([tmp_path], bundled=False).persons
    assert (person.name, person.other_names, person.row.source) == (name, tuple(others), source)


def test_a_copy_of_the_bundled_folder_gives_the_same_records(tmp_path: Path) -> None:
    copied = shutil.copytree(resources.reference(), tmp_path / "copy")
    mine, bundled = load_reference([copied], bundled=False), load_reference()
    assert [c.iso3 for c in mine.countries] == [c.iso3 for c in bundled.countries]
    assert [(t.id, t.end) for t in mine.tenures] == [(t.id, t.end) for t in bundled.tenures]


# --- the guide ----------------------------------------------------------------------------------------

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "reference-data.md"


def test_the_example_and_the_messages_of_the_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    example = guide.split("```csv\n")[1].split("```")[0]
    messages = guide.split("```text\n")[1].split("```")[0].splitlines()
    monkeypatch.chdir(tmp_path)
    path = Path("reference/visits.csv")
    path.parent.mkdir()
    path.write_text(example, encoding="utf-8")
    assert len(load_reference([path.parent]).visits) == len(load_reference().visits), "it replaces a known row"
    twice = example + example.splitlines()[1] + "\n"
    mutants = (example.replace(",MEX,", ",MXE,"), example.replace(",start,", ",from,"), twice)
    for mutant, message in zip(mutants, messages, strict=True):
        path.write_text(mutant, encoding="utf-8")
        assert refusal(path.parent, bundled=True) == message


def test_the_guide_names_every_table_and_column() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for table, form in TABLES.items():
        assert f"`{table}`" in guide
        assert not [column for column in form.columns if f"`{column}`" not in guide], table
