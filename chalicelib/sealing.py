"""Signatures of bulk payment files, wired apart from the rest: they load PyNaCl, which only My Page should pay for."""

from functools import lru_cache

from chalicelib.ports import BulkFileSealer
from chalicelib.settings import Settings
from chalicelib.signing.bulk_files import BulkFileSeal


@lru_cache(maxsize=1)
def bulk_file_seal(settings: Settings) -> BulkFileSealer:
    """The seal with the keys of these settings, made when it is first needed."""
    return BulkFileSeal(settings)
