"""Services: one offer as its readers know it, in the sites that carried it one after the other or side by side.

A service is named by its oldest address when it is first seen, and keeps the name. It says that readers would take
these for the same offer, not who runs them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import pyarrow as pa

from marque import clock
from marque.networks import following, held, moves, names, service_names, successors
from marque.networks.following import Facts
from marque.networks.groups import Groups
from marque.networks.judgements import NOT_SAME, SAME, Pair
from marque.networks.model import SERVICES
from marque.networks.successors import Successor

ALIKE = 2900  # what two names must say for two linked sites to be mirrors


def table(
    facts: Mapping[str, Facts],
    links: pa.Table,
    networks: pa.Table,
    found: Sequence[Successor],
    judged: Mapping[Pair, int] | None = None,
    previous: pa.Table | None = None,
) -> pa.Table:
    """The `services` table: every site of a network or of a chain, each in one service.

    `judged`: what analysts said of pairs (SAME or NOT_SAME). It holds: two sites that one parted share no service,
    whatever chain leads from one to the other; taken back, it leaves no trace. `previous`: the services of the run that
    this one replaces, whose names stay.
    """
    chain = {one.site: str(one.predecessor) for one in found if successors.likely(one) and _follows(one)}
    judged = judged or {}
    told = {site for pair, verdict in judged.items() if verdict == SAME for site in pair}
    sites = sorted({*networks["site"].to_pylist(), *chain, *chain.values(), *told} & set(facts))
    number = {site: place for place, site in enumerate(sites)}
    same, parted = ([pair for pair in sorted(judged) if judged[pair] == word] for word in (SAME, NOT_SAME))
    groups = Groups(len(sites), [(number[a], number[b]) for a, b in parted if a in number and b in number])
    for a, b in (*same, *sorted(chain.items()), *_mirrors(facts, links)):
        if a in number and b in number:
            groups.join(number[a], number[b])
    sets: dict[int, list[str]] = defaultdict(list)
    for site in sites:
        sets[groups.root(number[site])].append(site)
    members = list(sets.values())
    oldest = [min(those, key=lambda site: (facts[site].first or 0, site)) for those in members]
    given = service_names.named(members, oldest, previous)
    rows = [row for name, those in zip(given, members, strict=True) for row in _rows(name, those, facts, set(chain))]
    rows.sort(key=lambda row: (str(row["service"]), str(row["site"])))
    return pa.Table.from_pylist(rows, schema=SERVICES)


def _follows(one: Successor) -> bool:
    """Whether it is no impostor, or an analyst said that it follows all the same."""
    return not following.impostor(one) or any(step.kind == held.JUDGED for step in one.steps)


def _mirrors(facts: Mapping[str, Facts], links: pa.Table) -> list[tuple[str, str]]:
    """Accepted links between sites of one brand and one language."""
    accepted = links.filter(links["accepted"])
    found = []
    for a, b in zip(accepted["site_a"].to_pylist(), accepted["site_b"].to_pylist(), strict=True):
        weight, _ = moves.likeness(names.parse(a), names.parse(b))
        one, other = facts[a].languages, facts[b].languages
        if weight >= ALIKE and (not one or not other or one & other):
            found.append((a, b))
    return found


def _rows(
    service: str, members: Sequence[str], facts: Mapping[str, Facts], following_sites: set[str]
) -> list[dict[str, object]]:
    # A site is over only where something shows that it ended; one that was followed and may still stand is a mirror.
    over = {site for site in members if facts[site].ended}
    alive = [site for site in members if site not in over]
    # Of several that stand, those that a chain led to are the current ones; the rest stand beside them.
    led = [site for site in alive if site in following_sites] or _latest(alive, facts)
    rows: list[dict[str, object]] = []
    for site in members:
        role = "former" if site in over else "current" if site in led else "mirror"
        one = facts[site]
        rows.append({"service": service, "site": site, "role": role, "from": _time(one.first), "to": _time(one.last)})
    return rows


def _latest(sites: Sequence[str], facts: Mapping[str, Facts]) -> list[str]:
    return [max(sites, key=lambda site: (facts[site].last or 0, site))] if sites else []


def _time(moment: int | None) -> datetime | None:
    return None if moment is None else clock.from_microseconds(moment)
