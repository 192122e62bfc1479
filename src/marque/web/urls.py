"""Every address of the application. Names of sites may hold slashes, so they come last in a path."""

from django.urls import path

from marque.web.views import (
    failures,
    judgements,
    networks,
    overview,
    pairs,
    pictures,
    preferences,
    records,
    search,
    signals,
    sites,
    works,
)

urlpatterns = [
    path("", overview.overview),
    path("sites", sites.listed),
    path("sites/<path:name>", sites.one),
    path("links", pairs.link),
    path("successions", pairs.succession),
    path("services", pairs.service),
    path("judgements", judgements.give),
    path("signals", signals.one),
    path("networks", networks.listed),
    path("networks/<path:name>/nodes.json", networks.nodes),
    path("networks/<path:name>/picture.svg", networks.picture),
    path("networks/<path:name>/timeline.svg", networks.lifelines),
    path("networks/<path:name>", networks.one),
    path("works", works.listed),
    path("works/<path:name>", works.one),
    path("beside", works.beside),
    path("records/<str:name>", records.one),
    path("captures/<str:digest>", records.capture),
    path("pictures/<str:name>", pictures.of_record),
    path("thumbnails", pictures.thumbnail),
    path("search", search.search),
    path("keys", overview.keys),
    path("preferences", preferences.change),
    path("preferences/columns", preferences.change_columns),
    path("healthz", overview.healthz),
]

handler400 = failures.bad_request
handler404 = failures.missing
handler500 = failures.broken
