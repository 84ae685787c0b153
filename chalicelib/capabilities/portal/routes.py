"""The public pages, which need nothing about a person, and the files that all pages share."""

from functools import lru_cache
from pathlib import PurePosixPath

from chalicelib.web.addresses import STATIC, fingerprint
from chalicelib.web.answers import Answer, Page, StaticText
from chalicelib.web.errors import error_page
from chalicelib.web.pages import Pages
from chalicelib.web.requests import PageRequest

pages = Pages(__name__)

# Text only: API Gateway decides by the first Accept value what is binary, and never decodes for a page's own requests.
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
# Documents and other programs name these, so they are there under their plain names too.
_PUBLISHED = "schemas"


@pages.get("/")
def show_front(request: PageRequest) -> Answer:  # noqa: ARG001 - every view is given its request
    """The two doors, and the way to the user IDs."""
    return Page("portal/front.html")


@pages.get("/prepare/screen")
def show_screen_preparation(request: PageRequest) -> Answer:  # noqa: ARG001
    """事前の準備（画面申請）."""
    return Page("portal/prepare.html", {"door": "screen"})


@pages.get("/prepare/bulk")
def show_bulk_preparation(request: PageRequest) -> Answer:  # noqa: ARG001
    """事前の準備（一括申請）."""
    return Page("portal/prepare.html", {"door": "bulk"})


@pages.get("/terms")
def show_terms_of_use(request: PageRequest) -> Answer:  # noqa: ARG001
    """利用規約."""
    return Page("portal/terms.html")


@pages.get("/privacy")
def show_privacy(request: PageRequest) -> Answer:  # noqa: ARG001
    """個人情報の取扱い."""
    return Page("portal/privacy.html")


@pages.get("/accessibility")
def show_accessibility(request: PageRequest) -> Answer:  # noqa: ARG001
    """ウェブアクセシビリティ."""
    return Page("portal/accessibility.html")


@pages.get("/contact")
def show_contact(request: PageRequest) -> Answer:  # noqa: ARG001
    """お問い合わせ."""
    return Page("portal/contact.html")


@pages.get("/static/{folder}/{name}")
def show_static(request: PageRequest, folder: str, name: str) -> Answer:  # noqa: ARG001
    """A stylesheet, script, picture or schema; with its fingerprint in the name it may be kept for a year."""
    path = PurePosixPath(folder, name)
    stem, _, mark = path.stem.rpartition(".")
    if not stem and folder == _PUBLISHED:
        stem, mark = mark, ""
    plain = f"{folder}/{stem}{path.suffix}"
    if plain not in _known_files():
        return error_page(404, "-")
    body = (STATIC / plain).read_text(encoding="utf-8")
    return StaticText(body, _TYPES[path.suffix], is_pinned=mark == fingerprint(plain))


@lru_cache(maxsize=1)
def _known_files() -> frozenset[str]:
    files = (file.relative_to(STATIC).as_posix() for file in STATIC.glob("*/*"))
    return frozenset(name for name in files if PurePosixPath(name).suffix in _TYPES)
