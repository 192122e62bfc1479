"""The one thing that is written from a page: a person's judgement on a pair, with its reason."""

from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from marque import clock
from marque.errors import MarqueError
from marque.web.judging import ledger
from marque.web.judging.model import KINDS, LINK, WORDS, Judgement
from marque.web.models import Link, Successor
from marque.web.queries import judgements, runs
from marque.web.views import failures, pairs


@csrf_protect
def give(request: HttpRequest) -> HttpResponse:
    """Keep a judgement and show the pair again, now with its score."""
    kind, a, b, word, reason = (request.POST.get(name, "") for name in ("kind", "a", "b", "judgement", "reason"))
    if kind not in KINDS:
        raise Http404
    wrong = _wrong(word, reason.strip())
    if wrong:
        return (pairs.link_of if kind == LINK else pairs.succession_of)(request, a, b, wrong)
    try:
        ledger.add(Path(settings.WORKSPACE), _judgement(kind, a, b, word, reason.strip()))
    except MarqueError as failure:
        return failures.refused(request, failure)
    return _back(kind, a, b)


def _wrong(word: str, reason: str) -> str:
    """Why a judgement is not taken; "" where it is."""
    if word not in WORDS:
        return "word"
    return "reason" if not reason else "long" if len(reason) > pairs.LONGEST else ""


def _judgement(kind: str, a: str, b: str, word: str, reason: str) -> Judgement:
    """The judgement as it is kept. Blind and sampled are the run's say, never the form's."""
    run = runs.current()
    blind = sampled = False
    if kind == LINK:
        a, b = sorted((a, b))
        link = Link.objects.filter(site_a=a, site_b=b).first()
        if link is None:
            raise Http404
        blind, sampled = link.blind, link.sampled
    elif not Successor.objects.filter(predecessor=a, site=b).exists():
        raise Http404
    now = clock.to_microseconds(clock.now())
    return Judgement(kind, a, b, word, now, blind, sampled, judgements.BY, reason, run.digest if run else "")


def _back(kind: str, a: str, b: str) -> HttpResponse:
    query = {"a": a, "b": b} if kind == LINK else {"predecessor": a, "site": b}
    place = "/links" if kind == LINK else "/successions"
    return HttpResponse(status=303, headers={"Location": f"{place}?{urlencode(query)}"})
