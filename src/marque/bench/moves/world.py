"""A world of sites with dates, and which of them truly followed which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from marque.networks.moves import Seen

RENAMED = "rebrand"


@dataclass(frozen=True, slots=True)
class World:
    """`before`: per site that followed another, those it followed; a site without an entry followed none.

    `service`: what a site was part of; sites of one service are one offer to its readers. `how`: per site that
    followed another, the class of its move. `hubs`: sites that serve many offers and are part of none.
    """

    rows: tuple[Seen, ...]
    before: Mapping[str, frozenset[str]]
    service: Mapping[str, str]
    how: Mapping[str, str]
    hubs: frozenset[str] = field(default=frozenset())

    def same(self, site: str, other: str | None) -> bool:
        """Whether both are known to be one offer."""
        return other is not None and site in self.service and self.service[site] == self.service.get(other)


def joined(world: World, rows: Iterable[Seen], hubs: Iterable[str] = ()) -> World:
    """The world with further sites that followed nobody."""
    return World((*world.rows, *rows), world.before, world.service, world.how, world.hubs | frozenset(hubs))
