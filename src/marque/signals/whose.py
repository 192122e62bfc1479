"""Whose sighting is it: the site's, an advertiser's, or that of somebody who only passed by.

A sighting belongs to the site of its page. Three places say otherwise. Other people's words on the page (comments,
forum posts, donor lists, widgets) are bystanders'. So is a foreign document inside the page, such as an embedded
player: its ids are its own. So is a library that a vendor serves to everybody: an advertising network's own analytics
id in its own script says nothing about the page that loads it. A vendor's script counts for the site only where its
address carries an id of the site's own (a tag container, for instance): then it was made for that customer. A script
on any other host counts for the page's site, because operators keep scripts for their sites on hosts of their own.
"""

from functools import cache

import re2

from marque.evidence.sites import site_of
from marque.signals.hits import ADVERTISER, BYSTANDER, SITE
from marque.signals.kinds import families
from marque.signals.rows import records
from marque.signals.subject import Subject

# Families whose signals name somebody; what describes the page or its servers is the site's wherever it stands.
# An id in a vendor's script address: the script was made for that customer.
_KEYED = re2.compile(r"\b(?:GTM|GT?|UA|AW|DC)-[A-Z0-9-]{4,16}\b|\bpub-[0-9]{14,16}\b|hm\.js\?[0-9a-f]{32}")
_NAMING = frozenset({"identity", "money", "payment"})


@cache
def _naming() -> frozenset[str]:
    return frozenset(kind for kind, family in families().items() if family in _NAMING)


@cache
def _shared_hosts() -> frozenset[str]:
    return frozenset(line["domain"] for line in records("shared_hosts"))


def shared(host: str | None) -> bool:
    """Whether a host serves the same files to everybody's pages: a vendor's or a public library's."""
    labels = (host or "").split(".")
    return any(".".join(labels[at:]) in _shared_hosts() for at in range(len(labels)))


def foreign(subject: Subject) -> bool:
    """Whether the payload is a third party's own: nothing in it is the page's site's."""
    record = subject.record
    if subject.top or record.host is None or site_of(record.uri) == record.site:
        return False
    return subject.html or (shared(record.host) and not _KEYED.search(record.uri))


def role_at(subject: Subject, kind: str, part: str, start: int) -> str:
    """The role of a hit that its extractor says nothing of: what its place in the page tells."""
    if kind not in _naming() or part != "payload":
        return SITE
    if subject.regions.holds(start):
        return BYSTANDER
    return ADVERTISER if subject.banners.holds(start) else SITE
