"""The figures of the decision, measured again on covers that nothing was chosen by."""

import pytest

from marque.works.cover.identify import identify
from tests.works.cover import covers, shelf

KNOWN = range(9000, 9060)
UNKNOWN = range(20000, 20240)
LEAST = {name: 60 for name in covers.ATTACKS} | dict.fromkeys(
    [name for name in covers.ATTACKS if "bar, 120" in name], 57
)


@pytest.mark.slow
def test_recall_by_attack_and_nothing_wrong() -> None:
    pictures = [covers.cover(series) for series in KNOWN]
    reference = shelf.reference_of(pictures)
    for name, attack in covers.ATTACKS.items():
        answers = [identify(shelf.fingerprint(attack(picture)), reference) for picture in pictures]
        right = sum([each.unit for each in found] == [at] for at, found in enumerate(answers))
        wrong = sum(each.unit != at for at, found in enumerate(answers) for each in found)
        assert (name, wrong) == (name, 0)
        assert right >= LEAST[name], name


@pytest.mark.slow
def test_unknown_covers_photographs_and_other_volumes_name_nobody() -> None:
    reference = shelf.reference_of([covers.cover(series) for series in KNOWN])
    attacks = list(covers.ATTACKS.values())
    for number in UNKNOWN:
        picture = covers.cover(number) if number % 5 else covers.photograph(number)
        assert identify(shelf.fingerprint(attacks[number % len(attacks)](picture)), reference) == []
    for series in KNOWN:
        for volume in (2, 3, 4):
            assert identify(shelf.fingerprint(covers.jpeg(covers.cover(series, volume), 200, 60)), reference) == []
