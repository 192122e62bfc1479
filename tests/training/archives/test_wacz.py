"""WACZ files whose digests, index and page list agree with what is inside."""

import gzip
import hashlib
import io
import json
import zipfile

from marque.training.archives.wacz import pack
from marque.training.model import Reply

TIME = 1_788_790_957_000_000
REPLIES = [
    Reply("https://toon.example/", TIME, b"<p>front</p>", title="front"),
    Reply("https://img.example/1.jpg", TIME + 1_000_000, b"\xff\xd8", "image/jpeg", page="https://toon.example/"),
]


def test_every_member_is_named_with_its_digest() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(REPLIES, "toon", TIME))) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert package["wacz_version"] == "1.1.1"
        assert {row["path"] for row in package["resources"]} == {
            "archive/toon.warc.gz",
            "indexes/index.cdx.gz",
            "pages/pages.jsonl",
        }
        for row in package["resources"]:
            data = archive.read(row["path"])
            assert row["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
            assert row["bytes"] == len(data)
        named = json.loads(archive.read("datapackage-digest.json"))
        assert named["hash"] == f"sha256:{hashlib.sha256(archive.read('datapackage.json')).hexdigest()}"


def test_the_index_leads_to_the_records() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(REPLIES, "toon", TIME))) as archive:
        warc = archive.read("archive/toon.warc.gz")
        lines = gzip.decompress(archive.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines)
    for line in lines:
        fields = json.loads(line.split(" ", 2)[2])
        start, length = int(fields["offset"]), int(fields["length"])
        assert f"WARC-Target-URI: {fields['url']}\r\n".encode() in gzip.decompress(warc[start : start + length])


def test_only_documents_are_pages() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(REPLIES, "toon", TIME))) as archive:
        rows = [json.loads(line) for line in archive.read("pages/pages.jsonl").splitlines()]
        assert all(member.compress_type == zipfile.ZIP_STORED for member in archive.infolist())
    assert rows[0]["format"] == "json-pages-1.0"
    assert [row["url"] for row in rows[1:]] == ["https://toon.example/"]
