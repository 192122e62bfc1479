"""What templates say: `{% say "web.code" name=value %}`, and words for the values that tables hold."""

from django import template
from django.template.context import Context

from marque.web.language import Language
from marque.web.legible import legible, middle

register = template.Library()
_LONGEST = 48  # letters of a value that has no word of ours

_KINDS = (
    "google-analytics", "google-tag-manager", "yandex-metrica", "analytics-id", "matomo-site", "widget-key",
    "captcha-key", "site-verification", "email", "chat-handle", "announcement-channel", "ad-sales-contact",
    "adsense-publisher", "ad-account", "ad-zone", "ads-txt-direct", "ads-txt-reseller", "seller",
    "affiliate-id", "banner-advertiser", "banner-image", "referral-code", "donation-handle", "crypto-address",
    "iban", "generator", "page-theme", "script-url", "script-set", "dom-structure", "favicon-mmh3",
    "image-hash", "copyright-line", "cookie-names", "header-order", "language-declared", "language-detected",
    "release-group", "ip-address", "cdn-address", "cdn", "tls-certificate", "redirect-target",
    "third-party-host", "player-host", "file-host", "image-host", "service-criterion", "service-kind", "brand",
    "seller-name", "risk", "name-server-set", "asn", "registrant", "editorial-type",
)  # fmt: skip

# Codes that are put together from a value of a table: group -> the values marque itself writes. A value that is not
# here (an unknown kind, a later verdict) is shown as it stands.
GROUPS: dict[str, tuple[str, ...]] = {
    "verdict": ("content", "redirect", "challenge", "parked", "seizure-banner", "login-wall", "error", "blocked"),
    "level": ("all", "most", "some", "none", "licensed", "not-looked"),
    "family": ("money", "payment", "identity", "page", "infrastructure", "content", "risk", "other"),
    "role": ("site", "advertiser", "bystander"),
    "place": ("core", "halo"),
    "stage": ("current", "former", "mirror"),
    "owner": ("host", "delivery", "names", "registrar", "files", "payment", "advertising", "advertiser", "platform"),
    "risk": (
        "miner", "push-spam", "pop-under", "fake-update", "fake-player", "executable-download", "apk-download",
        "protection-off",
    ),
    "basis": ("observed", "inferred", "modelled"),
    "answer": ("match", "unsure"),
    "medium": ("strip", "video", "audio", "text"),
    "field": ("site", "work", "network", "service", "signal"),
    "part": ("payload", "http-header", "record-header"),
    "time": ("days", "hours", "minutes"),
    "rail": ("overview", "sites", "networks", "works"),
    "tongue": ("en", "ko", "ar-XB"),
    "theme": ("auto", "light", "dark"),
    "view": ("summary", "works", "signals", "links", "history", "members", "graph", "reasons", "timeline", "money",
        "operators", "chokepoints", "judgements"),
    "account": ("payment", "contact", "advertising", "tool", "registration"),
    "diagram.column": ("payer", "intermediary", "payee", "network"),
    "judge.word": ("same", "not-same", "unsure"),
    "judge.offer": ("same", "not-same", "unsure"),
    "judge.wrong": ("word", "reason", "long"),
    "form": ("text", "hex", "picture"),
    "filter": ("level", "state", "service_kind"),
    "column": (
        "level", "state", "network", "works", "signals", "links", "seen", "reach", "core", "halo", "languages", "first",
        "last", "place", "chance", "bridge", "holder", "sites", "units",
    ),
    "density": ("normal", "compact"),
    "sort": ("site", "works", "signals", "links", "last"),
    "walk.step": ("1", "2", "3", "4"),
    "strength": ("strong", "probable", "weak", "open", "declined"),
    "criterion": ("serves-works", "no-licence", "offers-service", "takes-money", "evades"),
    "service-kind": (
        "strip-reader", "streaming", "link-site", "cyberlocker", "torrent-index", "iptv-seller", "account-seller",
        "counterfeit-shop", "app-page",
    ),
    "language": ("ko", "en", "ja", "es", "fr", "ar", "zh", "pt", "id", "th", "vi", "ru", "de", "it", "tr"),
    "kind": _KINDS,
    "proves-not": _KINDS,
}  # fmt: skip
MONO = {
    "money": "MO",
    "payment": "PA",
    "identity": "ID",
    "page": "PG",
    "infrastructure": "IN",
    "content": "CO",
    "risk": "RI",
}


def _language(context: Context) -> Language:
    language: Language = context["language"]
    return language


@register.simple_tag(takes_context=True)
def say(context: Context, code: str, **params: object) -> str:
    """The text of a code in the reader's language (escaped by the template like any other text)."""
    shown = {name: legible(value) if isinstance(value, str) else value for name, value in params.items()}
    return _language(context).say(code, **shown)


@register.simple_tag(takes_context=True)
def term(context: Context, group: str, value: object) -> str:
    """The word for a value of a table; the value itself where there is none."""
    code = f"web.{group}.{value}"
    language = _language(context)
    return language.say(code) if language.knows(code) else middle(str(value or ""), _LONGEST)


@register.simple_tag(takes_context=True)
def sentence(context: Context, code: str, params: object = None) -> str:
    """A code that another stage wrote (a problem, a criterion, why a reason counts) with its parameters."""
    found = {name: legible(str(value)) for name, value in params.items()} if isinstance(params, dict) else {}
    language = _language(context)
    return language.say(code, **found) if language.knows(code) else code


@register.simple_tag(takes_context=True)
def judge_word(context: Context, kind: str, word: str) -> str:
    """The word of a judgement: of links it speaks of operators, else of what readers would take for the same."""
    return str(term(context, "judge.word" if kind == "link" else "judge.offer", word))


@register.filter
def family_mark(family: str) -> str:
    """The two letters of a signal family."""
    return MONO.get(family, "··")
