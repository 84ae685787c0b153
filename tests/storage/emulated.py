"""The real storage, connected to an emulator over HTTP, for as long as a test asks for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib.storage.connection import connection
from chalicelib.storage.tables import TABLES
from tests.deployed.emulator import Emulator


class EmulatedTables:
    """The tables of one emulator. The storage has one client; this one lends it another."""

    def __init__(self, emulator: Emulator) -> None:
        with pytest.MonkeyPatch.context() as patch, self._lent(None):
            patch.setenv("AWS_ENDPOINT_URL_DYNAMODB", emulator.url)
            for table in TABLES:
                table.create_table(wait=True)
            self._client = connection.client

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Whatever the storage does meanwhile happens in the emulator."""
        with self._lent(self._client):
            yield

    @staticmethod
    @contextmanager
    def _lent(client: object) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(connection, "_client", client)
            yield
