"""`bench successors`: who followed whom by names and dates alone, on invented worlds and on the operator's own files.

A figure says how often a proposal names what is known to have come before; nothing of who runs the addresses.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from marque.bench.model import Figure
from marque.bench.moves import invented, measures, peer, real
from marque.bench.moves.real import Files
from marque.bench.moves.world import World
from marque.networks import successors
from marque.networks.moves import Seen

SITES, SEED = 2_000, 1
PEERS: tuple[tuple[str, Callable[[tuple[Seen, ...]], measures.Proposed]], ...] = (
    ("brand and dates", lambda rows: peer.propose(rows, True)),
    ("brand alone", lambda rows: peer.propose(rows, False)),
)


def run(sites: int = SITES, seed: int = SEED, files: Files | None = None) -> Iterator[Figure]:
    """One row a figure: invented worlds, and real moves where they are given."""
    for variant in invented.VARIANTS:
        yield from _measured(f"invented, {variant.name}", invented.world(variant, sites, seed))
    if files is not None:
        for case, world in _real(files, seed):
            yield from _measured(f"real, {case}", world)


def files(moves: Path | None, themes: Path | None, hubs: Path | None, decoys: Path | None) -> Files | None:
    """The operator's own files, if there are moves among them."""
    return Files(moves, themes, hubs, decoys) if moves is not None else None


def propose(rows: tuple[Seen, ...]) -> measures.Proposed:
    """What marque proposes."""
    found = (one for one in successors.propose(rows) if successors.likely(one))
    return {one.site: (str(one.predecessor), one.probability) for one in found}


def _real(files: Files, seed: int) -> Iterator[tuple[str, World]]:
    """Moves alone; among sites that never moved; and those of the fullest year among them."""
    moves = real.rows(files.moves)
    service, still = real.services(moves), real.sites(files)
    served = real.hubs(files.hubs) if files.hubs is not None else []
    yield "moves alone", real.world(moves, service)
    yield "moves alone, ends left open", real.world(moves, service, fill=False)
    if not still:
        return
    years = [row["date"][:4] for row in moves]
    fullest = max(sorted(set(years)), key=years.count)
    for name, part in (("all years", moves), (fullest, [row for row in moves if row["date"].startswith(fullest)])):
        yield f"among others, {name}", real.among(part, service, still, seed, served)


def _measured(case: str, world: World) -> Iterator[Figure]:
    for subject, method in (("marque", propose), *PEERS):
        begun = time.process_time()
        found = method(world.rows)
        yield Figure("successors", subject, case, "time", round(time.process_time() - begun, 3), "CPU s")
        for metric, value, unit in measures.rows(world, found):
            yield Figure("successors", subject, case, metric, value, unit)
        if subject == "marque":
            for metric, value, unit in measures.calibration(world, found):
                yield Figure("successors", subject, case, metric, value, unit)
