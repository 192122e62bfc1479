"""Whose channel the words name: the one that tells the next address, or the one that sells advertising space."""

import pytest

from tests.signals.captured import sightings

SOLD = "<p>Publicidad y anuncios: <a href='https://t.me/ads_of_site'>Telegram @ads_of_site</a></p>"
TOLD = "<p>Permite las notificaciones para saber la nueva dirección en el canal de Telegram</p>"
CHANNEL = "<a href='https://t.me/site_news'>Telegram</a>"


@pytest.mark.parametrize(
    ("page", "channels", "sales"),
    [
        pytest.param(SOLD + TOLD, [], ["telegram:ads_of_site"], id="only the advertising contact stands near"),
        pytest.param(SOLD + TOLD + CHANNEL, ["telegram:site_news"], ["telegram:ads_of_site"], id="both"),
        pytest.param(TOLD + CHANNEL, ["telegram:site_news"], [], id="channel alone"),
    ],
)
def test_advertising_contact_is_no_announcement(page: str, channels: list[str], sales: list[str]) -> None:
    raw = page.encode()
    assert [found.value for found in sightings(raw, "announcement-channel")] == channels
    assert [found.value for found in sightings(raw, "ad-sales-contact")] == sales
