"""The licence gate: nothing that marque needs at run time may be GPL or AGPL."""

import re
from importlib import metadata

import pytest
from packaging.requirements import Requirement

# Licences as they stand in the packages' own metadata. A new wording fails here until a person has read it.
ALLOWED = re.compile(
    r"Apache|MIT|BSD|ISC|HPND|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|Public Domain|0BSD|Zlib",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\bA?GPL|Affero|GNU General Public", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)


def closure(name: str) -> set[str]:
    """Every distribution that `name` needs at run time, itself not counted, optional extras left out."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in metadata.requires(waiting.pop()) or []:
            requirement = Requirement(line)
            wanted = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if wanted and requirement.name.lower() not in found:
                found.add(requirement.name.lower())
                waiting.append(requirement.name)
    return found


def licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    stated = [text.partition("\n")[0] for key in ("License-Expression", "License") for text in about.get_all(key) or []]
    return " | ".join([*stated, *classifiers])


@pytest.mark.parametrize("name", sorted(closure("marque")))
def test_licence_is_one_we_may_ship(name: str) -> None:
    text = licence(name)
    assert not REFUSED.search(LESSER.sub("", text)), text
    assert ALLOWED.search(text), f"{name}: {text!r} is not on the list"


def test_the_gate_refuses_what_it_should() -> None:
    for text in ("GPL-2.0-only", "GNU Affero General Public License v3", "AGPL-3.0"):
        assert REFUSED.search(text), text
