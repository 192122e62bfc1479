"""Accepted links as arrays: which sites, how strong, over how many values of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from marque.networks import tenures

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Edges:
    """Columns over the accepted links, in order of names. Sites are numbers into `names` (sorted).

    `value` is a number for the strongest value counted, `values` how many values are counted; `judged` marks links
    that an analyst decided, `sold` those of a site that changed hands, `former` those that lean on what it held before.
    """

    names: list[str]
    a: Integers
    b: Integers
    score: Integers
    value: Integers
    values: Integers
    judged: npt.NDArray[np.bool_]
    sold: npt.NDArray[np.bool_]
    former: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.a)


def accepted(links: pa.Table, sold: Mapping[str, int]) -> Edges:
    """The accepted rows of a links table. `sold`: sites that changed hands, and when."""
    kept = links.filter(links["accepted"]).combine_chunks()
    a, b = kept["site_a"].combine_chunks(), kept["site_b"].combine_chunks()
    names = pc.unique(pa.concat_arrays([a, b])).sort()
    value, values, judged = _values(kept)
    return Edges(
        names=names.to_pylist(),
        a=_numbers(a, names),
        b=_numbers(b, names),
        score=kept["score"].to_numpy().astype(np.int64),
        value=value,
        values=values,
        judged=judged,
        sold=_among(a, sold) | _among(b, sold),
        former=tenures.former(kept, sold),
    )


def _among(column: pa.Array, sites: Iterable[str]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = pc.is_in(column, value_set=pa.array(sorted(sites), pa.string())).to_numpy(
        zero_copy_only=False
    )
    return found


def _numbers(column: pa.Array, names: pa.Array) -> Integers:
    numbers: Integers = pc.index_in(column, value_set=names).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _values(links: pa.Table) -> tuple[Integers, Integers, npt.NDArray[np.bool_]]:
    """Per link: a number for its first (strongest) counted value, how many are counted, and whether it was judged."""
    count = links.num_rows
    lists = links["reasons"].combine_chunks()
    parent = pc.list_parent_indices(lists).to_numpy().astype(np.int64)
    rows = pc.list_flatten(lists)
    judged = np.zeros(count, bool)
    judged[parent[pc.equal(rows.field("kind"), "judgement").to_numpy(zero_copy_only=False)]] = True
    counted = pc.and_(pc.and_(rows.field("counted"), rows.field("supports")), pc.is_valid(rows.field("sites")))
    mask = counted.to_numpy(zero_copy_only=False)
    key = pc.binary_join_element_wise(rows.field("kind"), rows.field("value"), "\x00")
    number = pc.dictionary_encode(key).indices.to_numpy(zero_copy_only=False).astype(np.int64)
    first = np.full(count, -1, np.int64)
    first[parent[mask][::-1]] = number[mask][::-1]
    return first, np.bincount(parent[mask], minlength=count).astype(np.int64), judged
