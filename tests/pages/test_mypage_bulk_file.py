"""まとめ納付管理ファイル: issued, saved, replaced."""

import json
from datetime import timedelta
from urllib.parse import quote

from chalicelib.signing.bulk_files import verified
from tests.pages.mypage_steps import HOME, signed_in, stored
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Visitor

FILE, DOWNLOAD, KEYS = (
    "/mypage/bulk-payment-file",
    "/mypage/bulk-payment-file/download",
    ("/.well-known/bulk-payment-file-keys.json"),
)


def _download(portal: OpenPortal, visitor: Visitor) -> tuple[dict[str, object], str]:
    status, headers, body = portal.answer("GET", DOWNLOAD, {"Cookie": visitor.cookie_header()}, b"")
    assert status == 200
    return dict(headers), body


def _issue(portal: OpenPortal, visitor: Visitor) -> None:
    visitor.get(FILE)
    form = visitor.page.form(FILE)
    body = "&".join(f"{name}={quote(value)}" for name, value in form.values.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": visitor.cookie_header()}
    status, answered, _ = portal.answer("POST", FILE, headers, body)
    assert (status, str(answered["Location"]).removeprefix(portal.settings.base_path)) == (303, DOWNLOAD)


def test_the_file_is_good_under_the_published_keys(portal: OpenPortal, visitor: Visitor) -> None:
    account = signed_in(visitor)
    _issue(portal, visitor)
    headers, body = _download(portal, visitor)
    keys = json.loads(portal.answer("GET", KEYS, {}, b"")[2])
    file = verified(body.encode(), keys)
    assert (file.payer_id, file.serial) == (account.payer_id, 1)
    assert file.expires_at - file.issued_at == timedelta(days=365)
    assert headers["Cache-Control"] == "no-store"


def test_its_name_is_the_manuals_with_an_ascii_one_beside_it(portal: OpenPortal, visitor: Visitor) -> None:
    account = signed_in(visitor)
    _issue(portal, visitor)
    name = quote(f"まとめ納付管理ファイル_{portal.settings.service_short_name}用.json")
    expected = f"attachment; filename=\"bulk-payment-file_{account.payer_id}.json\"; filename*=UTF-8''{name}"
    assert _download(portal, visitor)[0]["Content-Disposition"] == expected


def test_saving_it_again_gives_the_same_file(portal: OpenPortal, visitor: Visitor) -> None:
    signed_in(visitor)
    _issue(portal, visitor)
    first = _download(portal, visitor)[1]
    portal.clock.move(timedelta(minutes=5))
    assert _download(portal, visitor)[1] == first


def test_a_new_one_takes_the_old_ones_place(portal: OpenPortal, visitor: Visitor) -> None:
    account = signed_in(visitor)
    _issue(portal, visitor)
    _issue(portal, visitor)
    assert json.loads(_download(portal, visitor)[1])["serial"] == 2
    assert stored(portal, account).bulk_file.serial == 2


def test_the_same_form_sent_twice_issues_one(portal: OpenPortal, visitor: Visitor) -> None:
    account = signed_in(visitor)
    visitor.get(FILE)
    values = visitor.page.form(FILE).values
    body = "&".join(f"{name}={quote(value)}" for name, value in values.items()).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": visitor.cookie_header()}
    for _ in range(2):
        portal.answer("POST", FILE, headers, body)
    assert stored(portal, account).bulk_file.serial == 1


def test_without_one_the_page_offers_one(visitor: Visitor) -> None:
    signed_in(visitor)
    assert visitor.get(DOWNLOAD).path == FILE
    assert FILE in visitor.get(HOME).form(FILE).action


def test_the_keys_may_be_kept_for_an_hour(portal: OpenPortal) -> None:
    _, headers, body = portal.answer("GET", KEYS, {}, b"")
    assert "max-age=3600" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers
    assert {key["crv"] for key in json.loads(body)["keys"]} == {"Ed25519"}
