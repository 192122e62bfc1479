"""Works side by side, and what they are called: a title in the reader's language first, the others beside it."""

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from marque.web.figures import grouped
from marque.web.legible import cut, legible
from marque.web.loading.titles import chosen
from marque.web.models import Work
from marque.web.queries.beside import Piece
from marque.web.templatetags.figures import to
from marque.works.entries import TEXT

register = template.Library()

_LONGEST = 120
_OTHERS = 3
_WIDTH = 720


@register.simple_tag(takes_context=True)
def title(context: Context, work: Work) -> str:
    """What a work is called, for a reader of this language, as plain text."""
    return cut(legible(_chosen(context, work)[1]), _LONGEST)


@register.simple_tag(takes_context=True)
def titled(context: Context, work: Work) -> SafeString:
    """The same with the language it is in, so that its letters are drawn as that language draws them."""
    tag, text = _chosen(context, work)
    whole = legible(text)
    if len(whole) <= _LONGEST:
        return format_html('<bdi lang="{}">{}</bdi>', tag, whole)
    return format_html('<bdi lang="{}" title="{}">{}</bdi>', tag, cut(whole, 2_000), cut(whole, _LONGEST))


@register.simple_tag(takes_context=True)
def other_titles(context: Context, work: Work) -> SafeString:
    """A work's titles beside the one a list shows, each in its own script."""
    shown = _chosen(context, work)[1]
    others = [(key, cut(legible(text), 60)) for key, text in sorted(work.titles.items()) if text != shown]
    return format_html_join("", ' <bdi class="muted small" lang="{}">{}</bdi>', others[:_OTHERS])


@register.simple_tag(takes_context=True)
def titles(context: Context, work: Work) -> list[tuple[str, str]]:
    """All titles but the one at the top of the page, by language."""
    shown = _chosen(context, work)[1]
    return [(key, cut(legible(text), 400)) for key, text in sorted(work.titles.items()) if text != shown][:40]


def _chosen(context: Context, work: Work) -> tuple[str, str]:
    return chosen(work.titles, context["language"].tag) or ("", work.work)


@register.simple_tag
def crop(piece: Piece) -> str:
    """The address of the captured picture's part that shows a piece."""
    box = piece.crop
    return str(to("pictures", piece.name, x=box.x, y=box.y, w=box.w, h=box.h, width=_WIDTH))


@register.simple_tag
def place(value: float, medium: str) -> str:
    """A place in a text (characters) or in sound and film (hours, minutes, seconds)."""
    if medium == TEXT:
        return grouped(int(value))
    minutes, seconds = divmod(int(value), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


@register.simple_tag(takes_context=True)
def unit_of(context: Context, medium: str) -> str:
    """What the places of a medium count."""
    return str(context["language"].say("web.stretches.in-text" if medium == TEXT else "web.stretches.in-time"))


@register.simple_tag
def turned(piece: Piece) -> str:
    """How far a mirrored piece is moved so that, turned round, it stands in its own place again."""
    return str(2 * piece.place.x + piece.place.w)
