"""What every page is given: the run on show, the language, the theme, where in the rail it stands."""

from django.http import HttpRequest

from marque.web.queries import runs
from marque.web.reader import THEMES, reader
from marque.words import LANGUAGES

KEYS = (
    ("/", "web.key.search"), ("j  k", "web.key.move"), ("o", "web.key.open"), ("Enter", "web.key.drawer"),
    ("Esc", "web.key.back"), ("n  p", "web.key.evidence"), ("?", "web.key.help"),
)  # fmt: skip
RAIL = ("overview", "sites", "networks", "works")


def in_drawer(request: HttpRequest) -> bool:
    """Whether only the part for the side drawer is wanted. A page restored by the browser's back button is whole."""
    headers = request.headers
    return headers.get("HX-Request") == "true" and headers.get("HX-History-Restore-Request") != "true"


def page(request: HttpRequest) -> dict[str, object]:
    """Context of every template."""
    place = request.path.strip("/").split("/")[0] or "overview"
    known = reader(request)
    return {
        "request": request,
        "language": known.language,
        "theme": known.theme,
        "walk": known.walk,
        "density": known.density,
        "densities": ("normal", "compact"),
        "veiled": known.veiled,
        "run": runs.current(),
        "rail": [(name, "/" if name == "overview" else f"/{name}", name == place) for name in RAIL],
        "place": place,
        "tongues": LANGUAGES,
        "themes": ("auto", *THEMES),
        "keys": KEYS,
        "sites_of_run": runs.sites(),
        "frame": "drawer.html" if in_drawer(request) else "page.html",
    }
