"""From sums to scores: rules, classes of evidence, calibration; and how sure few sites can be."""

import numpy as np
import pyarrow as pa
import pytest

from marque.networks import fitting, verdicts, weighing
from marque.networks.verdicts import Grounds

BITS = {group: 1 << place for place, group in enumerate(
    ("page", "tag", "payment", "identity", "hosting", "certificate", "registrant", "advertising"))}  # fmt: skip
MODEL = {"prior": -5000, "doubt": 700, "knots": fitting.published(5_000)}


def mask(*groups: str) -> int:
    return sum(BITS[group] for group in groups)


def judged(
    *groups: str, grounds: tuple[bool, ...] = (False, False, False), sound: int | None = None, **flags: int
) -> tuple[str, int]:
    row = {"total": 9000, "mask": mask(*groups), "sound": mask(*groups) if sound is None else sound, **flags}
    pairs = pa.table({name: [row.get(name, 0)] for name in verdicts.COLUMNS})
    both, one_sided, left = (np.array([flag]) for flag in grounds[:3])
    given = Grounds(both, one_sided, left, any(grounds[3:]))
    found = verdicts.judge(pairs, MODEL, BITS, np.zeros(1, np.int64), given)
    return verdicts.RULES[int(found.rule[0])], int(found.score[0])


BOTH, ONE_SIDED, LEFT = (True, False, False), (False, True, False), (False, False, True)
KNOWN = (False, False, False, True)  # some sites give ground to look, these two do not
CASES = [
    pytest.param(judged("identity", "tag"), "", id="two provenances"),
    pytest.param(judged("page", "tag"), "page-alone", id="what a copy carries"),
    pytest.param(judged("page", "hosting", "certificate"), "hoster-alone", id="what a reseller gives"),
    pytest.param(judged("payment", told=1), "one-provenance", id="a payment where nothing gives ground"),
    pytest.param(judged("payment", told=1, grounds=BOTH), "", id="a payment where both give ground"),
    pytest.param(judged("advertising", solid=1), "", id="measured on this input and open to nobody"),
    pytest.param(judged("payment", "identity", grounds=ONE_SIDED), "one-sided", id="taken from one side's page"),
    pytest.param(judged("payment", "certificate", grounds=ONE_SIDED), "", id="a certificate cannot be taken"),
    pytest.param(judged("payment", "identity", sound=0), "beside-own", id="guests alone"),
    pytest.param(judged("payment", "identity", sound=mask("identity")), "", id="one guest of two"),
    pytest.param(judged("page", "payment", "identity", copied=1), "copied-whole", id="a page with everything on it"),
    pytest.param(judged("page", "payment", "identity", copied=1, grounds=BOTH), "", id="sisters that both give ground"),
    pytest.param(judged("identity", "tag", grounds=LEFT), "no-ground", id="left in peace"),
    pytest.param(
        judged("page", solid=1, lonely=1, grounds=KNOWN), "open-alone", id="for all to copy, and nothing else"
    ),
    pytest.param(judged("page", solid=1, lonely=1), "", id="the same where nothing tells who gives ground"),
    pytest.param(judged("page", solid=1, lonely=1, grounds=BOTH), "", id="the same where both give ground"),
    pytest.param(judged("page", solid=1), "", id="a mark for all to copy, in company"),
]


@pytest.mark.parametrize(("found", "rule"), CASES)
def test_rules(found: tuple[str, int], rule: str) -> None:
    name, points = found
    assert name == rule
    assert (points >= 0) is (not rule)


def test_what_a_rule_holds_down_no_calibration_lifts() -> None:
    name, points = judged("page", solid=1, lonely=1, held=1, grounds=KNOWN)
    assert name == "open-alone"
    assert points <= verdicts.HELD_DOWN


@pytest.mark.parametrize(
    ("groups", "name"),
    [
        pytest.param(("hosting",), "hosting", id="a hoster's alone"),
        pytest.param(("certificate",), "one", id="one"),
        pytest.param(("certificate", "hosting"), "two", id="two"),
        pytest.param(("certificate", "hosting", "page", "tag"), "three", id="four count as three"),
        pytest.param((), "one", id="nothing heard"),
    ],
)
def test_classes_of_evidence(groups: tuple[str, ...], name: str) -> None:
    found = verdicts.evidence(np.array([mask(*groups)] * 3), np.array([0, 1, 1]), np.array([0, 0, 1]), BITS)
    assert [verdicts.EVIDENCE[place] for place in found.tolist()] == [name, "held", "open"]


@pytest.mark.parametrize("sites", [3, 100, 700, 701, 1_500, 5_000, 10**7])
def test_published_knots_rise_and_more_provenances_never_say_less(sites: int) -> None:
    tables = fitting.published(sites)
    assert len(tables) == len(verdicts.EVIDENCE)
    for knots in tables:
        assert [shown for _, shown in knots] == sorted(shown for _, shown in knots)
        assert all(shown <= verdicts.CAP for _, shown in knots)
    if sites <= 700:  # more are measured class by class, and nothing is shown above what was measured
        assert all(one[1] <= two[1] <= three[1] for one, two, three in zip(*tables[1:4], strict=True))


def test_company_is_looked_at_from_a_thousand_sites_on() -> None:
    held = fitting.published(700)[verdicts.EVIDENCE.index("held")]
    assert max(shown for _, shown in held) == verdicts.HELD_DOWN


def test_fewer_sites_are_less_sure() -> None:
    sizes = (3, 20, 100, 1_000, 100_000)
    assert [weighing.rarest(size) for size in sizes] == sorted(weighing.rarest(size) for size in sizes)
    assert [fitting.doubt(size) for size in sizes] == sorted((fitting.doubt(size) for size in sizes), reverse=True)
    assert weighing.rarest(3_000) == round(1000 * np.log2(1000))
