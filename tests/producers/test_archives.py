"""WARC of wget and warcio, and WACZ made of them: what is read is what was served, and sound files are sound."""

from pathlib import Path

import pytest

from tests.evidence.making import Reading, reading, reading_of
from tests.producers import judging
from tests.producers.packed import wacz
from tests.producers.pages import CHAPTERS, OTHER, PANELS, PUBLISHER, STATS, TAG_ES, TAG_KO, TAG_SCRIPT, TOON, WALLET
from tests.producers.recording import WGET, warcio, wget

pytestmark = pytest.mark.skipif(not WGET.exists(), reason="wget is not here")
FORMS = {
    "gzip": ("--compression=auto",),
    "plain": ("--no-warc-compression", "--compression=auto"),
}
VISITS = [
    ("GET", f"http://{TOON}/", "-"),
    ("GET", f"http://{TOON}/ko/", "-"),
    ("GET", f"http://{STATS}/tag.js", f"http://{TOON}/ko/"),
    ("GET", f"http://{TOON}/ko/1", "-"),
    *(("GET", f"http://{PANELS}/1/{number}.jpg", f"http://{TOON}/") for number in range(CHAPTERS)),
    ("GET", f"http://{TOON}/still", "-"),
    ("POST", f"http://{TOON}/buscar", f"http://{TOON}/es/"),
    ("HEAD", f"http://{TOON}/ko/1", "-"),
    ("GET", f"http://{OTHER}/", "-"),
]


def sound(found: Reading) -> Reading:
    assert found.codes == []
    judging.payloads_are_those_served(found)
    judging.parts_belong_to_pages_of_the_site(found)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_wget(proxy: str, tmp_path: Path, form: str) -> None:
    found = sound(reading_of(wget(proxy, tmp_path, *FORMS[form])))
    seen = judging.sightings(found)
    assert {each.site for each in seen} == {TOON}
    values = {each.value for each in seen}
    assert values >= {
        TAG_KO,
        TAG_ES,
        TAG_SCRIPT,
        PUBLISHER.removeprefix("ca-"),
        f"old-desk@{TOON}",
        f"reader-ja@{TOON}",
    }
    assert any(WALLET in value for value in values)
    assert {each.value for each in seen if each.kind == "language-declared"} >= {"ko", "ja", "es"}


def test_wget_in_several_files_with_revisits(proxy: str, tmp_path: Path) -> None:
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    wget(proxy, first, "--warc-cdx", "--compression=auto", "--warc-max-size=20k")
    assert len(list(first.glob("*.warc.gz"))) > 2
    for path in first.glob("*.warc.gz"):
        assert reading_of(path).codes == []
    again = reading_of(wget(proxy, second, f"--warc-dedup={first / 'crawl.cdx'}"))
    assert again.codes == []
    assert sum(not exchange.payload for exchange in again.exchanges) > 5


def test_warcio_records_what_a_program_fetched(proxy: str, tmp_path: Path) -> None:
    found = sound(reading_of(warcio(proxy, tmp_path / "x.warc.gz", VISITS)))
    assert len(found.exchanges) == len(VISITS)
    # a browser shortens the referrer to the origin, whose own address redirects
    assert {found.page(f"http://{PANELS}/1/{number}.jpg") for number in range(CHAPTERS)} == {f"http://{TOON}/ko/1"}
    assert found.page(f"http://{OTHER}/") == f"http://{OTHER}/"


def test_a_wacz_of_several_recordings(proxy: str, tmp_path: Path) -> None:
    one = wget(proxy, tmp_path, "--compression=auto").read_bytes()
    two = warcio(proxy, tmp_path / "y.warc.gz", VISITS).read_bytes()
    data = wacz({"rec-0.warc.gz": one, "rec-1.warc.gz": two}, [f"http://{TOON}/", f"http://{TOON}/ko/1"])
    found = sound(reading(tmp_path / "z", data))
    alone = [len(reading(tmp_path / "a", each).exchanges) for each in (one, two)]
    assert len(found.exchanges) == sum(alone)
    stranger = next(each for each in found.exchanges if each.record.host == OTHER)
    assert stranger.record.site != TOON
