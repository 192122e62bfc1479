"""Plain YAML: what is understood is text and nothing else; what is not is refused by line; nothing is costly."""

import contextlib
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.money.ledger.plain_scalars import Node, Unplain
from marque.money.ledger.plain_yaml import load

HEX = "0x52908400098527886E0F7030069857D2E4169EE7"
READ = [
    pytest.param("a: 1\nb: NO\n", {"a": "1", "b": "NO"}, id="text, not numbers or truth"),
    pytest.param(f"a: {HEX}\n", {"a": HEX}, id="hexadecimal"),
    pytest.param("---\n# note\na:\n- x\n-  y # z\n", {"a": ["x", "y"]}, id="list at the margin of its key"),
    pytest.param("a:\n  - k: v\n    l:\n      - 1\n  -\n    k: w\n", {"a": [{"k": "v", "l": ["1"]}, {"k": "w"}]}),
    pytest.param("- - a\n  - b\n- c\n", [["a", "b"], "c"], id="lists in lists"),
    pytest.param("a: 'it''s'\nb: \"x\\n\\u00e9\\\"\"\n", {"a": "it's", "b": 'x\né"'}, id="quoted"),
    pytest.param("a: \"one\n  two\n\n  three\"\n", {"a": "one two\nthree"}, id="quoted over lines"),
    pytest.param("a: one\n  two\nb: 3\n", {"a": "one two", "b": "3"}, id="plain over lines"),
    pytest.param("a: |\n  x\n   y\n\nb: >-\n  p\n  q\n", {"a": "x\n y\n", "b": "p q"}, id="blocks"),
    pytest.param("a: [x, 'y, z', {k: v}]\nb: {}\n", {"a": ["x", "y, z", {"k": "v"}], "b": {}}, id="flow"),
    pytest.param('{"a": ["x", null]}', {"a": ["x", None]}, id="JSON"),
    pytest.param("a: https://x.example/#y # note\n", {"a": "https://x.example/#y"}, id="address with a hash"),
    pytest.param("a:\nb: ~\n", {"a": None, "b": None}, id="nothing"),
    pytest.param("\ufeffa: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}, id="Windows"),
    pytest.param("", None, id="empty"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "node"), READ)
def test_plain_documents(text: str, node: Node) -> None:
    assert load(text) == node


REFUSED = [
    pytest.param("a: &x 1\nb: *x\n", 1, id="anchor"),
    pytest.param("b: *x\n", 1, id="alias"),
    pytest.param("a: !!python/object:os.system x\n", 1, id="tag"),
    pytest.param("a: 1\na: 2\n", 2, id="key twice"),
    pytest.param("<<: {a: 1}\n", 1, id="merge key"),
    pytest.param("a: 1\n---\nb: 2\n", 2, id="second document"),
    pytest.param("a: b: c\n", 1, id="colon in plain text"),
    pytest.param("a:\n\t- b\n", 2, id="tab"),
    pytest.param("a: [1, 2\nb: 3\n", 2, id="open bracket"),
    pytest.param('a: "x\n', 2, id="open quote"),
    pytest.param('a: "x" y\n', 1, id="text after a quote"),
    pytest.param("a: [1] 2\n", 1, id="text after a bracket"),
    pytest.param("a: one\n\n  two\n", 3, id="gap in plain text"),
    pytest.param("? a\n: b\n", 1, id="long key"),
    pytest.param('a: "\\q"\n', 1, id="unknown escape"),
    pytest.param("a: |2\n    x\n", 1, id="counted margin"),
]


@pytest.mark.parametrize(("text", "line"), REFUSED)
def test_what_is_not_plain_is_refused_by_line(text: str, line: int) -> None:
    with pytest.raises(Unplain) as refused:
        load(text)
    assert abs(refused.value.line - line) <= 1


HOSTILE = [
    pytest.param("[" * 1_000_000, id="brackets"),
    pytest.param("- " * 500_000, id="dashes"),
    pytest.param("".join(" " * n + "a:\n" for n in range(2_000)), id="steps"),
    pytest.param("a: '" + "x\n" * 500_000, id="open quote"),
    pytest.param("a: [" + "x,\n " * 300_000, id="open list"),
    pytest.param("a: 'x" + " " * 1_000_000 + "y'", id="spaces in quotes"),
    pytest.param("a" + " " * 1_000_000 + "\n", id="spaces"),
    pytest.param("a: \"" + "\\" * 1_000_001, id="backslashes"),
    pytest.param("a: |\n" + "\n" * 1_000_000 + " x", id="empty lines"),
    pytest.param("a: >\n" + " x\n" * 300_000 + "b: *c", id="folded"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_junk_costs_little(text: str) -> None:
    before = time.process_time()
    with contextlib.suppress(Unplain):
        load(text)
    assert time.process_time() - before < 10


def test_many_tags_are_read_in_seconds() -> None:
    text = "tags:\n" + "".join(f"  - address: a{n}\n    label: l{n}\n" for n in range(50_000))
    before = time.process_time()
    node = load(text)
    assert isinstance(node, dict)
    assert len(node["tags"] or []) == 50_000
    assert time.process_time() - before < 10


@given(st.text(alphabet="ab:-#'\"[]{},|>&*!?~ \n\\0", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        load(text)
    except Unplain as refused:
        assert refused.line >= 1


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
NODES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)


@given(NODES)
def test_json_is_read_as_what_it_says(node: Node) -> None:
    assert load(json.dumps({"a": node}, ensure_ascii=False)) == {"a": node}
