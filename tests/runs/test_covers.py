"""Sites that show covers, through the whole line: every table but `matches` is as if nobody knew the covers."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest
from Crypto.PublicKey import ECC

from marque.clock import parse_iso
from marque.errors import WrongUsage
from marque.evidence import tables
from marque.runs import casefile
from marque.runs.model import TABLES
from marque.runs.pipeline import Request, investigate
from marque.runs.workspace import Workspace
from marque.training.archives import warc
from marque.training.model import Reply
from marque.works import rights
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.paths import add, add_covers
from tests.runs.captures import WALLETS, page
from tests.runs.conftest import seal
from tests.works import drawing
from tests.works.cover import covers

SERIES = (1, 2, 3)
SHOP, LIST, BLOG = "shop.example", "list.example", "blog.example"
TIME = parse_iso("2026-03-01T10:00:00Z")
SCHEMAS = dict(TABLES)


def _list(site: str, body: bytes, attack: str) -> list[Reply]:
    assert TIME is not None
    images = b"".join(b"<img src='/%d.jpg'>" % number for number in SERIES)
    uri = f"https://{site}/"
    document = body.replace(b"</body>", images + b"</body>")
    return [
        Reply(uri=uri, time=TIME, status=200, media_type="text/html", body=document),
        *(
            Reply(
                uri=f"{uri}{number}.jpg", time=TIME, status=200, media_type="image/jpeg", page=uri,
                body=covers.ATTACKS[attack](covers.cover(number)),
            )
            for number in SERIES
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class Runs:
    """The same captures, investigated with catalogues that do and do not know the covers."""

    workspace: Workspace
    found: dict[str, dict[str, pa.Table]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("covers")
    shop = b'<html><body><script type="application/ld+json">{"@type":"NewsArticle"}</script>Shop BTC %b</body></html>'
    replies = [
        *_list(LIST, page(b"AB12CD34EF", WALLETS[0], b"desk@operator.example"), "3:4, badges, bar, 120 px, quality 30"),
        *_list(SHOP, page(b"AB12CD34EF", WALLETS[0], b"desk@operator.example"), "400 px, quality 80"),
        *_list(BLOG, shop % WALLETS[1], "100 px, quality 30"),
    ]
    assert TIME is not None
    (folder / "all.warc.gz").write_bytes(warc.write(replies, "all.warc.gz", TIME)[0])
    slices = drawing.save(folder / "slices", drawing.slices(drawing.episode(71, panels=3)))
    made = Workspace.init(folder / "workspace")
    assert seal(made, [folder / "all.warc.gz"]) == ["sealed"]
    found = {}
    for name in ("nothing", "units", "covers", "both"):
        catalogue = None if name == "nothing" else Catalogue.create(folder / name)
        for series in SERIES if catalogue else ():
            work = Work(f"w{series}", {"en": f"Work {series}"}, "Holder")
            (folder / "cover.jpg").write_bytes(covers.jpeg(covers.cover(series), 480, 90))
            if catalogue and name != "units":
                add_covers(catalogue, work, None, "", [folder / "cover.jpg"])
        if catalogue and name != "covers":
            add(catalogue, Work("w1", {}, None), "1", "en", [slices], thumbnails=False)
            (folder / "rights.csv").write_text(
                f"work,holder,territory,language,outlet,from,to\nw1,Holder,,,{SHOP},,\n", "utf-8"
            )
            catalogue.replace_rights(rights.read(folder / "rights.csv", frozenset(catalogue.works())))
        run = investigate(made, Request(catalogue=catalogue.folder if catalogue else None, workers=1))
        found[name] = {each: tables.read(run.folder / f"{each}.parquet", schema) for each, schema in TABLES}
        assert run.counts["matches"] == 0
        assert run.counts["covers"] == (9 if name in {"covers", "both"} else 0)
    return Runs(made, found)


@pytest.mark.parametrize(("one", "other"), [("units", "both"), ("nothing", "covers")])
@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"matches"}))
def test_no_other_table_learns_of_covers(runs: Runs, name: str, one: str, other: str) -> None:
    assert runs.found[one][name].equals(runs.found[other][name])
    assert {"records", "sightings", "assessments"} <= {n for n, table in runs.found[other].items() if table.num_rows}


def test_the_pages_show_the_covers_and_no_more_is_said(runs: Runs) -> None:
    assert runs.found["units"]["matches"].num_rows == 0
    rows = runs.found["both"]["matches"].to_pylist()
    assert {(row["site"], row["work"]) for row in rows} == {
        (site, f"w{n}") for site in (SHOP, LIST, BLOG) for n in SERIES
    }
    for row in rows:
        assert (row["medium"], row["unit"], row["answer"], row["licensed"]) == ("cover", "cover", "unsure", False)
        assert (row["panels"], row["panels_of"], row["mirrored"]) == (0, 0, False)
        (piece,) = row["pieces"]
        assert piece["query"]["record"].startswith(row["page"].partition(":")[0])
        assert piece["query"]["x"] is None and piece["query"]["start"] is None


def test_money_of_the_blog_is_nobodys_business(runs: Runs) -> None:
    assert BLOG not in set(runs.found["both"]["flows"]["payee"].to_pylist())


def test_a_cover_makes_no_case_file(runs: Runs, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as refused:
        casefile.write(runs.workspace, "w1", None, tmp_path / "case.parcel", ECC.generate(curve="Ed25519"))
    assert refused.value.code == "runs.no-match"
    assert not list(tmp_path.iterdir())
