"""The vault: what goes in comes out, once, under its digest; what a stopped writer leaves is taken back."""

import hashlib
import io
import stat
from pathlib import Path

import pytest

from marque.errors import InputRefused, StoreDamaged, StoreFailure, WrongUsage
from marque.evidence.events import Event
from marque.evidence.manifest import Listed, parse_manifest, write_manifest
from marque.evidence.objects import HEADER
from marque.evidence.vault import Vault
from marque.runs.workspace import Workspace
from tests.evidence.faults import FailingFiles

BYTES = b"WARC/1.1\r\n" * 1000
DIGEST = hashlib.sha256(BYTES).hexdigest()
BY = {"name": "a.warc", "who": "officer", "why": "order"}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Workspace.init(tmp_path / "case").vault


def put(vault: Vault, data: bytes = BYTES) -> str:
    return vault.put(io.BytesIO(data), "warc", **BY)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_bytes_come_back_under_their_digest(vault: Vault) -> None:
    assert put(vault) == DIGEST
    capture = vault.capture(DIGEST)
    part = capture.parts[""]
    assert (capture.kind, capture.name, part.length) == ("warc", "a.warc", len(BYTES))
    assert part.path.read_bytes()[part.skip :] == BYTES
    assert vault.has(DIGEST)
    assert vault.captures() == [capture]


def test_objects_begin_with_a_format_version_and_are_read_only(vault: Vault) -> None:
    path = vault.path(put(vault))
    assert path.read_bytes().startswith(b"marque-object 1\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_log_holds_both_digests(vault: Vault) -> None:
    put(vault)
    stored = vault.log.entries[0].leaf.object
    assert stored is not None
    assert (stored.sha256, stored.sha512) == (DIGEST, hashlib.sha512(BYTES).hexdigest())


def test_the_same_bytes_twice_change_nothing(vault: Vault) -> None:
    put(vault)
    before = tree(vault.folder.parent)
    assert put(vault) == DIGEST
    assert tree(vault.folder.parent) == before


def test_a_reopened_vault_knows_what_it_holds(vault: Vault) -> None:
    put(vault)
    assert Vault(vault.folder).digests() == [DIGEST]


def test_an_unknown_digest_is_wrong_usage(vault: Vault) -> None:
    assert not vault.has(DIGEST)
    with pytest.raises(WrongUsage, match="capture-unknown"):
        vault.capture(DIGEST)


def test_a_changed_object_is_noticed_when_its_bytes_come_again(vault: Vault) -> None:
    path = vault.path(put(vault))
    path.chmod(0o644)
    path.write_bytes(HEADER + b"x" * len(BYTES))
    with pytest.raises(StoreDamaged, match="object-damaged"):
        vault.check(DIGEST)


class Unreadable(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(100)


def test_a_source_that_cannot_be_read_is_refused_and_leaves_nothing(vault: Vault) -> None:
    before = tree(vault.folder.parent)
    with pytest.raises(InputRefused, match="source-unreadable"):
        vault.put(Unreadable(BYTES), "warc", **BY)
    assert tree(vault.folder.parent) == before
    assert put(vault) == DIGEST


def test_what_was_placed_but_never_logged_is_taken_back(tmp_path: Path) -> None:
    folder = Workspace.init(tmp_path / "case").folder
    failing = Workspace(folder, FailingFiles(at=0, only="open"))
    with pytest.raises(StoreFailure):
        put(failing.vault)
    assert failing.vault.path(DIGEST).exists()
    with Workspace.writing(folder, "test") as again:
        assert again.recovered is not None
        assert again.recovered.taken_back == (DIGEST,)
        assert not again.vault.path(DIGEST).exists()
        assert put(again.vault) == DIGEST


def test_what_was_logged_is_never_taken_back(tmp_path: Path) -> None:
    folder = Workspace.init(tmp_path / "case").folder
    failing = Workspace(folder, FailingFiles(at=0, only="remove"))
    failing.files.failed = None
    vault = failing.vault
    staged = vault.stage(io.BytesIO(BYTES), "warc")
    with pytest.raises(StoreFailure):
        vault.seal([staged], [Event("ingested", staged.stored, "officer", "a.warc", "order")])
    with Workspace.writing(folder, "test") as again:
        assert not again.recovered or not again.recovered.taken_back
        again.vault.recover()
        assert list((folder / "vault" / "incoming").iterdir()) == []


def test_a_manifest_is_canonical() -> None:
    files = [Listed("b.png", "1" * 64, 2), Listed("a.html", "0" * 64, 1)]
    data = write_manifest(files)
    assert data == write_manifest(files[::-1])
    assert parse_manifest(data) == (files[1], files[0])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"files":[],"marque":"saved-page","v":1} ', id="a space too many"),
        pytest.param(b'{"files":[1],"marque":"saved-page","v":1}', id="no row"),
    ],
)
def test_a_changed_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(StoreDamaged):
        parse_manifest(data)
