"""An explanation as JSON lines and as text for people."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from marque import clock
from marque.networks.explain import Explanation
from marque.words import say


def as_json(found: Explanation) -> Iterator[str]:
    """The link first, then one line a reason, then one a value that the link leans on."""
    head = {name: found.row[name] for name in ("site_a", "site_b", "score", "probability", "low", "high", "accepted")}
    yield json.dumps({"row": "link", **head, "prior_origin": found.prior_origin, "tested": found.tested})
    for reason in found.row["reasons"]:
        yield json.dumps(
            {"row": "reason", **{name: _plain(value) for name, value in reason.items()}}, ensure_ascii=False
        )
    for one in found.breaks:
        line = {"row": "without", "kind": one.kind, "value": one.value, "probability": one.probability}
        yield json.dumps(line, ensure_ascii=False)


def _plain(value: object) -> object:
    return clock.iso(clock.to_microseconds(value)) if isinstance(value, datetime) else value


def as_text(found: Explanation) -> Iterator[str]:
    """A table a person can add up by hand."""
    row = found.row
    state = say("networks.accepted" if row["accepted"] else "networks.not-accepted")
    shares = {name: f"{row[name]:.3f}" for name in ("probability", "low", "high")}
    yield say("networks.pair", site_a=row["site_a"], site_b=row["site_b"], state=state, **shares)
    for reason in row["reasons"]:
        yield _line(reason)
    yield f"{row['score']:>8}  {say('networks.sum')}"
    for one in found.breaks:
        yield say("networks.without", kind=one.kind, value=one.value, probability=f"{one.probability:.3f}")
    yield say("networks.tested-on-synthetic")


def _line(reason: Mapping[str, Any]) -> str:
    rarity = say("networks.rarity", sites=reason["sites"], of=reason["of"]) if reason["sites"] else ""
    what = f"{reason['kind']} {reason['value']}".strip()
    return f"{reason['weight']:>8}  {what}{rarity}: {say(reason['why'])}"
