"""The one thing that is written from a page: a person's judgement on a pair, with its reason."""

from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect

from marque import clock
from marque.errors import MarqueError
from marque.web.judging import ledger
from marque.web.judging.model import LINK, SERVICE, SUCCESSOR, WORDS, Judgement
from marque.web.models import Link, Successor
from marque.web.queries import companions, judgements, runs
from marque.web.views import failures, pairs

# Where the pair of each kind is shown, by which names its address calls the two sites, and how it is shown again.
PAGES = {
    LINK: ("/links", ("a", "b"), pairs.link_of),
    SUCCESSOR: ("/successions", ("predecessor", "site"), pairs.succession_of),
    SERVICE: ("/services", ("a", "b"), pairs.service_of),
}


@csrf_protect
def give(request: HttpRequest) -> HttpResponse:
    """Keep a judgement and show the pair again, now with its score."""
    kind, a, b, word, reason = (request.POST.get(name, "") for name in ("kind", "a", "b", "judgement", "reason"))
    if kind not in PAGES:
        raise Http404
    place, names, again = PAGES[kind]
    wrong = _wrong(word, reason.strip())
    if wrong:
        return again(request, a, b, wrong)
    try:
        ledger.add(Path(settings.WORKSPACE), _judgement(kind, a, b, word, reason.strip()))
    except MarqueError as failure:
        return failures.refused(request, failure)
    address = f"{place}?{urlencode(dict(zip(names, (a, b), strict=True)))}"
    return HttpResponse(status=303, headers={"Location": address})


def _wrong(word: str, reason: str) -> str:
    """Why a judgement is not taken; "" where it is."""
    if word not in WORDS:
        return "word"
    return "reason" if not reason else "long" if len(reason) > pairs.LONGEST else ""


def _judgement(kind: str, a: str, b: str, word: str, reason: str) -> Judgement:
    """The judgement as it is kept. Blind and sampled are the run's say, never the form's."""
    a, b = (a, b) if kind == SUCCESSOR else sorted((a, b))
    blind = sampled = False
    if kind == LINK:
        link = Link.objects.filter(site_a=a, site_b=b).first()
        known = link is not None
        blind, sampled = (link.blind, link.sampled) if link else (False, False)
    elif kind == SUCCESSOR:
        known = Successor.objects.filter(predecessor=a, site=b).exists()
    else:
        known = companions.companions(a, b) is not None
    if not known:
        raise Http404
    run, now = runs.current(), clock.to_microseconds(clock.now())
    return Judgement(kind, a, b, word, now, blind, sampled, judgements.BY, reason, run.digest if run else "")
