"""Keys of captchas and embedded services. A key names an account with the service, not who runs the page."""

from marque.signals.rows import load
from marque.signals.vendors import hits

ROWS = load("widgets")
find = hits
