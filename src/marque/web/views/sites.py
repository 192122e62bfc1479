"""The list of sites, and one site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from marque.web import columns
from marque.web.models import Site
from marque.web.queries import judgements, links, services
from marque.web.queries import sites as asked

VIEWS = ("summary", "works", "signals", "links", "history")
_IDENTITY = (
    "announcement-channel",
    "chat-handle",
    "email",
    "ad-sales-contact",
    "donation-handle",
    "crypto-address",
    "iban",
)
_BANNERS = ("banner-advertiser", "ad-zone", "adsense-publisher", "referral-code")


def listed(request: HttpRequest) -> HttpResponse:
    """All sites, filtered and sorted as the address says, or as the reader last sorted them; or grouped by service."""
    if request.GET.get("group") == "service":
        groups, page = services.listed(request.GET.get("after"))
        return render(request, "services.html", {"groups": groups, "page": page})
    wanted = request.GET.dict()
    sort = columns.sorting(request, "sites", tuple(asked.SORTS))
    given = {
        "page": asked.listed(wanted | {"sort": sort}),
        "choices": asked.choices(),
        "wanted": wanted,
        "sorts": tuple(asked.SORTS),
        "sort": sort,
    }
    answer = render(request, "sites.html", given | columns.given(request, "sites"))
    if wanted.get("sort") == sort:
        columns.keep(answer, "sort-sites", sort)
    return answer


def one(request: HttpRequest, name: str) -> HttpResponse:
    """One site: its summary, or one of its lists in full."""
    site = Site.objects.filter(site=name).first()
    if site is None:
        raise Http404
    view = request.GET.get("view", "summary")
    view = view if view in VIEWS else "summary"
    given: dict[str, object] = {"site": site, "view": view, "views": VIEWS, "service": services.of_site(site)}
    return render(request, "site.html", given | _PARTS[view](request, site))


def _summary(request: HttpRequest, site: Site) -> dict[str, object]:
    return {
        "served": asked.served(site.site, 8),
        "families": asked.families(site.site, 6),
        "ties": links.of_site(site.site, accepted=True),
        "declined": links.of_site(site.site, accepted=False, most=3),
        "banners": asked.of_kinds(site.site, _BANNERS),
        "contacts": asked.of_kinds(site.site, _IDENTITY),
        "pictures": asked.pictures(site.site),
        "risks": asked.of_kinds(site.site, ("risk",), 20),
        "money": asked.money(site.site),
        "before": services.before(site.site),
        "after": services.after(site.site),
        "moments": asked.history(site.site, 5),
    }


def _works(request: HttpRequest, site: Site) -> dict[str, object]:
    return {"served": asked.served(site.site), "covers": asked.covers(site.site)}


def _signals(request: HttpRequest, site: Site) -> dict[str, object]:
    family = request.GET.get("family") or None
    return {"page": asked.signals(site.site, family, request.GET.get("after")), "family": family}


def _links(request: HttpRequest, site: Site) -> dict[str, object]:
    return {
        "ties": links.of_site(site.site, accepted=True, most=200),
        "declined": links.of_site(site.site, accepted=False, most=50),
        "blind": judgements.waiting([site.site]),
        "before": services.before(site.site),
        "after": services.after(site.site),
    }


def _history(request: HttpRequest, site: Site) -> dict[str, object]:
    return {"moments": asked.history(site.site), "page": asked.pages(site.site, request.GET.get("after"))}


_PARTS = {"summary": _summary, "works": _works, "signals": _signals, "links": _links, "history": _history}
