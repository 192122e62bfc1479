"""`marque money receipts`: observed, inferred and modelled side by side and never in one sum; losses apart from all."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from marque.cli.money_places import MEMBERS, Traced, lines, named, traced
from marque.cli.shown import safe
from marque.money import amounts, desk, sheet
from marque.money.bases import Range
from marque.money.desk import Brought
from marque.money.estimate import choke, losses, valuation
from marque.money.estimate import receipts as modelling
from marque.money.estimate.receipts import NoFigure, Receipts
from marque.money.estimate.visits import Visits
from marque.money.sellers.lines import whose
from marque.money.sheet import Sheet
from marque.words import say

Fields = dict[str, object]
_FILE = click.Path(path_type=Path)


def tables(found: Traced, given: Mapping[str, Path | None]) -> tuple[Brought, int]:
    """The tables given, else those that are kept; and the exit status that their problems ask for."""
    chosen = {**desk.kept(found.ledger), **{name: path for name, path in given.items() if path is not None}}
    brought = desk.read(chosen)
    return brought, named(brought.problems, brought.unnamed)


@click.command(
    "receipts", epilog="Example:  marque money receipts case-14 --visits visits.csv --prices prices.csv --json"
)
@click.argument("run", metavar="RUN_OR_WORKSPACE", type=click.Path(path_type=Path))
@click.option("--visits", type=_FILE, help="Visits by site and period (CSV); else those kept by `inputs`.")
@click.option("--prices", type=_FILE, help="Pages, slots, fill, CPM (CSV); without any there is no figure.")
@click.option("--donations", type=_FILE, help="What is stated of donations (CSV).")
@click.option("--members", type=click.Choice(sorted(MEMBERS)), default="core", show_default=True, help="Of networks.")
@click.option("--by", type=click.Choice(["network", "site"]), default="network", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of text.")
def receipts(*, run: Path, members: str, by: str, as_json: bool, **given: Path | None) -> int:
    """Gross receipts as P5, P50 and P95: for priority and reports, not for a charge.

    What ledgers show (observed), what somebody states (inferred) and what visits and prices give (modelled) are printed
    apart and never added. docs/reference/money.md lists the columns of the tables.
    """
    found = traced(run)
    brought, status = tables(found, given)
    subjects = found.members(MEMBERS[members]) if by == "network" else {site: [site] for site in found.sites()}
    whole = sheet.of_run(found.flows, found.network_of(), subjects, found.ledger, brought)
    of = members if by == "network" else "site"
    rows = [{**row, "members": of} for row in (*map(_figure, whole.modelled), *_losses(subjects, brought))]
    rows += [*_told(found, whole, brought)]
    if by == "network":
        rows += _shares(found, subjects, brought)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _text(row))
    if not as_json:
        click.echo(say(modelling.LABEL), err=True)
    return status


def _losses(subjects: Mapping[str, list[str]], brought: Brought) -> Iterator[Fields]:
    by_site: dict[str, list[Visits]] = defaultdict(list)
    for row in brought.visits:
        by_site[row.site].append(row)
    for subject, places in subjects.items():
        counted = [row for place in dict.fromkeys(places) for row in by_site.get(place, ())]
        for loss in losses.losses(counted, brought.prices):
            amount = {"whose": loss.whose, "period": loss.period, "unit": loss.unit, **asdict(loss.amount)}
            rate = {"substitution": asdict(loss.substitution), "label": "never added to income"}
            yield {"row": "loss", "subject": subject, **amount, **rate}


def _figure(one: Receipts | NoFigure) -> Fields:
    if isinstance(one, NoFigure):
        return {"row": "no-figure", **asdict(one), "missing": list(one.missing)}
    return {
        "row": "receipts",
        "basis": "modelled",
        "subject": one.subject,
        "period": one.amount.period,
        "currency": one.amount.currency,
        **asdict(one.amount.amount),
        "price_dates": list(one.amount.price_dates),
        "drivers": [{"input": name, "share": share} for name, share in one.drivers],
        "sites": list(one.sites),
        "without": list(one.without),
        "label": say(modelling.LABEL, "en"),
        "inputs": [asdict(price) for price in one.inputs],
        "visits": [asdict(row) for row in one.visits],
    }


def _told(found: Traced, whole: Sheet, brought: Brought) -> Iterator[Fields]:
    """What ledgers show, then what is stated beside them."""
    places = amounts.wallets(found.flows)
    if places and not whole.looked.at_all:
        yield {"row": "no-ledger", "basis": "observed", "wallets": len(places)}
    for row in amounts.observed(whole.looked.rows, places).to_pylist():
        valued = valuation.of(row["mid"], row["currency"], row["period"], brought.prices)
        subject = row["network"] or row["intermediary"]
        yield {"row": "receipts", **row, "subject": subject, "valued": valued and asdict(valued)}
    network = found.network_of()
    for one in whole.stated:
        amount: Range = one.said.amount
        said = {"stated_by": one.said.said_by, "source": one.said.source, "date": one.said.date, "handle": one.handle}
        where = {"subject": network.get(one.site, one.site), "period": one.said.period, "currency": one.said.currency}
        yield {"row": "receipts", "basis": "inferred", **where, **asdict(amount), **said, "records": [one.record]}
    for one in whole.set_aside:
        yield {"row": "set-aside", "subject": one.handle, "period": one.said.period, "records": [one.record]}


def _shares(found: Traced, sites: Mapping[str, list[str]], brought: Brought) -> Iterator[Fields]:
    holders = whose(lines(found))
    for network, members in sites.items():
        for one in choke.shares(found.flows, network, members, brought.visits, brought.prices):
            row = {"row": "share", "basis": "modelled", "subject": network, **asdict(one), **asdict(one.share)}
            row["holder"] = holders.get(one.name, "unknown") if one.level == choke.ACCOUNT else None
            yield {name: value for name, value in row.items() if name not in ("share", "network")}


def _text(row: Fields) -> str:
    """One row for people: lists as words or counts, shares in percent."""
    kind = f"{row['row']}-{row['basis']}" if row["row"] == "receipts" else str(row["row"])
    shown = {name: _words(value) for name, value in row.items()}
    drivers, rate = row.get("drivers"), row.get("substitution")
    if isinstance(drivers, list):
        shown["drivers"] = ", ".join(f"{safe(each['input'])} {each['share']:.0%}" for each in drivers[:3]) or "-"
    valued = row.get("valued")
    shown["valued"] = (
        say("money.valued", **{name: _words(part) for name, part in valued.items()}) if isinstance(valued, dict) else ""
    )
    if isinstance(rate, dict):
        shown["substitution"] = " - ".join(f"{rate[end]:.3g}" for end in ("low", "mid", "high"))
    if row["row"] == "share":
        shown["level"] = say(f"money.level.{row['level']}")
        holder = row["holder"]
        shown["whose"] = ", " + say(f"money.holder.{holder}") if holder else ""
    if row["row"] in ("loss", "no-figure"):
        coded = "whose" if row["row"] == "loss" else "why"
        shown[coded] = say(f"money.{row['row']}.{row[coded]}")
    return say(f"money.row-{kind}", **shown)


def _words(value: object) -> str:
    if isinstance(value, float):
        return f"{float(f'{value:.4g}'):,.10g}"  # four figures, without an exponent
    if isinstance(value, list):
        return (
            ", ".join(safe(str(each)) for each in value[:5]) + (f" (+{len(value) - 5})" if len(value) > 5 else "")
            or "-"
        )
    return "-" if value is None else safe(str(value))
