"""Figures, times and addresses as templates show them."""

from datetime import timedelta
from urllib.parse import quote, urlencode

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from marque import clock
from marque.web import figures, legible

register = template.Library()
register.filter("figure_text", figures.figure)
register.filter("grouped", figures.grouped)
register.filter("middle", legible.middle)
register.filter("legible", legible.legible)

_UNITS = (
    (timedelta(days=365), "years"),
    (timedelta(days=1), "days"),
    (timedelta(hours=1), "hours"),
    (timedelta(minutes=1), "minutes"),
)


@register.filter
def figure(probability: float | None) -> SafeString:
    """A probability that keeps its own order in a text from the right."""
    return format_html('<bdi dir="ltr">{}</bdi>', figures.figure(probability))


_CHANCE = (
    '<span class="chance"><b class="word w-{}">{}</b> <span class="num" dir="ltr">{}{}</span> '
    '<svg class="range" viewBox="-1 0 102 10" preserveAspectRatio="none" aria-hidden="true">'
    '<rect class="rail-line" x="0" y="4" width="100" height="2"/>'
    '<rect class="span" x="{}" y="2.5" width="{}" height="5"/>'
    '<rect class="tick" x="{}" y="0" width="1.6" height="10"/></svg>{}</span>'
)


@register.simple_tag(takes_context=True)
def chance(context: Context, value: figures.Chance, basis: bool = True) -> SafeString:
    """Word, figure, range, reasons, and what it was tested on. Put together here: a list draws hundreds of them."""
    say, ends, bar = context["language"].say, value.range, value.bar
    shown = [say("web.range", low=ends[0], high=ends[1])] if ends else []
    said = [say("web.reasons.count", count=value.reasons)] if value.reasons is not None else []
    said += [say("web.synthetic")] if basis else []
    return format_html(
        _CHANCE, value.word, say(f"web.strength.{value.word}"), value.figure,
        format_html_join("", ' <span class="muted">({})</span>', ((each,) for each in shown)),
        bar["x"], bar["width"], bar["tick"],
        format_html_join("", ' <span class="muted">{}</span>', ((each,) for each in said)),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def when(context: Context, value: int | None) -> SafeString:
    """A time as it is read: how long ago, with UTC behind it; print and hover show UTC."""
    if value is None:
        return format_html('<span class="muted">{}</span>', context["language"].say("web.time.unknown"))
    absolute = f"{clock.from_microseconds(value):%Y-%m-%d %H:%M:%S} UTC"
    text = _ago(context, value)
    return format_html(
        '<time datetime="{}" title="{}" data-utc="{}">{}</time>', clock.iso(value), absolute, absolute, text
    )


def _ago(context: Context, value: int) -> str:
    gone = clock.now() - clock.from_microseconds(value)
    if gone < timedelta(0) or gone > timedelta(days=45):
        return f"{clock.from_microseconds(value):%Y-%m-%d}"
    for span, unit in _UNITS:
        if gone >= span:
            return str(context["language"].say(f"web.time.{unit}", count=int(gone / span)))
    return str(context["language"].say("web.time.now"))


@register.filter
def utc(value: int | None) -> str:
    """A time in full, UTC, in its own order also in a text from the right."""
    if value is None:
        return ""
    return format_html('<bdi dir="ltr">{}</bdi>', f"{clock.from_microseconds(value):%Y-%m-%d %H:%M:%S} UTC")


@register.filter
def day(value: int | None) -> str:
    """The day of a time, UTC."""
    return "" if value is None else f"{clock.from_microseconds(value):%Y-%m-%d}"


@register.simple_tag
def to(place: str, name: str = "", /, **query: object) -> str:
    """The address of a page: `{% to "sites" site view="links" %}`. Slashes of a name stay, all else is escaped."""
    path = f"/{place}" + (f"/{quote(name, safe='/:@')}" if name else "")
    wanted = {key: value for key, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(wanted)}" if wanted else path


@register.simple_tag(takes_context=True)
def here(context: Context, **changes: object) -> str:
    """This page's own address with some of its query changed; an empty value takes a part away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"{context['request'].path}?{query.urlencode()}" if query else str(context["request"].path)


@register.simple_tag
def weight(value: int) -> str:
    """A weight in thousandths of a bit with its sign, so that a column can be added up by hand."""
    return f"{value:+,}".replace("-", "−")


@register.filter
def short(digest: str) -> str:
    """The start of a digest or of a record's name, for reading; the whole stands beside it or behind it."""
    head, colon, ordinal = digest.partition(":")
    return f"{head[:12]}{colon}{ordinal}"
