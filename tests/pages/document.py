"""A page as a browser's parser reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

_KEPT = 1024
_CHOSEN_BY_A_TICK = frozenset({"checkbox", "radio"})
_SENT_BY_A_CLICK = frozenset({"submit", "button", "image", "reset"})


@dataclass(frozen=True)
class FormOnPage:
    """A form: where it goes, the names it has, and what is sent when nobody touches it."""

    action: str
    method: str
    names: frozenset[str]
    values: dict[str, str]


class Document:
    """An HTML document; `errors` are those of the parser, with their lines."""

    def __init__(self, html: str) -> None:
        parser = HTMLParser(namespace_html_elements=False)
        self.root: Element = parser.parse(html)
        self.errors = [f"line {position[0]}: {code}" for position, code, _ in parser.errors]

    def all(self, *tags: str) -> list[Element]:
        """The elements with one of these tags, or every element."""
        return [one for one in self.root.iter() if is_element(one) and (not tags or one.tag in tags)]

    @cached_property
    def ids(self) -> list[str]:
        """Every id, as often as it stands there."""
        return [one.attrib["id"] for one in self.all() if "id" in one.attrib]

    def by_id(self, name: str) -> Element | None:
        """The first element with this id."""
        return next((one for one in self.all() if one.get("id") == name), None)

    @cached_property
    def parents(self) -> dict[Element, Element]:
        """Each element's parent."""
        return {child: parent for parent in self.root.iter() for child in parent}

    def ancestors(self, element: Element) -> Iterator[Element]:
        """From the element itself outwards."""
        current: Element | None = element
        while current is not None:
            yield current
            current = self.parents.get(current)

    def owned_by(self, form: Element) -> list[Element]:
        """The inputs and buttons that belong to a form, wherever they stand."""
        inside = set(form.iter())
        return [
            one
            for one in self.all("input", "button", "select", "textarea")
            if (one.get("form") == form.get("id") if "form" in one.attrib else one in inside)
        ]

    @cached_property
    def forms(self) -> tuple[FormOnPage, ...]:
        """The forms that are sent, in the order of the page."""
        return tuple(self._form(one) for one in self.all("form") if one.get("method", "get").lower() != "dialog")

    def _form(self, form: Element) -> FormOnPage:
        inputs = [one for one in self.owned_by(form) if one.tag == "input" and one.get("name")]
        sent = {one.attrib["name"]: one.get("value", "on") for one in inputs if _is_sent_untouched(one)}
        names = frozenset(one.attrib["name"] for one in inputs)
        return FormOnPage(form.get("action", ""), form.get("method", "get").lower(), names, sent)


def _is_sent_untouched(element: Element) -> bool:
    kind = element.get("type", "text")
    if kind in _SENT_BY_A_CLICK:
        return False
    return kind not in _CHOSEN_BY_A_TICK or "checked" in element.attrib


def is_element(node: Element) -> bool:
    """Comments are in the tree too."""
    return isinstance(node.tag, str)


def text_of(element: Element | None) -> str:
    """The words in an element, with single spaces; nothing without an element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


@lru_cache(maxsize=_KEPT)
def read_document(html: str) -> Document:
    """The document; reading the same twice costs nothing. Nobody may change it."""
    return Document(html)
