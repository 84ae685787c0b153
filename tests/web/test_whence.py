"""From where a request came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.sign_ins import Origin
from chalicelib.web.whence import network_of, origin_of
from tests.web.browser import Browser

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/131.0.0.0 Safari/537.36"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
IPAD = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
ANDROID = f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {WEBKIT}"


@pytest.mark.parametrize(
    ("agent", "name", "system"),
    [
        (WINDOWS, "Chrome", "Windows"),
        (f"{WINDOWS} Edg/131.0.0.0", "Edge", "Windows"),
        (f"{WINDOWS} OPR/116.0.0.0", "Opera", "Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Linux"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome", "ChromeOS"),
        (f"{MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari", "Mac"),
        (f"{MAC} {WEBKIT} Chrome/131.0.0.0 Safari/537.36", "Chrome", "Mac"),
        (f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari", "iPhone"),
        (f"{IPHONE} CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1", "Chrome", "iPhone"),
        (f"{IPHONE} FxiOS/132.0 Mobile/15E148 Safari/605.1.15", "Firefox", "iPhone"),
        (f"{IPHONE} EdgiOS/131.0 Version/18.0 Mobile/15E148 Safari/604.1", "Edge", "iPhone"),
        (f"{IPAD} Version/18.1 Mobile/15E148 Safari/604.1", "Safari", "iPad"),
        (f"{ANDROID} Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome", "Android"),
        (f"{ANDROID} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Samsung Internet", "Android"),
        (f"{ANDROID} Chrome/131.0.0.0 Mobile Safari/537.36 EdgA/131.0.0.0", "Edge", "Android"),
        ("Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox", "Android"),
        ("curl/8.11.0", "", ""),
        ("", "", ""),
    ],
)
def test_the_big_browsers_and_systems_are_told_apart(agent: str, name: str, system: str) -> None:
    request = Browser().request(headers={"user-agent": agent}, source_address="203.0.113.77")
    assert origin_of(request) == Origin("203.0.113.…", name, system)


def test_without_a_user_agent_nothing_is_said_of_it() -> None:
    assert origin_of(Browser().request()) == Origin("", "", "")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.…"),
        ("0.0.0.0", "0.0.0.…"),  # noqa: S104 - an address to be written, not to listen on
        ("2001:db8:85a3:8d3:1319:8a2e:370:7348", "2001:db8:85a3:…"),
        ("2001:0DB8::1", "2001:db8:0:…"),
        ("::1", "0:0:0:…"),
        ("fe80::1%eth0", "fe80:0:0:…"),
    ],
)
def test_the_beginning_of_an_address_is_shown(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    "address",
    ["", "unknown", "203.0.113", "203.0.113.256", "203.0.113.77:443", "203.0.113.77, 10.0.0.1", "<b>", "花", ":::"],
)
def test_what_is_no_address_is_not_shown(address: str) -> None:
    assert network_of(address) == ""


@given(st.ip_addresses())
def test_the_end_of_an_address_is_never_shown(address: object) -> None:
    shown = network_of(str(address))
    assert shown.endswith("…")
    assert len([part for part in shown.replace(":", ".").split(".") if part]) == 4
    assert shown != str(address)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    network_of(text)
    origin = origin_of(Browser().request(headers={"user-agent": text}, source_address=text))
    assert len(origin.browser) < 20
