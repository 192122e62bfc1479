"""`marque works export`, `import`, `compare` and `verify`: from the holder's catalogue to an exhibit."""

import json
import shutil
from pathlib import Path

import pytest
from Crypto.PublicKey import ECC

from marque.evidence import signing
from tests.cli.calling import Done, marque
from tests.works import drawing
from tests.works.writing import prose

EPISODE = drawing.episode(81, panels=3)
STORY = prose(3)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A holder's folder: a key, originals of two media, the catalogue, and copies of both."""
    folder = tmp_path_factory.mktemp("holder")
    (folder / "key.pem").write_text(ECC.generate(curve="Ed25519").export_key(format="PEM"))
    drawing.save(folder / "slices", drawing.slices(EPISODE))
    drawing.save(folder / "copy", drawing.slices(EPISODE, 700), quality=40)
    (folder / "book.txt").write_text(STORY)
    (folder / "page.html").write_text(f"<html><body><article><p>{STORY[3_000:9_000]}</p></article></body></html>")
    for unit, name in (("1", "slices"), ("book", "book.txt")):
        done = marque("works", "add", folder / "c", "--work", "moon", "--unit", unit, folder / name)
        assert done.status == 0, done.err
    return folder


def exported(home: Path, out: Path) -> Done:
    return marque("works", "export", home / "c", out, "--key", home / "key.pem")


def test_a_catalogue_travels(home: Path, tmp_path: Path) -> None:
    sent = exported(home, tmp_path / "a.parcel")
    key = signing.fingerprint(signing.public(signing.read_key(home / "key.pem")))
    asked = marque("works", "import", tmp_path / "c", tmp_path / "a.parcel")
    assert asked.status == 1 and f'--trust "{key}"' in asked.err
    brought = marque("works", "import", tmp_path / "c", tmp_path / "a.parcel", "--trust", key)
    again = marque("works", "import", tmp_path / "c", tmp_path / "a.parcel")
    assert (sent.status, brought.status, again.status) == (0, 0, 0)
    assert key in sent.err and key in brought.err
    for path in (home / "copy", home / "page.html"):
        here, there = (marque("works", "match", where, path, "--json") for where in (home / "c", tmp_path / "c"))
        assert here.out == there.out and json.loads(here.out)["matches"][0]["answer"] == "match"


def test_text_has_stretches_where_pictures_have_rectangles(home: Path) -> None:
    (found,) = json.loads(marque("works", "match", home / "c", home / "page.html", "--json").out)["matches"]
    assert (found["work"], found["unit"], found["medium"]) == ("moon", "book", "text")
    for piece in found["pieces"]:
        assert set(piece["query"]) == {"file", "start", "end"} and set(piece["catalogue"]) == {"start", "end"}
        assert 2_900 < piece["catalogue"]["start"] < piece["catalogue"]["end"] < 9_100
    said = marque("works", "match", home / "c", home / "page.html").out
    assert "match   moon book, text  probability " in said and "()" not in said


def test_a_damaged_parcel_is_refused_with_advice_and_changes_nothing(home: Path, tmp_path: Path) -> None:
    exported(home, tmp_path / "a.parcel")
    data = bytearray((tmp_path / "a.parcel").read_bytes())
    data[-1] ^= 1
    (tmp_path / "a.parcel").write_bytes(data)
    done = marque("works", "import", tmp_path / "c", tmp_path / "a.parcel")
    assert done.status == 1
    assert "not what its signer signed" in done.err and "Ask the sender" in done.err
    assert not list((tmp_path / "c" / "units").iterdir())


@pytest.mark.parametrize(("copy", "original"), [("copy", "slices"), ("page.html", "book.txt")])
def test_an_exhibit_is_made_and_verified(home: Path, tmp_path: Path, copy: str, original: str) -> None:
    out, trust = tmp_path / "exhibit.zip", tmp_path / "trust.txt"
    words = ("works", "compare", home / "c", home / copy, home / original, "--out", out, "--key", home / "key.pem")
    assert marque(*words).status == 0
    assert marque(*words).status == 2  # never written over
    trust.write_text(signing.public(signing.read_key(home / "key.pem")) + " the holder\n")
    assert [marque("verify", out).status, marque("verify", out, "--trust", trust).status] == [3, 0]
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    out.write_bytes(data)
    assert marque("verify", out, "--trust", trust).status == 1


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        pytest.param(("export", "{c}", "{t}/x", "--key", "{t}/none.pem"), 2, "openssl genpkey", id="no key"),
        pytest.param(("export", "{c}", "{t}/x", "--key", "{h}/key.pem", "--work", "sun"), 2, "no work", id="no work"),
        pytest.param(("import", "{t}/c", "{h}/book.txt"), 1, "no parcel", id="no parcel"),
        pytest.param(("compare", "{c}", "{h}/copy", "{h}/copy", "--out", "{t}/e", "--key", "{h}/key.pem"), 1,
                     "not the files", id="not the originals"),
        pytest.param(("casefile", "{t}", "{t}/x", "--work", "moon", "--key", "{h}/key.pem"), 2, "", id="no workspace"),
        pytest.param(("add", "{t}/n", "--work", "m", "--unit", "1", "{h}/book.txt", "{h}/page.html"), 2,
                     "several files", id="two texts"),
    ],
)  # fmt: skip
def test_wrong_calls_are_told(home: Path, tmp_path: Path, words: tuple[str, ...], status: int, says: str) -> None:
    done = marque("works", *(word.format(c=home / "c", h=home, t=tmp_path) for word in words))
    assert done.status == status and says in done.err and "Traceback" not in done.err


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        pytest.param(("add", "{shut}", "--work", "m", "--unit", "1", "{h}/book.txt"), 3, "cannot be written to",
                     id="add"),
        pytest.param(("add", "{h}/book.txt/c", "--work", "m", "--unit", "1", "{h}/book.txt"), 3, "cannot be written to",
                     id="catalogue within a file"),
        pytest.param(("rights", "{shut}", "{t}/r.csv"), 3, "cannot be written to", id="rights"),
        pytest.param(("import", "{shut}", "{t}/a.parcel", "--trust", "{t}/trust"), 3, "cannot be written to",
                     id="import"),
        pytest.param(("export", "{h}/c", "{t}/none/x", "--key", "{h}/key.pem"), 3, "cannot be written", id="export"),
        pytest.param(("export", "{h}/c", "{h}/book.txt", "--key", "{h}/key.pem"), 2, "exists already",
                     id="over a file"),
        pytest.param(("compare", "{h}/c", "{h}/page.html", "{h}/book.txt", "--out", "{t}/no/x", "--key", "{h}/key.pem"),
                     3, "cannot be written", id="compare"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told_with_advice(
    home: Path, tmp_path: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    shut = tmp_path / "shut"
    shutil.copytree(home / "c", shut)
    (shut / "lock").unlink(missing_ok=True)
    (shut / "lock").mkdir()  # what nobody, not even root, can open for writing
    exported(home, tmp_path / "a.parcel")
    (tmp_path / "trust").write_text(signing.public(signing.read_key(home / "key.pem")))
    (tmp_path / "r.csv").write_text("work,holder,territory,language,outlet,from,to\nmoon,H,,,a.example,,\n")
    before = sorted(tmp_path.rglob("*"))
    done = marque("works", *(word.format(h=home, t=tmp_path, shut=shut) for word in words))
    assert (done.status, done.out) == (status, "")
    assert says in done.err and "\n  " in done.err
    assert sorted(tmp_path.rglob("*")) == before
