"""The cast: who shares what, what a copy carries over, and that names are used once."""

from collections import Counter

import pytest

from marque.training.cast import COPIED, HERO, Cast, account, load
from marque.training.dice import Dice


@pytest.fixture(scope="module", params=[1, 7, 99])
def cast(request: pytest.FixtureRequest) -> Cast:
    return load(Dice("marque", "world", request.param))


def test_the_service_shows_its_channel_and_purse_everywhere_but_on_the_sister(cast: Cast) -> None:
    channels = Counter(site.accounts["telegram-channel"] for site in cast.sites if site.operator == HERO)
    purses = {site.accounts["wallet-trx"] for site in cast.sites if site.operator == HERO}
    assert sorted(channels.values()) == [1, 14]
    assert len(purses) == 1


def test_the_copycat_carries_over_the_page_and_no_money(cast: Cast) -> None:
    copy, original = cast.site("solmaru-free.example"), cast.site("solmaru44.example")
    same = {slot for slot, value in copy.accounts.items() if original.accounts.get(slot) == value}
    assert same == set(COPIED)


def test_the_impostor_shares_nothing(cast: Cast) -> None:
    impostor = set(cast.site("new-solmaru.example").accounts.values())
    others = {value for site in cast.sites if site.host != "new-solmaru.example" for value in site.accounts.values()}
    assert not impostor & others


def test_an_id_given_out_again_never_stands_on_two_sites_at_once(cast: Cast) -> None:
    later, first = cast.site("gardendiary.example"), cast.site("kertaskomik.example")
    assert later.accounts["ga4"] == first.accounts["ga4"]
    assert first.until is not None
    assert first.until < later.visits[0]


def test_no_two_operators_share_an_account(cast: Cast) -> None:
    holders: dict[str, set[str | None]] = {}
    for site in cast.sites:
        if site.operator:
            for slot, value in site.accounts.items():
                if slot not in {"matomo"}:  # a small number, told apart by its host
                    holders.setdefault(value, set()).add(site.operator)
    assert {value: found for value, found in holders.items() if len(found) > 1} == {}


def test_visits_come_in_order(cast: Cast) -> None:
    for site in cast.sites:
        assert list(site.visits) == sorted(site.visits)
        assert site.until is None or site.until > site.visits[-1]


@pytest.mark.parametrize(
    "slot", ["ga4", "ko-fi", "mail", "whatsapp", "recaptcha", "turnstile", "iban", "pix", "histats"]
)
def test_another_owner_has_another_value(slot: str) -> None:
    assert account(slot, "one.example", Dice(1)) != account(slot, "two.example", Dice(1))
    assert account(slot, "one.example", Dice(1)) == account(slot, "one.example", Dice(1))
