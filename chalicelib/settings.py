"""Everything that differs between deployments, read from the environment once and checked at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit


class SettingsIncomplete(Exception):
    """One or more settings are missing or cannot be read; the message names each."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _flag(text: str) -> bool:
    return {"1": True, "0": False}[text]


_READERS: dict[Any, Callable[[str], object]] = {str: str, int: int, bool: _flag, tuple[str, ...]: _list}


@dataclass(frozen=True)
class Settings:
    """The settings. Each is the environment variable of the same name in capitals.

    Without a default: required. `secret_keys`: newest first, comma-separated; older ones still verify.
    `pepper`: under which addresses are digested; it cannot change without rewriting what was stored.
    `signing_keys`: of what anybody can check, newest first: seeds of 32 bytes in base64url without padding.
    `password_lifetime_days`: how long a payer password lasts; 0 lets it last for ever.
    """

    base_url: str
    table_prefix: str
    mail_from: str
    secret_keys: tuple[str, ...] = field(repr=False)
    pepper: str = field(repr=False)
    signing_keys: tuple[str, ...] = field(repr=False)
    aws_region: str = "ap-northeast-1"
    ses_configuration_set: str = ""
    service_name: str = "車両手続ワンストップ窓口"
    service_name_en: str = "One-Stop Counter for Vehicle Procedures"
    service_short_name: str = "Madoguchi"
    service_short_name_en: str = "Madoguchi"
    operator: str = "Madoguchi（見本）"
    operator_en: str = "Madoguchi (sample)"
    contact_phone: str = "00-0000-0000"
    contact_hours: str = "平日 9時〜17時"
    contact_hours_en: str = "weekdays 9:00–17:00"
    is_sample: bool = True
    password_min_length: int = 15
    password_lifetime_days: int = 60
    argon2_memory_kib: int = 19456
    argon2_time_cost: int = 2
    argon2_parallelism: int = 1

    @property
    def base_path(self) -> str:
        """The stage prefix, such as "/api"; empty under a custom domain."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def origin(self) -> str:
        """Scheme and host of the portal, as a browser's Origin header has them."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def has_tls(self) -> bool:
        """Whether browsers reach the portal by https."""
        return self.base_url.startswith("https://")

    @property
    def mail_domain(self) -> str:
        """The domain that people must let through their filters."""
        return self.mail_from.rpartition("@")[2]

    def absolute_url(self, path: str) -> str:
        """The address of a page for a mail: from this setting, never from a request."""
        return f"{self.base_url.rstrip('/')}{path}"


def load_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`. Raises SettingsIncomplete, naming all that is wrong, not only the first."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for setting in fields(Settings):
        name = setting.name.upper()
        text = environment.get(name, "")
        if text:
            try:
                values[setting.name] = _READERS[setting.type](text)
            except (KeyError, ValueError):
                wrong.append(f"{name} cannot be read")
        elif setting.name in _REQUIRED:
            wrong.append(f"{name} is missing")
    wrong += _what_is_unsafe(values)
    if wrong:
        raise SettingsIncomplete("; ".join(wrong))
    return Settings(**values)


@dataclass(frozen=True)
class StoreSettings:
    """What the tables need to know when they are loaded: long before any secret is read."""

    table_prefix: str
    aws_region: str


def load_store_settings(environment: Mapping[str, str]) -> StoreSettings:
    """The tables' part of the settings. Raises SettingsIncomplete."""
    if not environment.get("TABLE_PREFIX"):
        raise SettingsIncomplete("TABLE_PREFIX is missing")
    return StoreSettings(environment["TABLE_PREFIX"], environment.get("AWS_REGION") or Settings.aws_region)


_REQUIRED = frozenset({"base_url", "table_prefix", "mail_from", "secret_keys", "pepper", "signing_keys"})
_SECRET_LENGTH = 32
# 32 bytes in base64url; the last of the 43 characters has only four bits to say.
_SEED = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", re.ASCII)
_BOUNDS = {
    "password_min_length": range(8, 129),
    "password_lifetime_days": range(3651),
    "argon2_memory_kib": range(7168, 1048577),
    "argon2_time_cost": range(1, 17),
    "argon2_parallelism": range(1, 17),
}
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})


def _are_seeds(keys: tuple[str, ...]) -> bool:
    return bool(keys) and all(_SEED.fullmatch(key) for key in keys)


def _may_be_served_at(base_url: str) -> bool:
    parts = urlsplit(base_url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK and "@" not in parts.netloc)
    )


def _what_is_unsafe(values: Mapping[str, Any]) -> list[str]:
    wrong = _what_is_no_secret(values)
    if "base_url" in values and not _may_be_served_at(values["base_url"]):
        wrong.append("BASE_URL must begin with https:// (http:// only for 127.0.0.1)")
    if "@" not in values.get("mail_from", "@"):
        wrong.append("MAIL_FROM is not a mail address")
    return wrong + _what_is_out_of_bounds(values)


def _what_is_no_secret(values: Mapping[str, Any]) -> list[str]:
    secrets = {"SECRET_KEYS": values.get("secret_keys"), "PEPPER": (values["pepper"],) if "pepper" in values else None}
    wrong = [
        f"{name} needs {_SECRET_LENGTH} characters or more"
        for name, keys in secrets.items()
        if keys is not None and min(map(len, keys), default=0) < _SECRET_LENGTH
    ]
    if "signing_keys" in values and not _are_seeds(values["signing_keys"]):
        wrong.append("SIGNING_KEYS needs keys of 32 bytes each, in base64url without padding")
    return wrong


def _what_is_out_of_bounds(values: Mapping[str, Any]) -> list[str]:
    return [
        f"{name.upper()} must be from {bounds.start} to {bounds.stop - 1}"
        for name, bounds in _BOUNDS.items()
        if name in values and values[name] not in bounds
    ]
