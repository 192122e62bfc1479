"""Small files of a catalogue: read with a clear refusal, written whole or not at all."""

import json
import os
from pathlib import Path
from typing import Any

from marque.errors import InputRefused


def write_bytes(path: Path, data: bytes) -> None:
    """Write beside the place, sync, rename."""
    aside = path.with_name(path.name + ".part")
    with aside.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    aside.rename(path)


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object. Raises InputRefused where the file holds something else."""
    try:
        body = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as reason:
        raise InputRefused("works.catalogue-damaged", path=str(path)) from reason
    if not isinstance(body, dict):
        raise InputRefused("works.catalogue-damaged", path=str(path))
    return body
