"""Canonical forms, placeholders, and checksums of accounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marque.signals.checks import iban, mail
from marque.signals.checks.forms import canonical


@pytest.mark.parametrize(
    ("kind", "written", "check", "value"),
    [
        pytest.param("chat-handle", "telegram:Toon_Hub.", "handle", "telegram:toon_hub", id="folded"),
        pytest.param("chat-handle", "discord:AbC123", "exact", "discord:AbC123", id="as written"),
        pytest.param("chat-handle", "whatsapp:+82 10-1234-5679", "digits", "whatsapp:821012345679", id="digits"),
        pytest.param("ad-zone", "popads:545-301+4*12+4718293", "sum", "popads:4718585", id="sum"),
        pytest.param("ad-zone", "popads:1-1", "sum", None, id="sum too small"),
        pytest.param("google-analytics", "G-ABCDEFGHIJ", "mixed", None, id="a word"),
        pytest.param("analytics-id", "histats:0000000", "plain", None, id="one digit"),
        pytest.param("analytics-id", "hotjar:1234567", "plain", None, id="counted"),
        pytest.param("chat-handle", "telegram:your_channel", "handle", None, id="placeholder"),
        pytest.param("chat-handle", "telegram:share", "handle", None, id="platform's own"),
        pytest.param("copyright-line", "© 2019-2026 Toon Hub. All rights reserved", "copyright", "toon hub", id="line"),
        pytest.param("copyright-line", "© 2026", "copyright", None, id="nobody named"),
    ],
)
def test_canonical(kind: str, written: str, check: str, value: str | None) -> None:
    assert canonical(kind, written, check) == value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        pytest.param("LT60 1010 0123 4567 8901", "LT601010012345678901", id="groups"),
        pytest.param("LT61 1010 0123 4567 8901", None, id="checksum"),
        pytest.param("LT60 1010 0123 4567 890", None, id="length"),
        pytest.param("ZZ60101001234567", None, id="no such country"),
        pytest.param("LT60 1010 0123 4567 89A1", None, id="letters where none may stand"),
    ],
)
def test_iban(written: str, value: str | None) -> None:
    assert iban.iban(written) == value


@given(st.text(max_size=40), st.text(max_size=40))
def test_mail_is_stable(local: str, domain: str) -> None:
    found = mail.email(f"{local}@{domain}")
    assert found is None or mail.email(found) == found


@pytest.mark.parametrize(
    ("kind", "value", "check"),
    [
        pytest.param("chat-handle", "instagram:embed.js", "handle", id="platform's script"),
        pytest.param("chat-handle", "instagram:embed", "handle", id="platform's path"),
        pytest.param("copyright-line", 'copyright bar"', "copyright", id="name of a class"),
        pytest.param("copyright-line", '© A. Photographer" class="lazyload"', "copyright", id="picture credit"),
        pytest.param("adsense-publisher", "pub-1556223355139109", "", id="host of blogs"),
    ],
)
def test_platforms_and_markup_are_no_values(kind: str, value: str, check: str) -> None:
    assert canonical(kind, value, check) is None


def test_quoted_names_are_names() -> None:
    assert canonical("copyright-line", '© 2024 ООО "Ромашка"', "copyright") == 'ооо "ромашка"'
