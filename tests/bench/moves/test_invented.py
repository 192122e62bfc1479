"""Invented worlds: repeatable, different from one another, and true to what they claim."""

import pytest

from marque.bench.moves import invented
from marque.bench.moves.invented import VARIANTS, Variant
from marque.bench.moves.world import RENAMED
from marque.networks.moves import DAY


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_a_world_is_true_to_its_variant(variant: Variant) -> None:
    world = invented.world(variant, 400, 3)
    rows = {one.site: one for one in world.rows}
    assert len(rows) == len(world.rows) >= 400
    for site, olds in world.before.items():
        (old,) = olds
        assert world.service[site] == world.service[old]
        assert (rows[old].first or 0) <= (rows[site].first or 0)
    assert all((one.first or 0) % (variant.grain * DAY) == 0 for one in world.rows)
    assert world.hubs <= set(rows) - set(world.service)
    assert set(world.how) == set(world.before)


def test_a_seed_gives_the_same_world() -> None:
    one, two, other = (invented.world(VARIANTS[1], 300, seed) for seed in (1, 1, 2))
    assert one == two
    assert one.rows != other.rows


def test_moves_of_every_class_and_names_of_several_scripts() -> None:
    world = invented.world(VARIANTS[0], 600, 5)
    assert set(world.how.values()) == {"tld-change", "number-bump", "similar", "affix", RENAMED}
    assert any(one.site.startswith("xn--") for one in world.rows)


def test_ten_times_as_many_never_moved() -> None:
    world = invented.world(VARIANTS[2], 1000, 1)
    assert 8 < len(set(one.site for one in world.rows) - set(world.service)) / len(world.service) < 12
