"""Text and pictures through the whole line: sealed, matched, packed for the holder, compared, and verified."""

from pathlib import Path

import pytest
from Crypto.PublicKey import ECC

from marque.clock import parse_iso
from marque.errors import WrongUsage
from marque.evidence import parcel, signing, tables
from marque.evidence.findings import exit_status
from marque.runs import casefile
from marque.runs.pipeline import Request, investigate
from marque.runs.workspace import Workspace
from marque.training.archives import warc
from marque.training.model import Reply
from marque.works.catalogue import Catalogue
from marque.works.comparison import casefile as opened
from marque.works.comparison import exhibit, page
from marque.works.entries import Work
from marque.works.model import MATCHES
from marque.works.paths import add
from tests.runs.conftest import seal
from tests.works import drawing
from tests.works.writing import prose

KEY = ECC.generate(curve="Ed25519")
EPISODE = drawing.episode(71, panels=4)


NOVEL = prose(1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A holder's folder: originals, and the catalogue made of them."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "novel.txt").write_text(NOVEL, "utf-8")
    (folder / "other.txt").write_text(prose(2), "utf-8")
    slices = drawing.save(folder / "slices", drawing.slices(EPISODE))
    made = Catalogue.create(folder / "catalogue")
    add(made, Work("tale", {"en": "A Tale"}, None), "book", "en", [folder / "novel.txt"], thumbnails=False)
    add(made, Work("other", {}, None), "book", "", [folder / "other.txt"], thumbnails=False)
    add(made, Work("moon", {}, None), "1", "en", [slices], thumbnails=False)
    return folder


@pytest.fixture(scope="module")
def workspace(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("office")
    time = parse_iso("2026-03-01T10:00:00Z")
    assert time is not None
    chapter = f"<html><body><nav>Home</nav><article><p>{NOVEL[4_000:9_000]}</p></article></body></html>"
    strip = "<html><body>" + "".join(f"<img src='/{n}.jpg'>" for n in range(9)) + "</body></html>"
    replies = [
        Reply(uri="https://novels.example/7", time=time, status=200, media_type="text/html", body=chapter.encode()),
        Reply(uri="https://toon.example/1", time=time, status=200, media_type="text/html", body=strip.encode()),
        *(
            Reply(
                uri=f"https://toon.example/{number}.jpg",
                time=time,
                status=200,
                media_type="image/jpeg",
                body=drawing.encode(part, 60),
                page="https://toon.example/1",
            )
            for number, part in enumerate(drawing.slices(EPISODE, 900))
        ),
    ]
    (folder / "all.warc.gz").write_bytes(warc.write(replies, "all.warc.gz", time)[0])
    made = Workspace.init(folder / "workspace")
    assert seal(made, [folder / "all.warc.gz"]) == ["sealed"]
    investigate(made, Request(catalogue=home / "catalogue"))
    return made


def test_both_media_are_matched(workspace: Workspace) -> None:
    run = workspace.folder / "runs" / (workspace.folder / "runs" / "current").read_text().strip()
    rows = tables.read(run / "matches.parquet", MATCHES).to_pylist()
    found = {(row["site"], row["work"], row["medium"]): row for row in rows}
    assert set(found) == {("novels.example", "tale", "text"), ("toon.example", "moon", "strip")}
    text = found["novels.example", "tale", "text"]
    assert text["answer"] == "match"
    starts, ends = zip(*[(p["catalogue"]["start"], p["catalogue"]["end"]) for p in text["pieces"]], strict=True)
    assert min(starts) >= 3_900 and max(ends) <= 9_100 and max(ends) - min(starts) > 4_000


@pytest.mark.parametrize(
    ("work", "originals"), [pytest.param("tale", "novel.txt", id="text"), pytest.param("moon", "slices", id="pictures")]
)
def test_from_the_match_to_an_exhibit(
    workspace: Workspace, home: Path, tmp_path: Path, work: str, originals: str
) -> None:
    packed = casefile.write(workspace, work, None, tmp_path / "case.parcel", KEY)
    assert (packed.matches, packed.missing) == (1, ())
    found, signer = opened.compare(Catalogue.open(home / "catalogue"), tmp_path / "case.parcel", [home / originals])
    section = found.sections[0]
    assert (signer, section.answer) == (signing.public(KEY), "match")
    assert section.page.uri.startswith("https://") and section.page.time.startswith("2026-03-01")
    assert section.pieces
    for piece in section.pieces:
        if piece.passages is not None:
            assert piece.passages[0] in NOVEL
    out = tmp_path / "exhibit.zip"
    exhibit.write(out, page.facts(found, signer), {"index.html": page.render(found, signer), **page.files(found)}, KEY)
    trusted = frozenset({signing.fingerprint(signing.public(KEY))})
    assert exit_status(each.grade for each in exhibit.verify(out, trusted)) == 0


def test_a_case_file_holds_nothing_else_of_the_case(workspace: Workspace, tmp_path: Path) -> None:
    casefile.write(workspace, "tale", "novels.example", tmp_path / "case.parcel", KEY)
    found = parcel.read(tmp_path / "case.parcel", "case-file")
    assert {row["site"] for row in found.body["records"].values()} == {"novels.example"}
    assert len(found.members) == 1


def test_what_was_not_found_makes_no_case_file(workspace: Workspace, tmp_path: Path) -> None:
    for work, site in (("other", None), ("tale", "toon.example")):
        with pytest.raises(WrongUsage) as refused:
            casefile.write(workspace, work, site, tmp_path / "case.parcel", KEY)
        assert refused.value.code == "runs.no-match"
    assert not list(tmp_path.iterdir())
