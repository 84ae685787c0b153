"""What a receiver's password and name give: comparable, and of no use to whoever reads the table."""

import base64
import hmac
import os

from argon2.low_level import Type, hash_secret

from chalicelib.domain.receivers import receiver_key
from chalicelib.settings import load_settings
from chalicelib.wiring import Argon2Hasher

PASSWORD, OTHER_PASSWORD = "nine patient lighthouses", "nine impatient lighthouses"
NAME, OTHER_NAME = receiver_key("見本　太郎（12345678）"), receiver_key("見本　太郎（12345679）")
PEPPER = "a pepper of these tests, long enough to be one"


def _hasher(**other: str) -> Argon2Hasher:
    return Argon2Hasher(load_settings({**os.environ, "PEPPER": PEPPER, **other}))


CREDENTIAL = _hasher().credential(PASSWORD, NAME)


def test_a_password_and_a_name_always_give_the_same() -> None:
    assert _hasher().credential(PASSWORD, NAME) == CREDENTIAL
    assert _hasher().credential(PASSWORD, receiver_key("見本 太郎(１２３４５６７８)")) == CREDENTIAL


def test_another_password_name_or_pepper_gives_another() -> None:
    others = {
        _hasher().credential(OTHER_PASSWORD, NAME),
        _hasher().credential(PASSWORD.upper(), NAME),
        _hasher().credential(PASSWORD, OTHER_NAME),
        _hasher(PEPPER=f"{PEPPER}.").credential(PASSWORD, NAME),
    }
    assert len(others) == 4
    assert CREDENTIAL not in others


def test_settings_that_change_part_no_receiver_from_its_codes() -> None:
    costly = _hasher(ARGON2_MEMORY_KIB="7168", ARGON2_TIME_COST="1", SECRET_KEYS="k" * 32)
    assert costly.credential(PASSWORD, NAME) == CREDENTIAL


def test_it_is_argon2id_whose_salt_is_the_names_under_the_pepper() -> None:
    salt = hmac.digest(PEPPER.encode(), f"receiver\n{NAME}".encode(), "sha256")[:16]
    expected = hash_secret(PASSWORD.encode(), salt, 2, 19456, 1, 32, Type.ID).decode()
    assert expected == CREDENTIAL
    assert CREDENTIAL.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert base64.b64decode(f"{CREDENTIAL.split('$')[4]}==") == salt


def test_what_has_no_name_and_odd_letters_are_no_fault() -> None:
    found = {_hasher().credential(password, name) for password in ("", "𠮷\x00", "見本") for name in ("", "𠮷﨑")}
    assert len(found) == 6
