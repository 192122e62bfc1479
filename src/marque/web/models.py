"""What the pages read: one run's tables in an embedded SQLite file that can be deleted and made again.

No row here is a decision of a person, and none outlives its run. Times are UTC microseconds, null when unknown.
Columns repeat what a list shows, so that a page of a list is one index walk and never a count or a join.
"""

from django.db import models


class Run(models.Model):
    """The run on show: its digest, its figures, and what its model was tested on."""

    digest = models.TextField(primary_key=True)
    figures = models.JSONField()
    model = models.JSONField()


class Capture(models.Model):
    """One sealed capture, as its records show it."""

    digest = models.TextField(primary_key=True)
    records = models.IntegerField()
    problems = models.IntegerField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)


class Record(models.Model):
    """One HTTP exchange and where its bytes stand."""

    record = models.TextField(primary_key=True)
    capture = models.TextField(db_index=True)
    ordinal = models.IntegerField()
    page = models.TextField(null=True)
    source = models.TextField()
    uri = models.TextField()
    site = models.TextField(null=True)
    host = models.TextField(null=True)
    time = models.BigIntegerField(null=True)
    status = models.IntegerField(null=True)
    media_type = models.TextField()
    payload_digest = models.TextField()
    locator = models.JSONField()
    verdict = models.TextField()
    problems = models.JSONField()
    known = models.BooleanField()  # a picture in which pictures of a catalogued work were found

    class Meta:
        indexes = (
            models.Index(fields=("site", "time", "record"), name="record_site"),
            models.Index(fields=("payload_digest",), name="record_payload"),
        )


class Sighting(models.Model):
    """One signal seen once. The value of a bystander is not here: it is masked before it is stored."""

    id = models.IntegerField(primary_key=True)
    site = models.TextField(null=True)
    host = models.TextField(null=True)
    page = models.TextField(null=True)
    kind = models.TextField()
    family = models.TextField()
    value = models.TextField()
    role = models.TextField()
    record = models.TextField()
    part = models.TextField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    extractor = models.TextField()
    version = models.IntegerField()
    time = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("site", "kind", "value", "role", "id"), name="sighting_signal"),
            models.Index(fields=("kind", "value", "id"), name="sighting_value"),
            models.Index(fields=("record", "start"), name="sighting_record"),
        )


class Signal(models.Model):
    """One value on one site: how often, since when, and on how many sites of the run it stands."""

    id = models.IntegerField(primary_key=True)
    site = models.TextField()
    kind = models.TextField()
    family = models.TextField()
    value = models.TextField()
    role = models.TextField()
    count = models.IntegerField()
    sites = models.IntegerField()
    seen: "Sighting | None" = None  # the first sighting, once it was asked for
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    sighting = models.IntegerField()

    class Meta:
        indexes = (
            models.Index(fields=("site", "family", "sites", "id"), name="signal_site"),
            models.Index(fields=("kind", "value", "site"), name="signal_value"),
        )


class Site(models.Model):
    """One site with what a row of the list shows."""

    site = models.TextField(primary_key=True)
    display = models.TextField()
    scripts = models.TextField()  # scripts of a mixed-script name, "" for a plain one
    service_kind = models.TextField(null=True)
    level = models.TextField(db_index=True)
    criteria = models.JSONField()
    network = models.TextField(null=True, db_index=True)
    service = models.TextField(null=True, db_index=True)
    state = models.TextField(db_index=True)
    languages = models.JSONField()  # of its pages, as they look and as they say
    works = models.IntegerField()
    licensed = models.IntegerField()
    signals = models.IntegerField()
    links = models.IntegerField()
    records = models.IntegerField()
    captures = models.IntegerField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    latest = models.BigIntegerField()  # `last`, or -1 where unknown: what a list is sorted by

    class Meta:
        indexes = (
            models.Index(fields=("-works", "site"), name="site_works"),
            models.Index(fields=("-signals", "site"), name="site_signals"),
            models.Index(fields=("-links", "site"), name="site_links"),
            models.Index(fields=("-latest", "site"), name="site_latest"),
        )


class Link(models.Model):
    """Two sites with every reason for and against; a rejected candidate is kept and says so."""

    id = models.IntegerField(primary_key=True)
    site_a = models.TextField()
    site_b = models.TextField()
    score = models.BigIntegerField()
    probability = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    accepted = models.BooleanField()
    reasons = models.JSONField()
    turn = models.BigIntegerField()  # its place by digest: says whether it is judged blind, and when it is asked
    blind = models.BooleanField()
    sampled = models.BooleanField()  # asked over the whole score range, so that its judgement may calibrate

    class Meta:
        indexes = (
            models.Index(fields=("sampled", "turn", "id"), name="link_sampled"),
            models.Index(fields=("site_a", "-score", "id"), name="link_a"),
            models.Index(fields=("site_b", "-score", "id"), name="link_b"),
            models.Index(fields=("accepted", "-score", "id"), name="link_score"),
        )


class Network(models.Model):
    """One network with what a row of the list shows."""

    network = models.TextField(primary_key=True)
    lead = models.TextField()  # the member with the most links: what people know the network by
    core = models.IntegerField()
    halo = models.IntegerField()
    works = models.IntegerField()
    languages = models.JSONField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    alarm = models.BooleanField()
    rank = models.IntegerField(db_default=0)  # by reach: see `marque.networks.ranking`
    up = models.IntegerField(db_default=0)  # sites of the core whose last page captured was content
    works_up = models.IntegerField(db_default=0)  # works on those
    visits_low = models.BigIntegerField(null=True)
    visits_high = models.BigIntegerField(null=True)
    visits_of = models.IntegerField(db_default=0)  # of how many sites somebody says how often they are visited

    class Meta:
        indexes = (models.Index(fields=("rank", "network"), name="network_rank"),)


class Member(models.Model):
    """One site's place in one network, and where the picture draws it."""

    id = models.IntegerField(primary_key=True)
    network = models.TextField()
    site = models.TextField(db_index=True)
    role = models.TextField()
    membership = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    weakest_bridge = models.TextField(null=True)
    alarm = models.BooleanField()  # its network is larger than one operator's usually are
    x = models.FloatField()
    y = models.FloatField()

    class Meta:
        indexes = (models.Index(fields=("network", "-membership", "site"), name="member_network"),)


class Account(models.Model):
    """One account or alias that stands on sites of a network. An account is not a person."""

    id = models.IntegerField(primary_key=True)
    network = models.TextField()
    kind = models.TextField()
    value = models.TextField()
    account = models.TextField()
    family = models.TextField()
    sites = models.IntegerField()
    core = models.IntegerField()
    of = models.IntegerField()
    core_of = models.IntegerField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    records = models.JSONField()
    outside = models.IntegerField()
    abroad = models.JSONField()  # other networks on whose sites it stands
    rivals = models.IntegerField()
    doubts = models.JSONField()
    alias = models.IntegerField()  # accounts of one number stand on sites they have in common

    class Meta:
        indexes = (models.Index(fields=("network", "alias", "id"), name="account_network"),)


class Chokepoint(models.Model):
    """One resource that sites of a network share, and what would go with it, as ranges."""

    id = models.IntegerField(primary_key=True)
    network = models.TextField(db_index=True)
    kind = models.TextField()
    resource = models.TextField()
    owner = models.TextField()
    provider = models.TextField()
    low = models.IntegerField()
    high = models.IntegerField()
    of = models.IntegerField()
    works_low = models.IntegerField()
    works_high = models.IntegerField()
    works_of = models.IntegerField()
    languages = models.JSONField()
    elsewhere = models.IntegerField()


class Service(models.Model):
    """One site in the life of one service."""

    id = models.IntegerField(primary_key=True)
    service = models.TextField(db_index=True)
    site = models.TextField(db_index=True)
    role = models.TextField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)


class Offer(models.Model):
    """One service as a list shows it: the site that stands for it, and how many carried it."""

    service = models.TextField(primary_key=True)
    lead = models.TextField()
    sites = models.IntegerField()
    former = models.IntegerField()
    mirrors = models.IntegerField()
    works = models.IntegerField()
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("-sites", "-works", "service"), name="offer_sites"),)


class Successor(models.Model):
    """One site that may have followed another."""

    id = models.IntegerField(primary_key=True)
    site = models.TextField(db_index=True)
    predecessor = models.TextField(null=True, db_index=True)
    probability = models.FloatField(null=True)
    reasons = models.JSONField()
    impostor = models.BooleanField(null=True)


class Work(models.Model):
    """One work of the catalogue, or one that matches name without a catalogue at hand."""

    work = models.TextField(primary_key=True)
    title = models.TextField()
    titles = models.JSONField()
    holder = models.TextField()
    sites = models.IntegerField()
    units = models.IntegerField()
    languages = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=("-sites", "work"), name="work_sites"),)


class Match(models.Model):
    """One page on which pictures, sound or text of one unit were found (or possibly found)."""

    id = models.IntegerField(primary_key=True)
    site = models.TextField()
    work = models.TextField()
    unit = models.TextField()
    language = models.TextField(null=True)
    page = models.TextField(null=True)
    score = models.FloatField(null=True)
    answer = models.TextField()
    licensed = models.BooleanField(null=True)
    mirrored = models.BooleanField(null=True)
    medium = models.TextField()
    titled = models.TextField(null=True)
    pieces = models.JSONField()

    class Meta:
        indexes = (
            models.Index(fields=("work", "site", "unit", "id"), name="match_work"),
            models.Index(fields=("site", "work", "id"), name="match_site"),
        )


class Cover(models.Model):
    """On how many pages a site shows a cover of a work. Nothing else is made of it: lawful sites show covers too."""

    id = models.IntegerField(primary_key=True)
    site = models.TextField(db_index=True)
    work = models.TextField(db_index=True)
    pages = models.IntegerField()


class Flow(models.Model):
    """Who pays whom, as far as the signals say."""

    id = models.IntegerField(primary_key=True)
    payer = models.TextField(null=True)
    intermediary = models.TextField(null=True)
    payee = models.TextField(null=True, db_index=True)
    network = models.TextField(null=True, db_index=True)
    low = models.FloatField(null=True)
    mid = models.FloatField(null=True)
    high = models.FloatField(null=True)
    currency = models.TextField(null=True)
    period = models.TextField(null=True)
    basis = models.TextField()
    records = models.JSONField()


class Diagram(models.Model):
    """Flows of one network, basis, currency and period as a picture."""

    id = models.IntegerField(primary_key=True)
    network = models.TextField(db_index=True)
    basis = models.TextField()
    currency = models.TextField(null=True)
    period = models.TextField(null=True)
    measured = models.BooleanField()
    drawn = models.JSONField()


class Entry(models.Model):
    """One thing that search can find: which field, what it says, and where it leads.

    Ids rise in the order in which fields are shown, so that one walk over the index is already in order.
    """

    id = models.IntegerField(primary_key=True)
    field = models.TextField()
    text = models.TextField()
    folded = models.TextField()
    key = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=("folded", "field"), name="entry_folded"),
            models.Index(fields=("field", "id"), name="entry_field"),
        )


TABLES: tuple[type[models.Model], ...] = (
    Run, Capture, Record, Sighting, Signal, Site, Link, Network, Member, Account, Chokepoint, Service, Offer, Successor,
    Work, Match, Cover, Flow, Diagram, Entry,
)  # fmt: skip
