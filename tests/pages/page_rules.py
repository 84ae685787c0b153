"""What holds for every page: its syntax, its head, its labels, its forms, its links, its language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tests.pages.document import Document, is_element, text_of
from tests.pages.served import Served, Surroundings, strays
from tests.sources import JAPANESE

ERROR_PREFIX = {"ja": "エラー：", "en": "Error: "}
LEADS = ("href", "src", "action")
PICTURES = ("data:image/png;base64,", "data:image/svg+xml;")
REFERENCES = ("aria-describedby", "aria-labelledby", "data-watches", "data-shows", "data-confirms", "form")
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button"})


@dataclass
class Titles:
    """Which page each title belongs to, over all tests."""

    owners: dict[tuple[str, str], str] = field(default_factory=dict)

    def belongs_to_another(self, language: str, title: str, owner: str) -> str | None:
        """The other page that bears this title, if there is one."""
        known = self.owners.setdefault((language, title), owner)
        return None if known == owner else known


TITLES = Titles()


def _syntax(_: Served, document: Document, __: Surroundings) -> Iterator[str]:
    yield from document.errors
    yield from (
        f"the id {name!r} stands there twice" for name in {n for n in document.ids if document.ids.count(n) > 1}
    )


def _head(served: Served, document: Document, around: Surroundings) -> Iterator[str]:
    language = document.root.get("lang", "")
    if language not in ERROR_PREFIX:
        yield f"the page's language is {language!r}"
        return
    headings = [text_of(one) for one in document.all("h1")]
    if len(headings) != 1 or not all(headings):
        yield f"the h1 are {headings}"
    yield from _title(served, text_of(next(iter(document.all("title")), None)), language, around)


def _title(served: Served, title: str, language: str, around: Surroundings) -> Iterator[str]:
    prefix = ERROR_PREFIX[language]
    own, _, service = title.removeprefix(prefix).rpartition(" | ")
    if not own or service not in around.service_names:
        yield f"the title is {title!r}"
    if title.startswith(prefix) != (served.status == 422):
        yield f"{served.status} with the title {title!r}"
    # A form that waits, or was overtaken elsewhere, is the same page with another status.
    if served.status not in {409, 429}:
        owner = served.route if served.status in {200, 422} else f"{served.status}"
        other = TITLES.belongs_to_another(language, own, owner)
        if other:
            yield f"{title!r} is also the title of {other}"


def _references(_: Served, document: Document, __: Surroundings) -> Iterator[str]:
    known = set(document.ids)
    for element in document.all():
        named = [name for attribute in REFERENCES for name in element.get(attribute, "").split()]
        if element.get("href", "").startswith("#"):
            named.append(element.attrib["href"][1:])
        yield from (f"<{element.tag}> refers to #{name}, which is not there" for name in named if name not in known)


def _labels(_: Served, document: Document, __: Surroundings) -> Iterator[str]:
    inputs = [one for one in document.all("input", "select", "textarea") if one.get("type") not in NEEDS_NO_LABEL]
    labelled = {one.get("for") for one in document.all("label") if text_of(one)}
    for element in inputs:
        is_wrapped = any(one.tag == "label" and text_of(one) for one in document.ancestors(element))
        if not is_wrapped and element.get("id", "") not in labelled:
            yield f"{element.get('name')} has no label"
    labelable = {one.get("id") for one in inputs}
    yield from (f"a label is for {target}, no input" for target in labelled - {None} if target not in labelable)
    for button in document.all("button"):
        if not (text_of(button) or button.get("aria-label")):
            yield "a button has no words"


def _forms(_: Served, document: Document, around: Surroundings) -> Iterator[str]:
    for form in document.forms:
        if form.method != "post":
            yield f"a form is sent by {form.method}"
        if not form.values.get("csrf_token"):
            yield f"the form to {form.action} has no token"
        yield from strays(form.action, "POST", around)
    for field_ in document.all("input"):
        if field_.get("type") == "password" and field_.get("value"):
            yield "a password field is filled"


def _links(_: Served, document: Document, around: Surroundings) -> Iterator[str]:
    for element in document.all():
        for attribute in LEADS:
            if attribute in element.attrib and element.tag != "form" and not _is_saved(element):
                yield from strays(element.attrib[attribute], "GET", around)


def _is_saved(element: Element) -> bool:
    """Whether a link holds a picture, to be saved and not to be opened."""
    return bool(element.get("download")) and element.get("href", "").startswith(PICTURES)


def _nothing_inline(_: Served, document: Document, __: Surroundings) -> Iterator[str]:
    for element in document.all():
        wrong = [name for name in element.attrib if name == "style" or name.startswith("on")]
        if wrong:
            yield f"<{element.tag}> has {wrong}"
        if element.tag == "style" or (element.tag == "script" and ("src" not in element.attrib or text_of(element))):
            yield f"<{element.tag}> is inline"


def _what_is_wrong(served: Served, document: Document, _: Surroundings) -> Iterator[str]:
    """On a page with errors each wrong field is told twice, in the summary and beside it, in the same words."""
    wrong = [one for one in document.all("input") if one.get("aria-invalid") == "true" or _is_wrong_choice(one)]
    if bool(wrong) != (served.status == 422):
        yield f"{served.status} with {len(wrong)} wrong fields"
    summary = [one for one in document.all("div") if one.get("class") == "error-summary"]
    links = {link.attrib["href"][1:]: text_of(link) for box in summary for link in box.iter("a")}
    for element in wrong:
        beside = text_of(document.by_id(f"{element.get('name')}-error"))
        if not beside or links.get(element.attrib["name"], "nothing") not in beside:
            yield f"{element.get('name')}: {beside!r} beside it, {links.get(element.attrib['name'])!r} in the summary"


def _is_wrong_choice(element: Element) -> bool:
    return element.get("type") == "radio" and "aria-describedby" in element.attrib


def _in_one_language(_: Served, document: Document, around: Surroundings) -> Iterator[str]:
    if document.root.get("lang") != "en":
        return
    for words in _spoken(document.root):
        left = words
        for typed in sorted(around.typed, key=len, reverse=True):
            left = left.replace(typed, "")
        if JAPANESE.search(left):
            yield f"not translated: {words.strip()}"


def _spoken(element: Element) -> Iterator[str]:
    """What is read in the language of the page: texts and attributes, but not what was typed into an input."""
    if element.get("lang") not in {None, "en"} or not is_element(element):
        return
    yield from (value for name, value in element.attrib.items() if (element.tag, name) != ("input", "value"))
    yield element.text or ""
    for child in element:
        yield from _spoken(child)
        yield child.tail or ""


PAGE_RULES: tuple[Callable[[Served, Document, Surroundings], Iterator[str]], ...] = (
    _syntax,
    _head,
    _references,
    _labels,
    _forms,
    _links,
    _nothing_inline,
    _what_is_wrong,
    _in_one_language,
)
