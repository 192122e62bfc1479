"""In what way two names look alike, and how far apart letters stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.networks import names
from marque.networks.naming import alike, words
from marque.networks.naming.alike import Named

LETTERS = st.text("abcdo1", max_size=9)

PAIRS = [
    pytest.param("toonwiz41.example", "toonwiz42.example", "next-number", id="next number"),
    pytest.param("toonwiz041.example", "toonwiz042.test", "next-number", id="padded with zeros, another ending"),
    pytest.param("read12toon.example", "read13toon.example", "next-number", id="number within the name"),
    pytest.param("toonwiz2024.example", "toonwiz2026.example", "numbers-up", id="a year"),
    pytest.param("toonwiz41.example", "toonwiz60.example", "numbers-far", id="many on"),
    pytest.param("toonwiz42.example", "toonwiz41.example", "numbers-down", id="back"),
    pytest.param("cloudfilm2.example", "cloudfilm3.example", "number-changed", id="two small numbers are no series"),
    pytest.param("inkharbor.example", "inkharbor.test", "same-label", id="another ending"),
    pytest.param("xn--9l4b4xi9r.example", "xn--9l4b4xi9r.test", "same-label", id="another script"),
    pytest.param("ink-harbor.example", "inkharbor.test", "same-stem", id="hyphen"),
    pytest.param("inkharbor.example", "inkharbor7.test", "same-stem", id="number come"),
    pytest.param("inkharbor-scans.example", "readinkharbor.test", "same-core", id="other common words"),
    pytest.param("달빛만.example", "달빛만웹툰.example", "same-core", id="a common word of another script"),
    pytest.param("inkharbor.example", "inkharborx.test", "part-short", id="a letter more at the end"),
    pytest.param("inkharbor.example", "inkharborland.test", "same-core", id="a common word more"),
    pytest.param("inkharbor.example", "inkharborqueen.test", "part-long", id="a longer part"),
    pytest.param("inkharbor.example", "inkharvor.test", "near", id="a letter exchanged"),
    pytest.param("inkharbor.example", "inkhabror.test", "near", id="two letters swapped"),
    pytest.param("inkharbor.example", "imkhurbor.test", "near-two", id="two letters exchanged"),
    pytest.param("inkharboraa.example", "inkharborqueen.test", "same-head", id="the same head"),
    pytest.param("espejo-inkharbor.example", "inkharbor-es.test", "same-token", id="a part between hyphens"),
    pytest.param("inkharbor-one.example", "inkharbor-queen.test", "same-token", id="the first part"),
    pytest.param("manga-one.example", "manga-queen.test", "", id="a common word between hyphens"),
    pytest.param("unblockit.example", "unblockit.test", "", id="a way round blocks is nobody's brand"),
    pytest.param("proxysite.example", "proxysite.test", "", id="nor with another common word"),
    pytest.param("fsmirror.example", "fsmirror.test", "same-label", id="an offer of two letters and its mirrors"),
    pytest.param("inkharborproxy.example", "inkharborproxy.test", "same-label", id="a brand's own way round"),
    pytest.param("moonlight.example", "harborgoods.test", "", id="strangers"),
    pytest.param("alpha.wordpress.com", "omega.wordpress.com", "", id="accounts on one platform"),
    pytest.param("192.0.2.1", "192.0.2.2", "", id="addresses"),
    pytest.param("mangareader.example", "mangastream.example", "", id="common words alone"),
]


def named(site: str) -> Named:
    return alike.named(names.parse(site), words.known())


@pytest.mark.parametrize(("old", "new", "kind"), PAIRS)
def test_the_kind_of_two_names(old: str, new: str, kind: str) -> None:
    assert alike.kind(named(old), named(new)) == kind


def test_a_series_is_told_by_the_other_numbers() -> None:
    sites = [f"cloudfilm{number}.example" for number in (2, 3, 4)]
    first, second, _ = alike.among(sites, words.known())
    assert alike.kind(first, second) == "next-number"


def test_every_kind_has_its_words_and_a_share() -> None:
    assert all(0 < kind.share < 1000 and kind.why.startswith("networks.name-") for kind in alike.kinds().values())
    assert set(alike.FAMILY) < set(alike.kinds())


@given(LETTERS, LETTERS)
def test_distance_is_the_same_both_ways_and_bounded(one: str, other: str) -> None:
    found = alike.distance(one, other, 2)
    assert found == alike.distance(other, one, 2)
    assert (found == 0) == (one == other)
    assert 0 <= found <= 3


@given(LETTERS, LETTERS)
def test_likeness_of_letters_does_not_depend_on_who_was_first(one: str, other: str) -> None:
    a, b = (alike.named(names.parse(f"{label or 'x'}.example"), words.known()) for label in (one, other))
    numbers = {"next-number", "numbers-up", "numbers-far", "numbers-down", "number-changed"}
    assert alike.kind(a, b) == alike.kind(b, a) or {alike.kind(a, b), alike.kind(b, a)} <= numbers
