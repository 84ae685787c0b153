"""Signatures of bulk payment files, wired apart from the rest: only My Page pays for loading the library."""

from functools import lru_cache

from chalicelib.ports import BulkFileSealer
from chalicelib.settings import Settings
from chalicelib.signing.bulk_files import BulkFileSeal


@lru_cache(maxsize=1)
def bulk_file_seal(settings: Settings) -> BulkFileSealer:
    """The seal with the settings' keys, made once."""
    return BulkFileSeal(settings)
