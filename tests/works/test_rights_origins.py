"""Whose rights facts they are: each origin replaces its own rows, and nobody's licences are lost on the way."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from Crypto.PublicKey import ECC

from marque.digest import canonical_json
from marque.errors import InputRefused
from marque.works import mediums, partners, rights
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.model import RIGHTS
from tests.works.writing import prose

KEY = ECC.generate(curve="Ed25519")


def table(*outlets: str, ends: date | None = None) -> pa.Table:
    """One row an outlet, `work outlet`."""
    rest = {"holder": "H", "territory": "", "language": "", "from": None, "to": ends}
    pairs = [outlet.split() for outlet in outlets]
    return pa.Table.from_pylist([{"work": work, "outlet": outlet, **rest} for work, outlet in pairs], schema=RIGHTS)


def said(catalogue: Catalogue) -> list[str]:
    return sorted(f"{row['work']} {row['outlet']}" for row in catalogue.rights().to_pylist())


@pytest.fixture
def home(tmp_path: Path) -> Catalogue:
    made = Catalogue.create(tmp_path / "home")
    for seed, work in enumerate(("moon", "sun")):
        (tmp_path / "book.txt").write_text(prose(seed))
        made.add_file(mediums.text(), Work(work, {}, None), "book", "", tmp_path / "book.txt")
    return made


def sent(home: Catalogue, path: Path, *outlets: str, works: tuple[str, ...] = ()) -> Path:
    home.replace_rights(table(*outlets))
    partners.export(home, path, KEY, works=works)
    return path


@pytest.fixture
def office(home: Catalogue, tmp_path: Path) -> Catalogue:
    """An office with a partner's moon and sun, and a work of its own."""
    made = Catalogue.create(tmp_path / "office")
    (tmp_path / "book.txt").write_text(prose(9))
    made.add_file(mediums.text(), Work("star", {}, None), "book", "", tmp_path / "book.txt")
    partners.bring_in(made, sent(home, tmp_path / "a.parcel", "moon a.example", "sun b.example"), True)
    return made


def test_neither_wipes_what_the_other_said(office: Catalogue, tmp_path: Path) -> None:
    rights.replace(office, table("moon c.example", "star d.example"))
    everything = ["moon a.example", "moon c.example", "star d.example", "sun b.example"]
    assert said(office) == everything
    partners.bring_in(office, tmp_path / "a.parcel", True)
    assert said(office) == everything


def test_each_replaces_its_own(office: Catalogue, home: Catalogue, tmp_path: Path) -> None:
    rights.replace(office, table("moon c.example", "star d.example"))
    rights.replace(office, table("star e.example"))
    assert said(office) == ["moon a.example", "star e.example", "sun b.example"]
    partners.bring_in(office, sent(home, tmp_path / "b.parcel", "moon f.example", works=("moon",)), True)
    assert said(office) == ["moon f.example", "star e.example", "sun b.example"]


def test_what_both_say_stays_while_one_says_it(office: Catalogue, home: Catalogue, tmp_path: Path) -> None:
    rights.replace(office, table("moon a.example"))
    rights.replace(office, table("star d.example"))
    assert said(office) == ["moon a.example", "star d.example", "sun b.example"]
    rights.replace(office, table("moon a.example"))
    partners.bring_in(office, sent(home, tmp_path / "b.parcel", "sun b.example"), True)
    assert said(office) == ["moon a.example", "sun b.example"]


def test_a_parcel_without_rights_withdraws_none(office: Catalogue, home: Catalogue, tmp_path: Path) -> None:
    partners.bring_in(office, sent(home, tmp_path / "b.parcel"), True)
    assert said(office) == ["moon a.example", "sun b.example"]


def test_the_same_row_with_another_end_is_replaced(office: Catalogue) -> None:
    rights.replace(office, table("star d.example"))
    rights.replace(office, table("star d.example", ends=date(2026, 1, 31)))
    assert [row["to"] for row in office.rights().to_pylist() if row["work"] == "star"] == [date(2026, 1, 31)]


@pytest.mark.parametrize("first", ["office", "partner"])
def test_rows_kept_before_origins_were_are_not_lost(office: Catalogue, tmp_path: Path, first: str) -> None:
    office.replace_rights(table("moon a.example", "sun b.example", "moon c.example", "star d.example"))
    (office.folder / rights.ORIGINS).unlink()
    if first == "office":
        rights.replace(office, table("star e.example"))
        assert said(office) == ["moon a.example", "moon c.example", "star e.example", "sun b.example"]
    else:
        partners.bring_in(office, tmp_path / "a.parcel", True)
        assert said(office) == ["moon a.example", "moon c.example", "star d.example", "sun b.example"]


def test_killed_between_two_files_no_row_is_lost(office: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    rights.replace(office, table("star d.example"))
    with monkeypatch.context() as patched:
        patched.setattr(Catalogue, "keep_rights", lambda *given: (_ for _ in ()).throw(OSError("killed")))
        with pytest.raises(OSError, match="killed"):
            rights.replace(office, table("star e.example"))
    assert said(office) == ["moon a.example", "star d.example", "sun b.example"]
    rights.replace(office, table("star e.example"))
    assert said(office) == ["moon a.example", "star e.example", "sun b.example"]


@pytest.mark.parametrize("body", [["own"], {"own": "x"}, {"own": None}])
def test_a_damaged_file_of_origins_is_named(office: Catalogue, body: object) -> None:
    before = said(office)
    (office.folder / rights.ORIGINS).write_bytes(canonical_json(body))
    with pytest.raises(InputRefused) as refused:
        rights.replace(office, table("star e.example"))
    assert (refused.value.code, said(office)) == ("works.catalogue-damaged", before)
