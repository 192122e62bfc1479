"""The kinds of signals and their families, from `data/kinds.csv`."""

from functools import cache

from marque.signals.rows import records


@cache
def families() -> dict[str, str]:
    """Kind to family."""
    return {line["kind"]: line["family"] for line in records("kinds")}


def reference() -> str:
    """The kinds as the table of the reference manual."""
    lines = ["| kind | family | canonical value | what it does not prove |", "|---|---|---|---|"]
    for line in sorted(records("kinds"), key=lambda line: (line["family"], line["kind"])):
        lines.append(f"| `{line['kind']}` | {line['family']} | {line['value']} | {line['proves_not']} |")
    return "\n".join(lines) + "\n"
