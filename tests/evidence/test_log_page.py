"""The worked example of docs/reference/log.md, re-computed by its rules alone and then by marque."""

import base64
import hashlib
import json
import re
from pathlib import Path

from marque.evidence import checkpoint, events
from marque.evidence.merkle import Tree, leaf_hash

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "log.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(?:json|text) (\S+)\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL))


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_the_example_by_its_rules() -> None:
    leaves = [BLOCKS["leaf-0"].encode(), BLOCKS["leaf-1"].encode()]
    first, second, root = BLOCKS["hashes"].split()
    assert [sha(b"\x00" + leaf) for leaf in leaves] == [first, second]
    assert sha(b"\x01" + bytes.fromhex(first) + bytes.fromhex(second)) == root
    origin, size, encoded = BLOCKS["checkpoint"].split("\n")
    assert (size, base64.b64decode(encoded).hex()) == ("2", root)
    assert re.fullmatch(r"marque-log/[0-9a-f]{32}", origin)
    leaf, opening = json.loads(leaves[0]), json.loads(BLOCKS["opening-0"])
    assert opening["leaf"] == first
    for field in ("who", "what", "why"):
        salt = hashlib.sha256(f"salt of {field}".encode()).digest()
        assert opening[field]["salt"] == salt.hex()
        label = f"marque-commitment-1\n{field}\n".encode()
        assert leaf[field] == sha(label + salt + opening[field]["text"].encode())
    content = b"WARC/1.1\r\n"
    assert leaf["object"]["sha256"] == sha(content) == json.loads(leaves[1])["parent"]
    assert leaf["object"]["sha512"] == hashlib.sha512(content).hexdigest()


def test_marque_reads_the_example() -> None:
    lines = [BLOCKS["leaf-0"].encode(), BLOCKS["leaf-1"].encode()]
    leaf = events.parse_leaf(lines[0])
    hidden = events.parse_opening(BLOCKS["opening-0"].encode(), 0, leaf_hash(lines[0]))
    assert hidden is not None
    assert events.opens(leaf, hidden)
    root = Tree(leaf_hash(line) for line in lines).root()
    assert checkpoint.parse(BLOCKS["checkpoint"].encode() + b"\n").root == root


def test_the_page_lists_every_event_type() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `type`"))
    assert tuple(re.findall(r"`([a-z-]+)`", row))[1:] == events.EVENTS
