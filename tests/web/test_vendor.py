"""Vendored files are what the manifest says, each with its licence; nothing else lies beside them."""

import json
from pathlib import Path

import pytest

from marque.digest import sha256

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "src/marque/web/static/vendor", ROOT / "tests/web/vendor")
ALLOWED = {FOLDERS[0]: {"MIT", "0BSD"}, FOLDERS[1]: {"MPL-2.0"}}


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "tests only"])
def test_the_manifest_holds(folder: Path) -> None:
    rows = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert {row["file"] for row in rows} == {path.name for path in folder.iterdir()} - {"manifest.json"}
    for row in rows:
        assert sha256((folder / row["file"]).read_bytes()) == row["sha256"], row["file"]
        assert row["licence"] in ALLOWED[folder]
    assert {f"{row['name']}.LICENSE" for row in rows} <= {row["file"] for row in rows}


def test_pages_load_nothing_from_elsewhere() -> None:
    for path in (ROOT / "src/marque/web").rglob("*"):
        if path.suffix in {".html", ".css", ".js"} and "vendor" not in path.parts:
            text = path.read_text("utf-8")
            assert "http://" not in text and "https://" not in text and "//cdn" not in text, path
            assert "<style" not in text and " style=" not in text and " onclick=" not in text, path
