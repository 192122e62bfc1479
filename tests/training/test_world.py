"""The demonstration world: large enough, sound, the same each time, and honest about itself."""

import hashlib
import ipaddress
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marque.errors import WrongUsage
from marque.training.cast import load
from marque.training.dice import Dice
from marque.training.library import works
from marque.training.packing import packed
from marque.training.strips.delivery import Order, Slice, panel
from marque.training.truth import tell
from marque.training.visits import plan, visits
from marque.training.world import build

SEED = 7
LEFT_TO_RIGHT = {"ko", "es", "ja", "en", "pt", "id"}
RESERVED = (".example", ".test", ".wordpress.com")
DOCUMENTATION = [ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
PIXELS = "62185d333e8ca08d738ab4291c950f3849c5db7267763c6e4b0f193a258337c0"
PAGES = "824ad17c036cbcb8c5f23420b5cb7ea4432b84666f78ac77c70f831c10c54d99"


class Stub(dict[Order, list[Slice]]):
    """Stands for the drawn strips where a test asks only about pages."""

    def __missing__(self, order: Order) -> list[Slice]:
        return [Slice("1.jpg", repr(order).encode(), "image/jpeg", 720, 1600)]


def pages(seed: int) -> dict[str, str]:
    dice = Dice("marque", "world", seed)
    cast = load(dice)
    met = visits(cast, plan(cast, dice), Stub(), dice)
    return {name: hashlib.sha256(data).hexdigest() for name, data in packed(met)}


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    dice = Dice("marque", "world", SEED)
    cast = load(dice)
    told: dict[str, Any] = json.loads(json.dumps(tell(cast, list(visits(cast, plan(cast, dice), Stub(), dice)), SEED)))
    return told


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first = pages(SEED)
    assert pages(SEED) == first
    other = pages(SEED + 1)
    assert [name for name in first if other.get(name) == first[name]] == []


def test_pages_and_pixels_are_those_of_every_other_machine() -> None:
    """A change of these figures is a change of the world; make it on purpose."""
    listing = "".join(f"{digest} {name}\n" for name, digest in sorted(pages(SEED).items()))
    drawn = b"".join(panel(works()[at], at, Dice("pixels")).tobytes() for at in (0, 3))
    assert (hashlib.sha256(listing.encode()).hexdigest(), hashlib.sha256(drawn).hexdigest()) == (PAGES, PIXELS)


def test_sixty_sites_of_eight_operators_in_many_languages(truth: dict[str, Any]) -> None:
    assert len(truth["operators"]) == 8
    assert sum(len(operator["sites"]) for operator in truth["operators"]) >= 60
    languages = {language for site in truth["sites"] if not site["lawful"] for language in site["languages"]}
    assert {"ko", "es", "ja", "en", "pt", "id", "ar"} <= languages
    assert len({site["site"] for site in truth["sites"]}) == len(truth["sites"])


def test_panels_are_few_enough_and_lettered_left_to_right(truth: dict[str, Any]) -> None:
    assert 300 <= sum(row["panels"] for row in truth["servings"]) <= 1200
    assert {row["language"] for row in truth["servings"]} <= LEFT_TO_RIGHT
    assert {row["work"] for row in truth["servings"]} == {work.key for work in works()}


def test_every_name_and_address_is_invented(truth: dict[str, Any]) -> None:
    dice = Dice("marque", "world", SEED)
    cast = load(dice)
    assert all(site["site"].endswith(RESERVED) for site in truth["sites"])
    for visit in visits(cast, plan(cast, dice), Stub(), dice):
        for reply in visit.replies:
            assert any(ipaddress.ip_address(reply.ip) in net for net in DOCUMENTATION), reply.uri
    mails = {row["value"] for row in (*truth["signals"], *truth["bystanders"]) if row["kind"] == "email"}
    assert mails
    assert all(mail.endswith(".test") for mail in mails)


def test_every_trap_is_set(truth: dict[str, Any]) -> None:
    whys = Counter(row["why"] for row in truth["decoys"])
    assert len(whys) == 7
    verdicts = {page["verdict"] for page in truth["pages"]}
    assert {"content", "challenge", "parked", "seizure-banner", "login-wall", "redirect", "error"} <= verdicts
    parts = {site["part"] for site in truth["sites"] if site["lawful"]}
    assert {"licensed-reader", "publisher", "review-blog", "fan-page", "blog", "news", "agency"} <= parts


def test_most_pairs_of_an_operator_share_something_and_some_share_nothing(truth: dict[str, Any]) -> None:
    shared = [bool(row["shared"]) for row in truth["links"]]
    assert 0 < shared.count(False) < shared.count(True) // 4


def test_the_hero_is_seized_and_comes_back_under_another_name(truth: dict[str, Any]) -> None:
    story = truth["story"]
    times = {site["site"]: site for site in truth["sites"]}
    assert times[story["seized"]]["last"] < times[story["successor"]]["first"] < times[story["impostor"]]["last"]
    banner = [
        page for page in truth["pages"] if page["site"] == story["seized"] and page["verdict"] == "seizure-banner"
    ]
    assert len(banner) == 1
    assert {"site": story["successor"], "predecessor": story["seized"], "how": "seized"} in truth["successors"]
    names = {name for service in truth["services"] for name in service["names"]}
    assert names == {"Solmaru", "Norivia"}
    assert {service["service"] for service in truth["services"]} == {"solmaru-ko", "solmaru-es", "solmaru-ja"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, float]]:
    out = tmp_path_factory.mktemp("training") / "world"
    started = sum(os.times()[:4])  # the two workers' time too, and not what the machine does beside
    build(out, SEED)
    yield out, sum(os.times()[:4]) - started


@pytest.mark.slow
def test_the_whole_world_is_quick_to_build_and_every_record_sound(world: tuple[Path, float]) -> None:
    archiveiterator = pytest.importorskip("warcio.archiveiterator")
    out, seconds = world
    assert seconds < 40
    told = json.loads((out / "truth.json").read_text("utf-8"))
    files = sorted((out / "captures").iterdir())
    assert {path.suffix for path in files} == {".gz", ".wacz"}
    for path in files:
        if path.suffix == ".gz" and path.name not in told["damaged"]:
            with path.open("rb") as stream:
                for record in archiveiterator.ArchiveIterator(stream, check_digests="raise"):
                    record.raw_stream.read()
    known = [work["work"] for work in told["works"] if work["known"]]
    assert sorted(path.name for path in (out / "originals").iterdir()) == known
    assert (out / "catalogue" / "catalogue.json").is_file()


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(WrongUsage, match="not-a-world"):
        build(tmp_path, SEED)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
