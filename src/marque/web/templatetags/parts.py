"""Parts of pages that need more than a value: the walk, reach, marks, outlines, and addresses of evidence."""

from collections.abc import Mapping

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from marque.web.legible import middle
from marque.web.loading.names import display, scripts
from marque.web.models import Account, Entry, Network, Sighting, Signal, Successor
from marque.web.queries import evidence, operators, overview
from marque.web.queries.money import READERS
from marque.web.queries.reasons import STEPS, Reason, split
from marque.web.reader import reader
from marque.web.templatetags.figures import to
from marque.web.templatetags.words import sentence, term

register = template.Library()
_NAMING = frozenset({"identity", "payment", "infrastructure"})  # families whose values are names somebody is known by

# Three kinds of no have three signs: hollow (not looked), dash (looked, none), half (could not look).
MARKS = {
    "all": "triangle", "most": "triangle", "some": "half", "none": "dash", "licensed": "tick", "not-looked": "hollow",
    "content": "tick", "redirect": "next", "challenge": "half", "parked": "half", "seizure-banner": "octagon",
    "login-wall": "half", "error": "octagon", "blocked": "half", "": "hollow",
}  # fmt: skip


@register.simple_tag
def mark(value: str | None) -> str:
    """The sign that goes with a level or a verdict, so that colour is never the only one."""
    return MARKS.get(value or "", "hollow")


@register.simple_tag(takes_context=True)
def reach(context: Context, network: Network) -> SafeString:
    """Reach as a range: from the sites of the core that stood at their last capture to core and halo together."""
    low, high = network.up, network.core + network.halo
    language = context["language"]
    text = language.say("web.reach.range", low=low, high=high) if high > low else language.say("web.reach.one", low=low)
    width = 100 * low / max(high, 1)
    return format_html(
        '<span class="reach"><svg class="range" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail-line" x="0" y="4" width="100" height="2"/>'
        '<rect class="span" x="0" y="2.5" width="{}" height="5"/>'
        '<rect class="tick" x="98" y="0" width="2" height="10"/></svg> <span class="num">{}</span></span>',
        f"{width:.0f}",
        text,
    )


@register.simple_tag(takes_context=True)
def carries(context: Context, low: int, high: int, of: int) -> SafeString:
    """How many of a network's sites stand on something: those up now, to all that ever did, drawn against them all."""
    language = context["language"]
    low_text = language.say("web.chokepoints.range", low=low, high=high, of=of)
    text = low_text if high > low else language.say("web.chokepoints.one", high=high, of=of)
    return format_html(
        '<span class="reach"><svg class="range" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail-line" x="0" y="4" width="100" height="2"/>'
        '<rect class="ever" x="0" y="2.5" width="{}" height="5"/>'
        '<rect class="span" x="0" y="2.5" width="{}" height="5"/>'
        '</svg> <span class="num">{}</span></span>',
        f"{100 * high / max(of, 1):.0f}",
        f"{100 * low / max(of, 1):.0f}",
        text,
    )


@register.simple_tag(takes_context=True)
def from_to(context: Context, low: int, high: int, of: int) -> str:
    """A range of counts out of all there are."""
    language = context["language"]
    if high == low:
        return str(language.say("web.count.of", count=high, of=of))
    return str(language.say("web.range.of", low=low, high=high, of=of))


@register.simple_tag(takes_context=True)
def account_doubt(context: Context, account: Account, code: str) -> str:
    """What speaks against an account's being the operator's own, with its figures."""
    return str(sentence(context, code, operators.doubt(account)))


@register.simple_tag
def odd_letters(signal: Signal) -> str:
    """What is odd about the letters of a handle, an address or a host; "" for other values, which may mix."""
    return scripts(display(signal.value)) if signal.family in _NAMING else ""


@register.simple_tag(takes_context=True)
def risk(context: Context, value: str) -> str:
    """What a visitor risks, in words; "" where there are none for it and the value has to speak for itself."""
    kind = value.partition(":")[0]
    words = str(term(context, "risk", kind))
    return "" if words == kind else words


@register.simple_tag(takes_context=True)
def payer_name(context: Context, name: str | None) -> str:
    """Who pays: a name as it was found, or the readers of a site, who have none."""
    return str(context["language"].say("web.money.readers")) if name == READERS else middle(name or "?", 40)


@register.simple_tag(takes_context=True)
def line_name(context: Context, link: Mapping[str, object]) -> str:
    """What a line of a diagram joins, and how many statements stand behind it."""
    ends = [payer_name(context, str(link[end] or "")) for end in ("from", "to")]
    return str(context["language"].say("web.diagram.line", source=ends[0], target=ends[1], count=link["flows"]))


@register.filter
def grounds(row: Successor) -> list[str]:
    """What a succession rests on most, as codes: at most three."""
    return list(dict.fromkeys(reason.why for reason in split(row.reasons).pro if reason.why))[:3]


@register.inclusion_tag("parts/walk.html", takes_context=True)
def walk(context: Context) -> dict[str, object]:
    """The first minute: where the reader stands in it, and the one button that leads on."""
    request = context.get("request")
    if request is None or not reader(request).walk:
        return {}
    step = 1 if request.path == "/" else _step(request.GET.get("step", ""))
    steps = overview.walk() if step and context.get("run") else None
    if steps is None or step is None:
        return {}
    addresses = (
        (1, "/"),
        (2, to("sites", steps.site.site, step=2)),
        (3, to("networks", steps.network.network, view="graph", step=3)),
        (4, address_of(steps.sighting) + "&step=4"),
    )
    return {
        "steps": steps, "step": step, "next": step + 1, "addresses": addresses, "language": context["language"],
        "request": request,
    }  # fmt: skip


def _step(text: str) -> int | None:
    return int(text) if text in {"2", "3", "4"} else None


@register.simple_tag(takes_context=True)
def failure_advice(context: Context, code: str) -> str:
    """What to do about a failure."""
    return str(context["language"].say(f"{code}.advice"))


@register.simple_tag
def chosen(wanted: Mapping[str, str], name: str, value: str) -> SafeString:
    """The attribute of the option that the address asks for."""
    return mark_safe(" selected" if wanted.get(name) == value else "")  # noqa: S308  two words of our own


@register.simple_tag(takes_context=True)
def filter_word(context: Context, name: str, value: str) -> str:
    """The word for a filter's value."""
    groups = {"level": "level", "state": "verdict", "service_kind": "service-kind"}
    return str(term(context, groups.get(name, name), value))


@register.simple_tag(takes_context=True)
def criterion(context: Context, code: str) -> str:
    """What a criterion asks; the bare code where there is no word for it."""
    return str(term(context, "criterion", code))


@register.simple_tag(takes_context=True)
def reason_name(context: Context, reason: Reason) -> str:
    """What a row of a sum is called: the kind of evidence, or the step."""
    return str(sentence(context, reason.why) if reason.kind in STEPS else term(context, "kind", reason.kind))


@register.simple_tag(takes_context=True)
def problem_words(context: Context, problem: Mapping[str, object]) -> str:
    """A problem of a record as a sentence."""
    found = problem.get("params")
    rows = found if isinstance(found, list) else []
    params = {str(row.get("name")): str(row.get("value")) for row in rows if isinstance(row, dict)}
    offset = problem.get("offset")
    if offset is not None:
        params.setdefault("offset", str(offset))
    return str(sentence(context, str(problem.get("code") or ""), params))


def address_of(seen: Sighting) -> str:
    """Where the bytes of a sighting are shown."""
    query = {"start": seen.start, "end": seen.end, "kind": seen.kind}
    if seen.part != "payload":
        query["part"] = seen.part
    return str(to("records", seen.record, **query))


@register.simple_tag
def sighting_of(seen: Sighting) -> str:
    """The address of a sighting's bytes."""
    return address_of(seen)


@register.simple_tag
def sighting_address(signal: Signal) -> str:
    """The address of the first bytes of a signal."""
    seen = signal.seen or Sighting.objects.filter(pk=signal.sighting).first()
    return address_of(seen) if seen else ""


@register.simple_tag
def first_sighting(site: str, reason: Reason) -> str:
    """The address of the first bytes of a reason's value on a site, "" where the run does not hold them."""
    seen = evidence.first(site, reason.kind, reason.value)
    return address_of(seen) if seen and seen.role != "bystander" else ""


@register.simple_tag
def hit_address(entry: Entry) -> str:
    """Where a search hit leads."""
    if entry.field == "signal":
        return str(to("signals", kind=entry.key, value=entry.text))
    places = {"site": "sites", "work": "works", "network": "networks", "service": "sites"}
    return str(to(places[entry.field], entry.key))


@register.simple_tag
def citation(record: object, span: tuple[int, int] | None, part: str) -> str:
    """What is pasted into a report: enough for anyone to find the same bytes again."""
    name, digest = getattr(record, "record", ""), getattr(record, "payload_digest", "")
    where = f", {part} bytes {span[0]} to {span[1]}" if span else ""
    return f"record {name}{where}, payload SHA-256 {digest}, {getattr(record, 'uri', '')}"
