"""Settings and keys of the tests' own deployment."""

import os

import pytest

from chalicelib.mail.rendering import LetterWriter
from chalicelib.settings import Settings, load_settings
from chalicelib.signing.links import SignedLinks


@pytest.fixture
def settings() -> Settings:
    """Of a portal below a stage prefix: the harder case."""
    return load_settings({**os.environ, "BASE_URL": "https://portal.example.jp/api"})


@pytest.fixture
def links(settings: Settings) -> SignedLinks:
    """Keys of links."""
    return SignedLinks(settings)


@pytest.fixture
def writer(settings: Settings, links: SignedLinks) -> LetterWriter:
    """Writes letters with the real templates."""
    return LetterWriter(settings, links)
