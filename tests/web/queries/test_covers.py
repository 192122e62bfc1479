"""Covers on the pages of the work and the site: one neutral sentence, and no place among what a site serves."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns

import pyarrow as pa
import pytest
from django.db import connections
from django.test import Client

from marque.evidence import tables
from marque.web.queries import sites, works
from marque.works.entries import COVER
from marque.works.model import MATCHES
from tests.web import world
from tests.web.conftest import show

SHOP, SITE = "fan-notes.example", world.OPERATOR[0]


def cover(site: str, page: str) -> dict[str, object]:
    return {
        "site": site, "work": "harbour", "unit": "12", "language": "ko", "page": page, "score": 0.999,
        "answer": "unsure", "licensed": False, "mirrored": False, "panels": 0, "panels_of": 0, "medium": COVER,
        "titled": None, "pieces": [{"query": {"record": page}, "catalogue": {}, "distance": 3, "codes": None}],
    }  # fmt: skip


@pytest.fixture
def with_covers(made: world.World, tmp_path: Path) -> Iterator[Client]:
    folder = tmp_path / "again"
    copytree(made.folder, folder, ignore=ignore_patterns("cache"))
    place = folder / made.run.relative_to(made.folder) / "matches.parquet"
    rows = [cover(SHOP, "a:1"), cover(SHOP, "a:1"), cover(SHOP, "a:2"), cover(SITE, "b:1")]
    tables.write(place, pa.concat_tables([tables.read(place, MATCHES), pa.Table.from_pylist(rows, schema=MATCHES)]))
    moved = world.World(folder, place.parent, made.catalogue, made.rows)
    show(moved)
    yield Client(headers={"host": "localhost"}, raise_request_exception=True)
    connections["default"].close()


@pytest.mark.usefixtures("with_covers")
def test_covers_are_counted_apart() -> None:
    assert works.covers("harbour") == {"pages": 3, "sites": 2}
    assert (sites.covers(SHOP), sites.covers("strip-alley.example")) == (1, 0)
    assert all(carrier.site.site != SHOP for carrier in works.carriers("harbour"))
    assert not [each for each in sites.served(SHOP) if each.work.work == "harbour"]


def test_one_neutral_sentence_says_so(with_covers: Client) -> None:
    assert "covers: 3, on this many sites: 2." in with_covers.get("/works/harbour").content.decode()
    body = with_covers.get(f"/sites/{SHOP}?view=works").content.decode()
    assert "shows a cover: 1" in body and "does not say that the work itself is here" in body
    assert "shows a cover" not in with_covers.get("/sites/strip-alley.example?view=works").content.decode()
    assert with_covers.get(f"/beside?site={SHOP}&work=harbour").status_code == 404
