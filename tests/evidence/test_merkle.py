"""The tree against the RFC's own recursive definition, and proofs against everything that is not one."""

import hashlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marque.evidence.merkle import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    node_hash,
    proves_consistency,
    proves_inclusion,
)

MOST = 300
LEAVES = [leaf_hash(str(number).encode()) for number in range(MOST)]
TREE = Tree(LEAVES)


@cache
def naive(start: int, end: int) -> bytes:
    """MTH of RFC 6962 2.1, word for word."""
    if end == start:
        return hashlib.sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    k = 1
    while 2 * k < end - start:
        k *= 2
    return node_hash(naive(start, start + k), naive(start + k, end))


def test_roots_known_to_others() -> None:
    """The tree of RFC 6962's reference vectors (certificate-transparency, `merkle_tree_test`)."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = Tree(leaf_hash(bytes.fromhex(text)) for text in inputs)
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert tree.root(1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree.root(2).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert tree.root(8).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.slow
def test_every_proof_up_to_300(capsys: pytest.CaptureFixture[str]) -> None:
    included = consistent = 0
    for size in range(1, MOST + 1):
        root = naive(0, size)
        assert TREE.root(size) == root
        for index in range(size):
            assert proves_inclusion(LEAVES[index], index, size, TREE.inclusion(index, size), root)
            proof = TREE.consistency(index + 1, size)
            assert proves_consistency(index + 1, size, naive(0, index + 1), root, proof)
            included, consistent = included + 1, consistent + 1
    with capsys.disabled():
        print(f"\n{included} inclusion and {consistent} consistency proofs checked")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_other_proof_passes(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    index = data.draw(st.integers(0, size - 1))
    path, root = TREE.inclusion(index, size), TREE.root(size)
    other = data.draw(st.integers(0, 75).filter(lambda value: value != index))
    assert not proves_inclusion(LEAVES[index], other, size, path, root)
    assert not proves_inclusion(LEAVES[index], index, size, [*path, EMPTY_ROOT], root)
    assert not proves_inclusion(LEAVES[index], index, size, path[:-1], root)
    assert not proves_inclusion(LEAVES[(index + 1) % size], index, size, path, root)
    if path:
        swapped = data.draw(st.integers(0, len(path) - 1))
        assert not proves_inclusion(LEAVES[index], index, size, _flipped(path, swapped), root)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_other_history_passes(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    first = data.draw(st.integers(1, size))
    proof, old, root = TREE.consistency(first, size), TREE.root(first), TREE.root(size)
    assert not proves_consistency(first, size, _flipped([old], 0)[0], root, proof)
    assert not proves_consistency(first, size, old, _flipped([root], 0)[0], proof)
    assert not proves_consistency(first, size, old, root, [*proof, EMPTY_ROOT])
    assert not proves_consistency(0, size, EMPTY_ROOT, root, proof)
    assert not proves_consistency(size + 1, size, old, root, proof)
    for place in range(len(proof)):
        assert not proves_consistency(first, size, old, root, _flipped(proof, place))
    if proof:
        assert not proves_consistency(first, size, old, root, proof[:-1])
        assert not proves_consistency(first - 1 or size, size, old, root, proof)


@pytest.mark.parametrize("call", ["inclusion", "consistency"])
def test_no_proof_of_what_is_not_there(call: str) -> None:
    with pytest.raises(ValueError, match=r"tree|leaf"):
        getattr(Tree(LEAVES[:4]), call)(7)
    with pytest.raises(ValueError, match="grown"):
        Tree(LEAVES[:4]).root(5)


def _flipped(proof: list[bytes], place: int) -> list[bytes]:
    return [bytes([value[0] ^ 1]) + value[1:] if at == place else value for at, value in enumerate(proof)]
