"""Fingerprints between partners: they arrive as sent and match as at home; a faulty file changes nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from Crypto.PublicKey import ECC

from marque.errors import InputRefused, MarqueError, WrongUsage
from marque.evidence import parcel, signing
from marque.words import known
from marque.works import packed, partners, rights
from marque.works.catalogue import Catalogue
from marque.works.entries import Work
from marque.works.model import RIGHTS
from tests.works import drawing

KEY, OTHER = ECC.generate(curve="Ed25519"), ECC.generate(curve="Ed25519")
RIGHT = {
    "work": "moon",
    "holder": "H",
    "territory": "",
    "language": "",
    "outlet": "reader.example",
    "from": None,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("home")
    made = Catalogue.create(folder / "c")
    strip = drawing.save(folder / "slices", drawing.slices(drawing.episode(51, panels=2)))
    made.add("moon", "1", "en", {"en": "Moon River", "ko": "달의 강"}, "Holder", [strip], thumbnails=True)
    made.add("sun", "1", "", images=[drawing.save(folder / "sun", drawing.slices(drawing.episode(52, panels=2)))])
    made.replace_rights(pa.Table.from_pylist([{**RIGHT, "to": None}], schema=RIGHTS))
    return made


def test_arrives_as_it_was_sent(home: Catalogue, tmp_path: Path) -> None:
    sent = tmp_path / "all.parcel"
    assert partners.export(home, sent, KEY, thumbnails=True) == 2
    there = Catalogue.create(tmp_path / "there")
    brought = partners.bring_in(there, sent, True)
    assert (brought.key, brought.works, brought.units, brought.thumbnails) == (signing.public(KEY), 2, 2, 2)
    assert there.digest == home.digest
    assert [outline.thumbnail and outline.thumbnail.read_bytes() for outline in there.panels("moon", "1", "en")] == [
        outline.thumbnail and outline.thumbnail.read_bytes() for outline in home.panels("moon", "1", "en")
    ]
    assert rights.Outlets(there.rights()).licensed("reader.example", "moon", None)
    partners.bring_in(there, sent, True)
    assert there.digest == home.digest


def test_sends_only_what_was_asked_for(home: Catalogue, tmp_path: Path) -> None:
    sent = tmp_path / "moon.parcel"
    partners.export(home, sent, KEY, works=["moon"])
    there = Catalogue.create(tmp_path / "there")
    partners.bring_in(there, sent, True)
    assert list(there.works()) == ["moon"]
    assert not list((tmp_path / "there" / "thumbnails").iterdir())
    with pytest.raises(WrongUsage):
        partners.export(home, sent, KEY, works=["mars"])


def test_nobody_replaces_what_another_registered(home: Catalogue, tmp_path: Path) -> None:
    sent, forged = tmp_path / "a.parcel", tmp_path / "b.parcel"
    partners.export(home, sent, KEY)
    partners.export(home, forged, OTHER, works=["moon"])
    there = Catalogue.create(tmp_path / "there")
    partners.bring_in(there, sent, True)
    before = there.digest
    for catalogue in (there, home):
        with pytest.raises(InputRefused) as refused:
            partners.bring_in(catalogue, forged, True)
        assert refused.value.code == "works.import-not-theirs"
    assert there.digest == before


def test_the_first_file_of_a_key_is_asked_about(home: Catalogue, tmp_path: Path) -> None:
    sent, public = tmp_path / "a.parcel", signing.public(KEY)
    partners.export(home, sent, KEY)
    there = Catalogue.create(tmp_path / "there")
    other = signing.fingerprint(signing.public(OTHER))
    for trust, code in ((None, "works.import-unknown-key"), (other, "works.import-other-key")):
        with pytest.raises(InputRefused) as refused:
            partners.bring_in(there, sent, trust)
        assert (refused.value.code, refused.value.params["key"]) == (code, signing.fingerprint(public))
        assert known(code) and known(f"{code}.advice")
    assert not there.works() and not (there.folder / "partners").exists()
    partners.bring_in(there, sent, signing.fingerprint(public))
    assert partners.bring_in(there, sent, None).works == 2  # the catalogue remembers the key
    with pytest.raises(InputRefused):
        partners.bring_in(there, sent, other)


def test_a_key_is_named_in_any_form(home: Catalogue, tmp_path: Path) -> None:
    sent, public = tmp_path / "a.parcel", signing.public(KEY)
    partners.export(home, sent, KEY, works=["moon"])
    (tmp_path / "holder.pem").write_text(KEY.public_key().export_key(format="PEM"))
    forms = (public, signing.fingerprint(public).replace(" ", ""), str(tmp_path / "holder.pem"))
    for number, trust in enumerate(forms):
        assert partners.bring_in(Catalogue.create(tmp_path / str(number)), sent, trust).works == 1
    for trust in ("", "yes", "anybody", str(tmp_path / "none.pem"), str(sent), str(tmp_path)):
        with pytest.raises(WrongUsage):
            partners.bring_in(Catalogue.create(tmp_path / "there"), sent, trust)


def changed(home: Catalogue, path: Path, change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> Path:
    """A parcel of moon with something else in it, soundly signed."""
    partners.export(home, path, KEY, works=["moon"], thumbnails=True)
    found = parcel.read(path, partners.KIND)
    body, members = dict(found.body), {name: found.read(name) for name in found.members}
    change(body, members)
    parcel.write(path, partners.KIND, body, members.items(), KEY)
    return path


def _first(members: dict[str, bytes], *, picture: bool) -> str:
    return next(name for name in members if name.endswith(".png") == picture)


def _panel_beyond(body: dict[str, Any], members: dict[str, bytes]) -> None:
    body["units"][0]["panels"].pop()
    body["units"][0]["thumbnails"].pop()


def _thumbnail_no_picture(body: dict[str, Any], members: dict[str, bytes]) -> None:
    members[_first(members, picture=True)] = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def _short_table(body: dict[str, Any], members: dict[str, bytes]) -> None:
    name = _first(members, picture=False)
    members[name] = members[name][:-1]


def _other_table(body: dict[str, Any], members: dict[str, bytes]) -> None:
    name = _first(members, picture=False)
    members[name] = bytes(len(members[name]))


CHANGES: list[Callable[[dict[str, Any], dict[str, bytes]], None]] = [
    lambda body, members: body["works"].clear(),
    lambda body, members: body["works"].append(Work("moon", {}, None).body()),
    lambda body, members: body["works"][0].update(work="mo\non"),
    lambda body, members: body["works"][0].update(titles=["x"]),
    lambda body, members: body["units"].append(body["units"][0]),
    lambda body, members: body["units"][0].update(work="sun"),
    lambda body, members: body["units"][0].update(height=-1),
    lambda body, members: body["units"][0].update(medium="smell"),
    lambda body, members: body["units"][0].update(thumbnails=["../../x.png"] * 2),
    lambda body, members: body["units"][0].update(digest="0" * 64),
    lambda body, members: body["units"][0].update(panels=[[0, 0, 9_999, 1]] * 2),
    lambda body, members: body["units"].clear(),
    lambda body, members: body["rights"].append({"work": "moon"}),
    lambda body, members: body["rights"][0].update(work="sun"),
    lambda body, members: body["rights"][0].update(work=["moon"]),
    lambda body, members: body["units"][0].update(medium=["strip"]),
    lambda body, members: body["works"][0].update(work={}),
    lambda body, members: body["works"].append("moon"),
    lambda body, members: body["rights"][0].update({"from": "yesterday"}),
    lambda body, members: body["rights"][0].update({"from": "2026-W05-2"}),
    lambda body, members: body["rights"][0].update(holder=""),
    lambda body, members: body["rights"][0].update(outlet="*.reader.example"),
    lambda body, members: body.update(format=2),
    lambda body, members: body.update(extra=1),
    lambda body, members: body.update(units="none"),
    lambda body, members: members.update(more=b"x"),
    lambda body, members: members.clear(),
    _panel_beyond,
    _thumbnail_no_picture,
    _short_table,
    _other_table,
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_a_sound_signature_excuses_no_fault(home: Catalogue, tmp_path: Path, number: int) -> None:
    there = Catalogue.create(tmp_path / "there")
    before = there.digest
    with pytest.raises(MarqueError) as refused:
        partners.bring_in(there, changed(home, tmp_path / "x.parcel", CHANGES[number]), True)
    assert refused.value.code.partition(".")[0] in ("evidence", "works")
    assert there.digest == before
    assert not list((tmp_path / "there" / "units").iterdir())


def test_nothing_of_the_work_is_in_it(home: Catalogue, tmp_path: Path) -> None:
    sent = tmp_path / "moon.parcel"
    partners.export(home, sent, KEY, works=["moon"])
    rows = home.patches(home.units()[0]).num_rows
    assert sent.stat().st_size < 2_000 + rows * packed.width(home.patches(home.units()[0]).schema)
