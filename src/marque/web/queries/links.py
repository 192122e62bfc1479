"""Links between sites, declined candidates included; those still to be judged blind stand in no list of either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from marque.errors import MarqueError
from marque.networks.explain import Break, explain
from marque.web.figures import Chance
from marque.web.models import Link
from marque.web.queries import judgements, reasons, runs


@dataclass(frozen=True, slots=True)
class Tie:
    """A link as seen from one of its sites (`other` is the far end), with its chance and its reasons."""

    link: Link
    site: str
    other: str
    reasons: reasons.Reasons

    @property
    def ends(self) -> tuple[str, str]:
        return self.link.site_a, self.link.site_b

    @property
    def chance(self) -> Chance:
        link = self.link
        return Chance(link.probability, link.low, link.high, self.reasons.counted, link.accepted)


def tie(link: Link, site: str | None = None) -> Tie:
    """A link seen from a site (by default its first)."""
    here = site if site in {link.site_a, link.site_b} else link.site_a
    other = link.site_b if here == link.site_a else link.site_a
    return Tie(link, str(here), other, reasons.split(link.reasons, link.score))


def between(one: str, other: str) -> Tie | None:
    """The link of two sites, whichever way round they are named."""
    first, second = sorted((one, other))
    found = Link.objects.filter(site_a=first, site_b=second).first()
    found = found or Link.objects.filter(site_a=second, site_b=first).first()
    return tie(found, one) if found else None


def breaks(link: Link) -> list[Break] | None:
    """What the link would be without each value that counts, worked out as `marque networks explain` does it.

    None where the run's own folder is not at hand, or its model is of another version than this marque.
    """
    run = runs.current()
    folder = Path(settings.WORKSPACE) / "runs" / (run.digest if run else "")
    try:
        return list(explain(folder, link.site_a, link.site_b).breaks)
    except (MarqueError, OSError, LookupError, TypeError, ValueError):
        return None


def open_links(found: Iterable[Link]) -> list[Link]:
    """Without those whose score is hidden: a list of what was accepted or declined would tell it."""
    done = judgements.judged()
    return [link for link in found if not judgements.hidden(link, done)]


def _room(most: int) -> int:
    return 2 * most + 20  # one in five is hidden, so this is enough for `most` that are not


def of_site(site: str, *, accepted: bool, most: int = 5) -> list[Tie]:
    """The strongest links of a site, or the candidates that were declined."""
    ends = [
        link
        for end in ("site_a", "site_b")
        for link in Link.objects.filter(**{end: site}, accepted=accepted).order_by("-score", "id")[: _room(most)]
    ]
    ends.sort(key=lambda link: (-link.score, link.pk))
    return [tie(link, site) for link in open_links(ends)[:most]]


def among(sites: Sequence[str], *, accepted: bool = True, most: int = 600) -> list[Tie]:
    """Links whose two ends are both among some sites, strongest first."""
    found = Link.objects.filter(site_a__in=sites, site_b__in=sites, accepted=accepted).order_by("-score", "id")
    return [tie(link) for link in open_links(found[: _room(most)])[:most]]


def leaving(sites: Sequence[str], most: int = 20) -> list[Tie]:
    """Candidates that were declined and have at least one end among some sites."""
    found: dict[int, Link] = {}
    for end in ("site_a", "site_b"):
        for link in Link.objects.filter(**{f"{end}__in": sites}, accepted=False).order_by("-score", "id")[
            : _room(most)
        ]:
            found[link.pk] = link
    ordered = sorted(found.values(), key=lambda link: (-link.score, link.pk))
    return [tie(link, link.site_a if link.site_a in sites else link.site_b) for link in open_links(ordered)[:most]]
