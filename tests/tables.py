"""The real tables, in moto, in this process."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from moto import mock_aws

from chalicelib.ports import Begin
from chalicelib.storage.digests import address_digest
from chalicelib.storage.tables import TABLES
from chalicelib.storage.work import StoredWork

_PEPPER = "a pepper of the tests, long enough to be one"
_TOKENS = count(1)


@contextmanager
def tables() -> Iterator[None]:
    """Every table of the deployment, made from the one list of them."""
    with mock_aws():
        for table in TABLES:
            table.create_table(wait=True)
        yield


def empty_tables() -> None:
    """Remove every row."""
    for table in TABLES:
        with table.batch_write() as batch:
            for row in table.scan():
                batch.delete(row)


def begin_on_tables(pause: Callable[[int], None] = lambda _: None) -> Begin:
    """Units of work on the tables."""
    digest = address_digest(_PEPPER)
    return lambda: StoredWork(digest, f"{next(_TOKENS):08d}-a-token-of-the-tests", pause)
