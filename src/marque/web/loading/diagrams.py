"""Diagrams of money as pages draw them: the places come from `marque.money.diagram`, room for names is made here.

A width without a known amount is a hairline and means nothing; diagrams of different bases are never one picture.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

from marque.money.diagram.layout import NODE_WIDTH
from marque.money.diagram.model import Diagram, Link, Node
from marque.money.diagram.sankey import diagrams
from marque.web.loading.rows import Row

_LINE, _TOP, _SIDE = 16.0, 24.0, 190.0  # a name's height, room for the heads of columns, room for names at the end
_MOST = 400  # links drawn; all of them are in the table below


def rows(flows: pa.Table) -> Iterator[Row]:
    """Every diagram of every network, numbered."""
    number = 0
    for network, found in _by_network(flows):
        for diagram in diagrams(found, network):
            number += 1
            drawn = json.dumps(_drawn(diagram), ensure_ascii=False)
            yield (number, network, diagram.basis, diagram.currency, diagram.period, diagram.measured, drawn)


def _by_network(flows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    known = flows.filter(pc.is_valid(flows["network"])).sort_by("network")
    start = 0
    for network, group in groupby(known["network"].to_pylist()):
        count = sum(1 for _ in group)
        yield str(network), known.slice(start, count)
        start += count


def _drawn(diagram: Diagram) -> Mapping[str, object]:
    """Lines, bars and names in pixels, stretched where a column has more names than fit under each other."""
    count: dict[str, int] = {}
    for node in diagram.nodes:
        count[node.column] = count.get(node.column, 0) + 1
    top, bottom = _span(diagram.nodes)
    room = max(bottom - top, 1.0)
    stretch = max(1.0, max(count.values(), default=1) * _LINE / room)

    def y(value: float) -> float:
        return round(_TOP + (value - top) * stretch, 1)

    bars = _bars(diagram.nodes, y, stretch)
    names = max((float(str(bar["text_y"])) for bar in bars), default=0.0)
    links = sorted(diagram.links, key=lambda link: (-(link.amount or 0), -link.flows))[:_MOST]
    return {
        "width": diagram.width + _SIDE, "height": round(max(_TOP + room * stretch, names) + _LINE, 1),
        "heads": [{"column": column, "x": x} for column, x in _heads(diagram.nodes)],
        "links": [_line(link, diagram.nodes, y, stretch) for link in links],
        "nodes": bars, "left": len(diagram.links) - len(links),
    }  # fmt: skip


def _span(nodes: Sequence[Node]) -> tuple[float, float]:
    return min((node.y for node in nodes), default=0.0), max((node.y + node.height for node in nodes), default=1.0)


def _heads(nodes: Sequence[Node]) -> list[tuple[str, float]]:
    return sorted({(node.column, node.x) for node in nodes}, key=lambda head: head[1])


def _line(link: Link, nodes: Sequence[Node], y: Callable[[float], float], stretch: float) -> Mapping[str, object]:
    source, target = nodes[link.source], nodes[link.target]
    width = round(link.width * stretch, 1) if link.amount is not None else link.width
    x1, x2 = source.x + NODE_WIDTH, target.x
    y1 = round(y(link.source_y) + width / 2, 1)
    y2 = round(y(link.target_y) + width / 2, 1)
    middle = round((x1 + x2) / 2, 1)
    asked = {_ASKED[node.column]: node.name for node in (source, target) if node.column in _ASKED}
    return {
        "d": f"M{x1:.1f} {y1}C{middle} {y1} {middle} {y2} {x2:.1f} {y2}", "width": width,
        "from": source.name, "to": target.name, "flows": link.flows, "amount": link.amount,
        "asked": asked if all(asked.values()) else None,
    }  # fmt: skip


# By which question a page asks for the statements behind a line; a network is asked for by its own page.
_ASKED = {"payer": "payer", "intermediary": "account", "payee": "payee"}


def _bars(nodes: Sequence[Node], y: Callable[[float], float], stretch: float) -> list[Mapping[str, object]]:
    """Bars with their names beside them, no name on another."""
    found: list[Mapping[str, object]] = []
    for column in dict.fromkeys(node.column for node in nodes):
        last = 0.0
        for node in sorted((node for node in nodes if node.column == column), key=lambda node: node.y):
            at = max(y(node.y) + node.height * stretch / 2 + 4, last + _LINE)
            last = at
            found.append({
                "x": node.x, "y": y(node.y), "height": max(round(node.height * stretch, 1), 1.5), "column": column,
                "name": node.name, "folded": node.folded, "amount": node.amount,
                "text_x": node.x + NODE_WIDTH + 5, "text_y": round(at, 1),
            })  # fmt: skip
    return found
