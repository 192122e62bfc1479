"""Which criteria a site meets, with the records that show it: a machine's proposal for a person to assess.

Meeting criteria is not an offence, and no level here is an accusation. Without a whole unit of a catalogued work the
other criteria describe lawful sites just as well, so they lead nowhere alone. A platform or delivery network is no
site and is never assessed.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import pyarrow as pa

from marque.assessment.model import ASSESSMENTS
from marque.assessment.shown import Shown, collect
from marque.evidence import tables
from marque.evidence.model import CONTENT
from marque.networks import names
from marque.works.cover import apart

VERSION = 1  # of what is proposed from the same tables
SHOWN_RECORDS = 200  # of one criterion; the rest says the same

Answer = tuple[bool | None, Iterable[str]]


@cache
def criteria() -> tuple[str, ...]:
    """The criteria in order."""
    text = (files("marque.assessment") / "criteria.csv").read_text("utf-8")
    return tuple(row["criterion"] for row in csv.DictReader(text.splitlines()))


def propose(
    records: pa.Table, sightings: pa.Table, matches: pa.Table, networks: pa.Table, *, catalogued: bool = False
) -> pa.Table:
    """One row a site of the records; a site none of whose pages could be read is `not-looked`."""
    shown, series = collect(sightings, matches), _series(networks)
    searched = catalogued or apart.units(matches).num_rows > 0
    rows = []
    for site, read in sorted(_looked(records).items()):
        one = shown.get(site) or Shown()
        answers = _answers(one, site in series, searched) if read else _unanswered()
        rows.append(_row(site, one, _level(answers, one) if read else "not-looked", answers))
    return tables.ordered(tables.of_rows(ASSESSMENTS, rows))


def _looked(records: pa.Table) -> dict[str, bool]:
    """Each site, and whether any of its pages was content."""
    looked: dict[str, bool] = {}
    for site, verdict in zip(records["site"].to_pylist(), records["verdict"].to_pylist(), strict=True):
        if site is not None:
            looked[site] = looked.get(site, False) or verdict == CONTENT
    return looked


def _series(networks: pa.Table) -> set[str]:
    """Sites that share a network with another number of the same name."""
    members: dict[str, list[names.Name]] = defaultdict(list)
    for network, site in zip(networks["network"].to_pylist(), networks["site"].to_pylist(), strict=True):
        members[network].append(names.parse(site))
    return {
        one.site for group in members.values() for one in group if any(names.numbered(one, other) for other in group)
    }


def _answers(shown: Shown, in_series: bool, searched: bool) -> dict[str, Answer]:
    services = sorted(set().union(*shown.services.values()))
    return {
        "serves-works": (bool(shown.whole) if searched else None, shown.whole),
        "no-licence": (bool(shown.whole) if shown.whole or shown.licensed else None, shown.whole),
        "offers-service": (bool(services), services),
        "takes-money": (bool(shown.money), shown.money),
        "evades": (bool(shown.announced) or in_series, shown.announced),
    }


def _unanswered() -> dict[str, Answer]:
    return dict.fromkeys(criteria(), (None, ()))


def _level(answers: Mapping[str, Answer], shown: Shown) -> str:
    """How many criteria are met, where the needed ones are; the others alone reach `some` at most, or nothing."""
    met = [name for name, (yes, _) in answers.items() if yes]
    if shown.licensed and not shown.whole:
        return "licensed"
    if not shown.whole:
        return "some" if {"offers-service", "evades"} <= set(met) else "none"
    if len(met) == len(answers):
        return "all"
    return "most" if 2 * len(met) > len(answers) else "some"


def _row(site: str, shown: Shown, level: str, answers: Mapping[str, Answer]) -> Mapping[str, object]:
    kinds = sorted(shown.services.items(), key=lambda item: (-len(item[1]), item[0]))
    return {
        "site": site,
        "service_kind": kinds[0][0] if kinds else None,
        "level": level,
        "criteria": [
            {"criterion": name, "met": answers[name][0], "records": sorted(answers[name][1])[:SHOWN_RECORDS]}
            for name in criteria()
        ],
    }
