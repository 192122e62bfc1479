"""Files and payloads to fingerprints: decoded apart, refused by name, and on pages small ones only."""

from pathlib import Path

import pytest

from marque.errors import InputRefused
from marque.works.cover import fingerprint
from marque.works.cover.model import TABLE
from tests.works.cover import covers

PICTURE = covers.cover(6)


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        pytest.param(covers.jpeg(PICTURE, 100, 30), True, id="small"),
        pytest.param(covers.jpeg(PICTURE, 640, 80), True, id="the largest"),
        pytest.param(covers.jpeg(PICTURE, 60, 80), False, id="an icon"),
        pytest.param(covers.jpeg(PICTURE, 720, 80), False, id="a page to read"),
        pytest.param(covers.jpeg(PICTURE.resize((480, 1400)), 200, 80), False, id="a slice"),
        pytest.param(covers.jpeg(PICTURE.resize((700, 300)), 400, 80), False, id="a banner"),
        pytest.param(covers.jpeg(PICTURE.point([255] * 768), 200, 80), False, id="white"),
    ],
)
def test_on_pages_what_may_be_a_cover_counts(data: bytes, kept: bool) -> None:
    table = fingerprint.of_bytes(data, "x")
    assert table.schema.equals(TABLE) and bool(table.num_rows) == kept


def test_a_file_counts_at_any_size(tmp_path: Path) -> None:
    (tmp_path / "c.jpg").write_bytes(covers.jpeg(PICTURE, 1200, 80))
    assert fingerprint.fingerprint(tmp_path / "c.jpg", "c").num_rows > 12


@pytest.mark.parametrize("data", [b"\xff\xd8\xff" + bytes(50), b"\x89PNG\r\n\x1a\n", b"GIF89a", b""])
def test_what_cannot_be_read_is_refused_by_name(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="x"):
        fingerprint.of_bytes(data, "x")


def test_one_session_serves_many_and_survives_a_bad_one() -> None:
    with fingerprint.session() as of_one:
        first = of_one(covers.jpeg(PICTURE, 200, 60), "a")
        with pytest.raises(InputRefused):
            of_one(b"\xff\xd8\xff" + bytes(50), "b")
        assert of_one(covers.jpeg(PICTURE, 200, 60), "c").equals(first)
