"""Where works were found: each page of a unit can be opened, and a run without a catalogue says that it had none."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import copytree, ignore_patterns
from urllib.parse import parse_qs, urlencode, urlsplit

import pyarrow as pa
import pytest
from django.db import connections
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from marque.evidence import tables
from marque.web.queries import works
from marque.works.model import MATCHES
from tests.web import world
from tests.web.conftest import show

SITE, LAWFUL = world.OPERATOR[1], "fan-notes.example"
Again = Callable[[list[Mapping[str, object]], str | None], Client]


@pytest.fixture
def again(made: world.World, tmp_path: Path) -> Iterator[Again]:
    """The world again, with further matches, and with or without a catalogue in the run's inputs."""

    def change(more: list[Mapping[str, object]], catalogue: str | None) -> Client:
        folder = tmp_path / "again"
        copytree(made.folder, folder, ignore=ignore_patterns("cache"))
        run = folder / made.run.relative_to(made.folder)
        found = [tables.read(run / "matches.parquet", MATCHES), pa.Table.from_pylist(more, schema=MATCHES)]
        tables.write(run / "matches.parquet", pa.concat_tables(found))
        (run / "inputs.json").write_text(json.dumps({"catalogue": catalogue}), "utf-8")
        show(world.World(folder, run, made.catalogue, made.rows))
        return Client(headers={"host": "localhost"}, raise_request_exception=True)

    yield change
    connections["default"].close()


def test_every_page_of_a_unit_can_be_opened(made: world.World, again: Again) -> None:
    (known,) = [row for row in made.rows["matches"] if row["site"] == SITE and row.get("medium") == "text"]
    pages = {str(row["record"]) for row in made.rows["records"] if row["site"] == SITE and row["record"] == row["page"]}
    (second,) = pages - {known["page"]}
    client = again([{**known, "page": second, "score": 0.97}], "c4" * 32)
    query = {name: known[name] for name in ("site", "work", "unit", "language", "medium")}
    body = client.get("/beside?" + urlencode(query)).content
    links = [str(a.attributes["href"]) for a in LexborHTMLParser(body).css("a[href^='/beside?']")]
    (there,) = [link for link in links if parse_qs(urlsplit(link).query).get("page") == [second]]
    assert f'href="/records/{second}"' in client.get(there).content.decode()
    assert f'href="/records/{second}"' not in body.decode()


@pytest.mark.parametrize(("catalogue", "said"), [(None, "had no catalogue"), ("c4" * 32, "Looked, none: no unit")])
def test_a_run_without_a_catalogue_has_not_looked(again: Again, catalogue: str | None, said: str) -> None:
    client = again([], catalogue)
    for view in ("summary", "works"):
        assert said in client.get(f"/sites/{LAWFUL}?view={view}").content.decode()


@pytest.mark.usefixtures("shown")
def test_sites_that_may_carry_a_work_are_counted_apart(made: world.World) -> None:
    rows = [row for row in made.rows["matches"] if row["work"] == "harbour"]
    sure = {row["site"] for row in rows if row["answer"] == "match"}
    assert works.possible("harbour") == len({row["site"] for row in rows} - sure) == 1
    assert works.possible("moonlit") == 0
