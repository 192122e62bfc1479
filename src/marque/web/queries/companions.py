"""Two sites of one service: what makes them one offer to their readers, and what speaks against it.

Nothing here says who runs either of them.
"""

from dataclasses import dataclass

from marque.web.models import Match, Service, Site, Successor


@dataclass(frozen=True, slots=True)
class Companions:
    """Both sites with what they have in common: works, languages, and what may have become what."""

    one: Site
    other: Site
    service: str
    works: tuple[int, int, int]  # of the one, of the other, of both
    languages: tuple[str, ...]
    successions: tuple[Successor, ...]

    @property
    def parted(self) -> bool:
        """Whether the run holds them in two networks."""
        return bool(self.one.network and self.other.network and self.one.network != self.other.network)


def companions(a: str, b: str) -> Companions | None:
    """Two sites that the run holds as one service; None where it does not."""
    first, second = sorted((a, b))
    found = Site.objects.in_bulk([first, second])
    homes = dict(Service.objects.filter(site__in=(first, second)).values_list("site", "service"))
    if first == second or len(found) < 2 or homes.get(first) is None or homes.get(first) != homes.get(second):
        return None
    one, other = found[first], found[second]
    carried = [
        set(Match.objects.filter(site=site, answer="match").values_list("work", flat=True)) for site in (first, second)
    ]
    rows = Successor.objects.filter(site__in=(first, second), predecessor__in=(first, second)).order_by("id")
    return Companions(
        one, other, homes[first], (len(carried[0]), len(carried[1]), len(carried[0] & carried[1])),
        tuple(sorted(set(one.languages) & set(other.languages))), tuple(rows[:4]),
    )  # fmt: skip
