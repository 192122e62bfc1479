"""Who is in the world: operators, single sites and lawful ones, each with the accounts it shows.

A value is drawn for whoever holds it: the operator, one batch of its sites, or one site. That alone decides which
sites truly share it; copies (a cloned page, an id that changed hands) are added afterwards and named.
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from marque.clock import to_microseconds
from marque.training import accounts
from marque.training.dice import LETTERS, Dice
from marque.training.model import Site

DATA = Path(__file__).parent / "data"
DAY = 86_400_000_000
HERO = "solmaru"  # the service that every walk through the demonstration follows
LAST_DAY = 73
CLOSED = ("parked", "login-wall", "challenge")  # parts that show nothing of a site
DROPPED = 12  # of a hundred: how often a site lacks an account its operator shows elsewhere
# What a page copied wholesale carries over from the original; money and chat are the copier's own.
# The agency leaves its address in the foot of every page it builds (templates/agency.html) and its tags in the head.
AGENCY, AGENCY_MAIL = "paperlane", "studio@paperlane.test"
COPIED = ("ga4", "favicon", "onesignal", "recaptcha")


@dataclass(frozen=True, slots=True)
class Operator:
    """One hand behind several sites, and how careful it is."""

    key: str
    alias: str
    habit: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and the moment the story starts."""

    start: int
    operators: tuple[Operator, ...]
    sites: tuple[Site, ...]
    rows: dict[str, dict[str, Any]]

    def site(self, host: str) -> Site:
        """A site by name."""
        return next(site for site in self.sites if site.host == host)


def load(dice: Dice) -> Cast:
    """The cast of a seed."""
    with (DATA / "cast.toml").open("rb") as stream:
        data = tomllib.load(stream)
    start = to_microseconds(datetime.fromisoformat(data["first_day"]).replace(tzinfo=UTC))
    sites = [_site(row, operator, start, dice) for operator in data["operator"] for row in operator["sites"]]
    sites += [_site(row, {}, start, dice) for row in data["single"]]
    sites += [_site(row, {"lawful": True}, start, dice) for row in data["lawful"]]
    operators = [
        Operator(o["key"], o["alias"], o["habit"], tuple(row["host"] for row in o["sites"])) for o in data["operator"]
    ]
    rows = {row["host"]: _settings(row, o) for o in data["operator"] for row in o["sites"]}
    rows |= {row["host"]: row for row in (*data["single"], *data["lawful"])}
    cast = Cast(start, tuple(operators), tuple(sites), rows)
    return replace(cast, sites=tuple(_copied(site, cast, dice) for site in sites))


def _settings(row: dict[str, Any], operator: dict[str, Any]) -> dict[str, Any]:
    return {"advertisers": operator["advertisers"], "seller": operator.get("seller", False), **row}


def _site(row: dict[str, Any], operator: dict[str, Any], start: int, dice: Dice) -> Site:
    key, batch, host = operator.get("key"), row.get("batch", ""), row["host"]
    owners = {slot: f"{key}" for slot in operator.get("shares", ())}
    owners |= {slot: f"{key}-{batch}" for slot in operator.get("batch", ())}
    owners |= {slot: host for slot in (*operator.get("own", ()), *row.get("own", ()), *row.get("apart", ()))}
    for slot in (*row.get("without", ()), *_dropped(row, operator, dice)):
        owners.pop(slot, None)
    days, swept = list(row["days"]), _swept(row, dice)
    days += [LAST_DAY] * swept
    moments = tuple(start + day * DAY + _hour(dice, host, day) for day in days)
    return Site(
        host=host,
        kind=row.get("kind", "reader" if not operator.get("lawful") else row["part"]),
        operator=key,
        languages=(row["language"],),
        brand=row["brand"],
        layout=row.get("layout", "plain"),
        lawful=operator.get("lawful", False),
        visits=moments,
        accounts={slot: account(slot, owner, dice) for slot, owner in sorted(owners.items())},
        until=start + row["until"] * DAY if "until" in row else None,
        part=row.get("part", ""),
        swept=swept,
    )


def _dropped(row: dict[str, Any], operator: dict[str, Any], dice: Dice) -> list[str]:
    """What this site happens not to show: no operator sets up every site alike. The service itself does."""
    if operator.get("key") in {None, HERO}:
        return []
    shared = [slot for slot in operator["shares"] if slot not in row.get("without", ())]
    found = [slot for slot in shared if dice.of("dropped", row["host"], slot).chance(DROPPED)]
    return found if len(found) < len(shared) else found[1:]


def _swept(row: dict[str, Any], dice: Dice) -> bool:
    """Whether somebody looked again at the end: most living sites, not all. Of the others nobody knows."""
    living = "until" not in row and row.get("part", "") not in CLOSED and row["days"][-1] < LAST_DAY - 14
    return living and dice.of("swept", row["host"]).chance(70)


def _hour(dice: Dice, host: str, day: int) -> int:
    return dice.of("hour", host, day).between(2 * 3600, 20 * 3600) * 1_000_000


def _copied(site: Site, cast: Cast, dice: Dice) -> Site:
    row = cast.rows[site.host]
    taken: dict[str, str] = {}
    if "copies" in row:
        original = cast.site(row["copies"]).accounts
        taken = {slot: original[slot] for slot in COPIED if slot in original}
    if row.get("part") in {"agency", "agency-client"}:
        taken = {"gtm": account("gtm", AGENCY, dice)}
    if "takes" in row:
        slot = row["takes"]["slot"]
        taken = {slot: cast.site(row["takes"]["from"]).accounts[slot]}
    return replace(site, accounts={**site.accounts, **taken}) if taken else site


def account(slot: str, owner: str, dice: Dice) -> str:
    """The value an owner has in a slot."""
    own = dice.of("account", slot, owner)
    make, argument = SLOTS[slot]["make"] if slot in SLOTS else ("token", "8")
    name = owner.partition(".")[0].replace("-", "")
    match make:
        case "google" | "wallet" | "iban":
            form = {"google": accounts.google, "iban": lambda d, c: accounts.iban(c, d)}.get(make)
            return form(own, argument) if form else accounts.wallet(argument, own)
        case "number" | "hexadecimal" | "token":
            draw = {"number": accounts.number, "hexadecimal": accounts.hexadecimal, "token": accounts.token}[make]
            return draw(own, int(argument))
        case "publisher" | "identifier":
            return {"publisher": accounts.publisher, "identifier": accounts.identifier}[make](own)
        case "mail":
            return f"{argument or 'contact'}.{name}@post.test"
        case "phone":
            return f"99900{accounts.number(own, 7)}"
        case "recaptcha":
            return f"6L{accounts.token(own, 6)}AAAAA{accounts.token(own, 27)}"
        case "turnstile":
            return f"0x4AAAAAA{accounts.token(own, 14)}"
        case _:
            return f"{name}{argument}{own.text(LETTERS, 6)}"  # six letters of chance: nobody is called so


def _slots() -> dict[str, dict[str, Any]]:
    with (DATA / "slots.toml").open("rb") as stream:
        return tomllib.load(stream)


SLOTS = _slots()
