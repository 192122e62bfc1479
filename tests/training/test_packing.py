"""Which visits lie in which file, and the one crawl that broke off."""

import pytest

from marque.training.cast import load
from marque.training.dice import Dice
from marque.training.model import Visit
from marque.training.packing import BROKEN, BROKEN_OFF, LATER, SWEEP, file_of, packed
from marque.training.strips.delivery import Order, Slice
from marque.training.visits import plan, visits


class Blank(dict[Order, list[Slice]]):
    """Stands for the drawn strips."""

    def __missing__(self, order: Order) -> list[Slice]:
        return [Slice("1.jpg", b"\xff\xd8" * 4000, "image/jpeg", 720, 1600)]


@pytest.fixture(scope="module")
def met() -> list[Visit]:
    dice = Dice("packing")
    cast = load(dice)
    return list(visits(cast, plan(cast, dice), Blank(), dice))


def test_the_service_has_a_file_a_visit_and_others_a_file_a_site(met: list[Visit]) -> None:
    names = {file_of(visit) for visit in met if visit.site.host == "solmaru46.example"}
    assert names == {f"solmaru46-202610{day}.warc.gz" for day in ("12", "18", "21")}
    assert {file_of(v) for v in met if v.site.host == "darakbang.example" and not v.swept} == {"darakbang.warc.gz"}
    assert {file_of(visit) for visit in met if visit.site.host == "millbakery.example"} <= {SWEEP, LATER}


def test_one_crawl_broke_off_in_the_middle(met: list[Visit]) -> None:
    files = dict(packed(met))
    assert files[BROKEN].startswith(files[BROKEN_OFF])
    assert len(files[BROKEN_OFF]) < len(files[BROKEN])


def test_no_two_visits_fall_into_one_name_by_chance(met: list[Visit]) -> None:
    sites: dict[str, set[str]] = {}
    for visit in met:
        sites.setdefault(file_of(visit), set()).add(visit.site.host)
    assert [name for name, hosts in sorted(sites.items()) if len(hosts) > 1] == [SWEEP, LATER]


def test_the_last_sweep_shows_that_most_living_sites_are_up(met: list[Visit]) -> None:
    swept = [visit for visit in met if visit.swept]
    assert len({visit.site.host for visit in met}) // 3 < len(swept)
    assert all(visit.site.until is None and not visit.servings for visit in swept)
