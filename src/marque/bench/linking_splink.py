"""Splink (Fellegi and Sunter with term frequencies, on DuckDB) on the operator world: one row a site, a column a kind.

As its makers advise: what many share is left out, u by random pairs, m by expectation and maximisation with one kind
blocked at a time, clusters at a threshold. It takes one value a kind, so of several the rarest is given.
"""

import logging

import numpy as np
import pyarrow as pa

from marque.bench import operator_link
from marque.bench.operator_link import Integers

COMMON = 50  # sites from which a value says nothing to it
BLOCKED = ("ga", "favicon", "adstxt")  # kinds that training blocks on, one after the other


def table(world: operator_link.World, count: Integers) -> pa.Table:
    """One row a site; per kind its rarest value that at least two sites and at most `COMMON` hold, or null.

    `count`: per observation of the world, the sites that hold its value.
    """
    sites = len(world.truth.operator)
    columns = {"unique_id": pa.array(np.arange(sites))}
    for number, slot in enumerate(operator_link.kinds(sites)):
        chosen = (world.kind == number) & (count > 1) & (count <= COMMON)
        site, value, shared = world.site[chosen], world.value[chosen], count[chosen]
        order = np.lexsort((value, shared, site))[::-1]  # the rarest of a site comes last and stays
        column = np.full(sites, -1, np.int64)
        column[site[order]] = value[order]
        columns[slot.kind] = pa.array(column, mask=column < 0)
    return pa.table(columns)


def links(world: operator_link.World, count: Integers, seed: int = 1) -> tuple[Integers, Integers, np.ndarray]:
    """Both ends and the probability of each pair that Splink predicts at one in ten or more."""
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    given = table(world, count)
    kinds = [name for name in given.column_names[1:] if given[name].null_count < given.num_rows]
    engine = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[compare.ExactMatch(kind).configure(term_frequency_adjustments=True) for kind in kinds],
        blocking_rules_to_generate_predictions=[block_on(kind) for kind in kinds],
    )
    linker = Linker(engine.register(given), settings, log_level=logging.ERROR)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=seed)
    for kind in BLOCKED:
        if kind in kinds:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(kind))
    found = linker.inference.predict(threshold_match_probability=0.1).as_duckdbpyrelation().to_arrow_table()
    ends = (found[f"unique_id_{side}"].to_numpy().astype(np.int64) for side in "lr")
    return (*ends, found["match_probability"].to_numpy())
