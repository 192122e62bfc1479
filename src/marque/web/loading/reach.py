"""Reach and choke points of a run's networks, worked out once and put into the embedded file."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa

from marque.networks import ranking
from marque.networks.ranking import Chokepoint, Reach, World
from marque.web.loading.rows import Row

_UP = "SELECT site FROM web_site WHERE state = 'content'"
_WORKS = "SELECT DISTINCT site, work FROM web_match WHERE answer = 'match' AND licensed IS NOT 1"
_LANGUAGES = "SELECT site, languages FROM web_site WHERE languages <> '[]' AND network IS NOT NULL"
_RANKED = """
UPDATE web_network SET rank = ?, up = ?, works_up = ?, visits_low = ?, visits_high = ?, visits_of = ?
WHERE network = ?"""


def world(connection: sqlite3.Connection) -> World:
    """What the run's other tables say of sites. Nobody has said yet how often they are visited."""
    works: dict[str, set[str]] = defaultdict(set)
    for site, work in connection.execute(_WORKS):
        works[site].add(work)
    languages = {site: json.loads(found) for site, found in connection.execute(_LANGUAGES)}
    return World({site for (site,) in connection.execute(_UP)}, works, languages)


def rank(connection: sqlite3.Connection, networks: pa.Table, known: World) -> None:
    """Give each network its place by reach, and the low ends of its ranges."""
    found = enumerate(ranking.reach(networks, known), start=1)
    connection.executemany(_RANKED, [_ranked(place, row) for place, row in found])


def _ranked(place: int, row: Reach) -> Row:
    visits = row.visits or (None, None)
    return (place, row.sites[0], row.works[0], *visits, row.said, row.network)


def chokepoints(sightings: pa.Table, networks: pa.Table, known: World) -> Iterator[Row]:
    """Choke points by network, those that carry most first."""
    for number, row in enumerate(ranking.chokepoints(sightings, networks, known), start=1):
        yield (number, *_columns(row))


def _columns(row: Chokepoint) -> Row:
    return (
        row.network, row.kind, row.resource, row.owner, row.provider, *row.sites, row.of, *row.works, row.works_of,
        json.dumps(row.languages), row.elsewhere,
    )  # fmt: skip
