"""Comparing mail addresses and writing them into headers."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.addresses import as_header_address, comparison_key, split_address, with_quoted_local


@pytest.mark.parametrize(
    "spelling",
    ["taro@example.jp", "Taro@Example.JP", "ＴＡＲＯ＠ｅｘａｍｐｌｅ．ｊｐ".replace("＠", "@"), '"taro"@example.jp'],
)
def test_one_address_has_one_key_however_it_is_spelled(spelling: str) -> None:
    assert comparison_key(spelling) == "taro@example.jp"


@pytest.mark.parametrize("other", ["taro.o@example.jp", "taro+1@example.jp", "taro@example.com", "jiro@example.jp"])
def test_different_addresses_have_different_keys(other: str) -> None:
    assert comparison_key(other) != comparison_key("taro@example.jp")


@given(st.text())
def test_a_key_is_its_own_key(address: str) -> None:
    assert comparison_key(comparison_key(address)) == comparison_key(address)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("taro@example.jp", ("taro", "example.jp")),
        ('"a..b"@example.jp', ("a..b", "example.jp")),
        ('"a@b"@example.jp', ('"a@b"', "example.jp")),
        ("taro", ("taro", "")),
        ('"', ('"', "")),
        ("", ("", "")),
    ],
)
def test_an_address_is_split_at_its_last_at_sign(address: str, parts: tuple[str, str]) -> None:
    assert split_address(address) == parts


@pytest.mark.parametrize(
    ("stored", "header"),
    [
        ("taro@example.jp", "taro@example.jp"),
        ("taro.o@example.jp", "taro.o@example.jp"),
        ("a..b@docomo.ne.jp", '"a..b"@docomo.ne.jp'),
        ("a.@docomo.ne.jp", '"a."@docomo.ne.jp'),
        (".a@docomo.ne.jp", '".a"@docomo.ne.jp'),
        ('"a..b"@docomo.ne.jp', '"a..b"@docomo.ne.jp'),
        ('"taro"@example.jp', "taro@example.jp"),
        ("taro@xn--wgv71a.jp", "taro@xn--wgv71a.jp"),
    ],
)
def test_dots_of_old_carriers_are_quoted_in_headers(stored: str, header: str) -> None:
    assert as_header_address(stored) == header


@pytest.mark.parametrize(
    "text",
    [
        "",
        "taro",
        "@example.jp",
        "taro@",
        "太郎@example.jp",
        "taro@日本.jp",
        "a b@example.jp",
        "a,b@example.jp",
        "a@b@example.jp",
        "taro\n@example.jp",
        "taro\x00@example.jp",
        "taro@example.jp\n",
        "taro@example.jp\r\nBcc: jiro@example.jp",
        '"a\nb"@example.jp',
    ],
)
def test_what_could_not_have_been_stored_never_reaches_a_header(text: str) -> None:
    with pytest.raises(ValueError, match="header"):
        as_header_address(text)


@given(st.from_regex(r"[a-z.+_-]{1,20}", fullmatch=True))
def test_what_a_header_says_is_read_as_the_same_single_address(local: str) -> None:
    message = EmailMessage(policy=SMTP)
    message["To"] = as_header_address(f"{local}@example.jp")
    (address,) = message["To"].addresses
    assert (address.username, address.domain) == (local, "example.jp")


def test_text_that_is_no_address_is_left_as_it_is() -> None:
    assert with_quoted_local("a b@example.jp") == "a b@example.jp"
