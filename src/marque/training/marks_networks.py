"""Marks on what joins sites: links, networks, decoys, successors, services, flows."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from marque.training.marks import Mark, Pair, Run, marked, pair

Truth = dict[str, Any]


def _same(truth: Truth) -> set[Pair]:
    return {pair(row["a"], row["b"]) for row in truth["links"]}


def _possible(truth: Truth) -> int:
    count = len(truth["sites"])
    return count * (count - 1) // 2 - len(_same(truth))


def links(truth: Truth, run: Run) -> Iterator[Mark]:
    """Pairs of one operator that show a common value, linked; and links between strangers."""
    tied = {pair(row["a"], row["b"]) for row in truth["links"] if row["shared"]}
    yield marked("links", tied, run.linked, run.linked - _same(truth), _possible(truth))


def networks(truth: Truth, run: Run) -> Iterator[Mark]:
    """All pairs of one operator, those without any common value too, brought into one network."""
    yield marked("networks", _same(truth), run.together, run.together - _same(truth), _possible(truth))


def decoys(truth: Truth, run: Run) -> Iterator[Mark]:
    """Pairs that share something and are not one operator's. Declined with reasons kept is better than not seen."""
    traps = {pair(row["a"], row["b"]) for row in truth["decoys"]}
    joined = run.linked | run.together
    weighed = {pair(row["site_a"], row["site_b"]) for row in run.rows("links") if not row["accepted"]}
    yield marked("decoys", traps, traps - joined, traps & joined, len(traps))
    tempting = pair(truth["story"]["tempting"]["a"], truth["story"]["tempting"]["b"])
    yield marked("tempting", {tempting}, weighed - joined, {tempting} & joined, 1)


def slip(truth: Truth, run: Run) -> Iterator[Mark]:
    """The contact that one careless line ties to the service: seen on both sites."""
    told = truth["story"]["slip"]
    wanted = {(site, told["contact"]) for site in told["sites"]}
    seen = {(row["site"], row["value"]) for row in run.rows("sightings") if row["kind"] == "email"}
    elsewhere = {(site, value) for site, value in seen if value == told["contact"]} - wanted
    yield marked("slip", wanted, seen, elsewhere, len(truth["sites"]) - len(wanted))


def _lines(truth: Truth) -> set[Pair]:
    """Pairs of addresses of one service in one language."""
    return {pair(a, b) for row in truth["services"] for a, b in combinations([s["site"] for s in row["sites"]], 2)}


def successors(truth: Truth, run: Run) -> Iterator[Mark]:
    """Who followed whom, and who only claimed to."""
    told = {(row["site"], row["predecessor"]) for row in truth["successors"]}
    rows = [row for row in run.rows("successors") if row["predecessor"] and not row["impostor"]]
    claimed = {(row["site"], row["predecessor"]) for row in rows}
    # Within one line a step may be skipped or a mirror named: not the predecessor, but the same offer. A sister site of
    # the same operator, in another language or under another name, is no predecessor.
    wrong = {couple for couple in claimed - told if pair(*couple) not in _lines(truth)}
    yield marked("successors", told, claimed, wrong, len(truth["sites"]))
    false = {row["site"] for row in truth["impostors"]}
    followers = {row["site"] for row in rows if pair(row["site"], row["predecessor"]) not in _same(truth)}
    yield marked("impostors", false, false - followers, false & followers, len(false))


def services(truth: Truth, run: Run) -> Iterator[Mark]:
    """Addresses of one offer brought together as one service."""
    told = _lines(truth)
    groups: dict[str, set[str]] = {}
    for row in run.rows("services"):
        groups.setdefault(row["service"], set()).add(row["site"])
    claimed = {pair(a, b) for group in groups.values() for a, b in combinations(sorted(group), 2)}
    yield marked("services", told, claimed, claimed - _same(truth), _possible(truth))


def flows(truth: Truth, run: Run) -> Iterator[Mark]:
    """Gambling houses that pay for banners, and accounts that readers pay into. Of lawful sites no money is traced."""
    lawful = {row["site"] for row in truth["sites"] if row["lawful"]}
    shown = [(row["site"], row["value"]) for row in truth["signals"] if row["kind"] in _PAID]
    paying = {pair for pair in shown if pair[0] not in lawful}
    rows = run.rows("flows")
    seen = {(row["payee"], name) for row in rows for name in (row["payer"], row["intermediary"]) if name}
    barred = {(row["site"], row["value"]) for row in truth["bystanders"]} | (set(shown) - paying)
    yield marked("flows", paying, seen, seen & barred, len(barred))


_PAID = ("banner-advertiser", "donation-handle", "crypto-address", "iban", "adsense-publisher")
