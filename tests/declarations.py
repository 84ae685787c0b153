"""What the code can be asked, by loading it: refusals, forms and their fields."""

from functools import cache
from importlib import import_module
from typing import Any

from wtforms.fields.core import UnboundField

from chalicelib.domain.refusals import ProgramRefusal, Refusal
from chalicelib.forms.base import Form
from tests.rooms import room_of
from tests.sources import modules

# Loading routes registers them, which is not for these tests to do.
LOADED = {"domain", "forms", "forms of a capability", "use cases"}


@cache
def refusal_codes() -> tuple[str, ...]:
    """The code of every refusal that people meet."""
    _load("chalicelib/domain", "chalicelib/capabilities")
    return tuple(kind.code for kind in _descendants(Refusal) if not issubclass(kind, ProgramRefusal))


@cache
def field_names() -> frozenset[str]:
    """The name of every field of every form."""
    _load("chalicelib/forms", "chalicelib/capabilities")
    forms = _descendants(Form)
    return frozenset(name for form in forms for name in dir(form) if isinstance(getattr(form, name), UnboundField))


def _load(*places: str) -> None:
    for module in modules(*places):
        if room_of(module.name) in LOADED:
            import_module(module.name)


def _descendants(kind: type[Any]) -> list[type[Any]]:
    """What the code derives from `kind`; tests may derive their own."""
    children: list[type[Any]] = kind.__subclasses__()
    found = [descendant for child in children for descendant in (child, *_descendants(child))]
    return [descendant for descendant in found if descendant.__module__.startswith("chalicelib.")]
