"""The environment of a deployment that does not exist: figures must not depend on whose machine they come from."""

import os
from collections.abc import MutableMapping

REGION = "ap-northeast-1"
DEPLOYMENT = {
    "BASE_URL": "https://portal.example.jp/api",
    "TABLE_PREFIX": "bench",
    "MAIL_FROM": "notice@portal.example.jp",
    "SES_CONFIGURATION_SET": "",
    "SECRET_KEYS": "the-benchmarks-own-key-that-opens-nothing",
    "PEPPER": "the-benchmarks-own-pepper-that-opens-nothing",
    "SIGNING_KEYS": "dGhlLWJlbmNobWFya3Mtc2lnbmluZy1zZWVkLTMyLWI",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "123456789012",
    "AWS_SECRET_ACCESS_KEY": "opens-nothing",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    # Else streams are asked for at an address that the emulator does not know.
    "AWS_ACCOUNT_ID_ENDPOINT_MODE": "disabled",
    "POWERTOOLS_SERVICE_NAME": "madoguchi",
}
_STRAY = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "SECRETS_PATH", "CHALICE_STAGE", "LANGUAGE")


def prepare(environment: MutableMapping[str, str]) -> None:
    """Set what the portal reads when it is loaded, and remove what would lead it elsewhere."""
    for name in (*_STRAY, *(name for name in environment if name.startswith("AWS_ENDPOINT_URL"))):
        environment.pop(name, None)
    environment.update(DEPLOYMENT)
