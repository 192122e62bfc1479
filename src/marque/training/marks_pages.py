"""Marks on single pages and sites: verdicts, signals, bystanders, works, lawful sites."""

from collections.abc import Iterator
from typing import Any

from marque.training.marks import Mark, Run, marked
from marque.works.entries import COVER
from marque.works.model import MATCH

Truth = dict[str, Any]
_CONTENT = "content"
_OTHER = {"announcement-channel": "ad-sales-contact", "ad-sales-contact": "announcement-channel"}
_ACCUSING = ("all", "most")


def verdicts(truth: Truth, run: Run) -> Iterator[Mark]:
    """Pages that show nothing of a site must not be taken for its content, nor the other way round."""
    told = {(page["uri"], page["time"]): page["verdict"] for page in truth["pages"]}
    closed = {key for key, verdict in told.items() if verdict != _CONTENT}
    found = {key for key in closed if run.verdicts.get(key) == told[key]}
    wrong = {key for key in told if (run.verdicts.get(key, told[key]) == _CONTENT) != (told[key] == _CONTENT)}
    yield marked("verdicts", closed, found, wrong, len(told))


def signals(truth: Truth, run: Run) -> Iterator[Mark]:
    """Planted values, each on its site and in its role.

    Wrong: an advertiser's value taken for the site's own, or the advertising desk for the channel and the reverse.
    """
    planted = {(row["site"], row["kind"], row["value"]): row["role"] for row in truth["signals"]}
    seen = {(row["site"], row["kind"], row["value"], row["role"]) for row in run.rows("sightings")}
    found = {key for key, role in planted.items() if (*key, role) in seen}
    foreign = {key for key, role in planted.items() if role == "advertiser"}
    swapped = {(site, _OTHER[kind], value) for site, kind, value in planted if kind in _OTHER} - planted.keys()
    wrong = {key for key in foreign | swapped if (*key, "site") in seen}
    yield marked("signals", planted, found, wrong, len(foreign) + len(swapped))


def bystanders(truth: Truth, run: Run) -> Iterator[Mark]:
    """People who only commented or gave: seen as bystanders, never as the site's own, never in a link or a flow."""
    values = {(row["site"], row["kind"], row["value"]) for row in truth["bystanders"]}
    sightings = run.rows("sightings")
    held = {(row["site"], row["kind"], row["value"]) for row in sightings if row["role"] == "bystander"}
    own = {(row["site"], row["kind"], row["value"]) for row in sightings if row["role"] != "bystander"} & values
    names = {value for _site, _kind, value in values}
    linked = {reason["value"] for row in run.rows("links") for reason in row["reasons"]} & names
    paid = {name for row in run.rows("flows") for name in (row["payer"], row["intermediary"])} & names
    yield marked("bystanders", values, held, {*own, *linked, *paid}, len(values))


def works(truth: Truth, run: Run) -> Iterator[Mark]:
    """Which unit a page shows, by language of the lettering; and nothing where no catalogued work is.

    A quoted panel is found where it is named at all: "unsure" is a fair answer to so little.
    """
    known = {work["work"] for work in truth["works"] if work["known"]}
    told = {(row["uri"], row["work"], row["unit"]): row for row in truth["servings"]}
    named = {
        (run.pages[row["page"]]["uri"], row["work"], row["unit"]): row["answer"]
        for row in run.rows("matches")
        if row["page"] in run.pages and row["medium"] != COVER
    }
    claimed = {claim for claim, answer in named.items() if answer == MATCH}
    shown = {uri for uri, work, _unit in told if work in known}
    wrong = {claim for claim in claimed if claim not in told}
    for language in sorted({row["language"] for row in told.values()}):
        group = {
            k for k, row in told.items() if k[1] in known and row["part"] == "whole" and row["language"] == language
        }
        uris = {uri for uri, _work, _unit in group}
        yield marked(f"works-{language}", group, claimed, {claim for claim in wrong if claim[0] in uris}, len(uris))
    excerpts = {key for key, row in told.items() if row["part"] == "excerpt"}
    quoted = {uri for uri, _work, _unit in excerpts}
    yield marked("works-excerpt", excerpts, named, {claim for claim in wrong if claim[0] in quoted}, len(quoted))
    others = {page["uri"] for page in truth["pages"] if page["verdict"] == _CONTENT} - shown
    yield marked("works-unknown", (), (), {claim for claim in wrong if claim[0] not in shown}, len(others))


def lawful(truth: Truth, run: Run) -> Iterator[Mark]:
    """Lawful sites: in no network, and not proposed as infringing."""
    sites = {row["site"] for row in truth["sites"] if row["lawful"]}
    mixed = {site for couple in run.together for site in couple} & sites
    accused = {row["site"] for row in run.rows("assessments") if row["level"] in _ACCUSING} & sites
    yield marked("lawful", sites, sites - mixed - accused, mixed | accused, len(sites))


def licensed(truth: Truth, run: Run) -> Iterator[Mark]:
    """The licensed outlet's own pages are named as licensed; nobody else's are."""
    outlets = {row["site"] for row in truth["sites"] if row["part"] in {"licensed-reader", "publisher"}}
    named = {row["site"] for row in run.rows("matches") if row["licensed"] and row["medium"] != COVER}
    readers = {row["site"] for row in truth["sites"] if row["part"] == "licensed-reader"}
    yield marked("licensed", readers, named, named - outlets, len(truth["sites"]) - len(outlets))
