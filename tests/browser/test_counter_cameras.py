"""What the counter's page sees by itself: photos, and what a camera shows."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import Arrive
from tests.browser.officers import COUNTER, stand, verdict
from tests.browser.receivers import ENROLMENT, ISSUING, issued, new_name
from tests.browser.visitor import Visitor
from tools.browser import ARGUMENTS, find_browser

SAID, FIELD = ".scan-said", "#scanned"
_VIDEO = (640, 480)
_GREY = 200


def test_a_photo_of_a_screen_is_read(visitor: Visitor) -> None:
    visitor.open(f"{ISSUING}/{issued(visitor, ENROLMENT, new_name()).key}")
    screen = Image.open(io.BytesIO(visitor.page.screenshot())).convert("RGB")
    taken = io.BytesIO()
    screen.rotate(8, Image.Resampling.BICUBIC, expand=True, fillcolor=(90, 90, 90)).save(taken, "JPEG", quality=70)
    stand(visitor)
    visitor.open(COUNTER)
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": taken.getvalue()}
    with visitor.page.expect_navigation():
        visitor.page.locator("[data-photo]").set_input_files(photo)  # type: ignore[arg-type]
    assert verdict(visitor) == "有効"


def test_a_photo_without_a_code_is_told(visitor: Visitor) -> None:
    stand(visitor)
    visitor.open(COUNTER)
    for name, content in (("photo.png", visitor.page.screenshot()), ("letter.txt", b"no picture")):
        photo = {"name": name, "mimeType": "image/png", "buffer": content}
        visitor.page.locator("[data-photo]").set_input_files(photo)  # type: ignore[arg-type]
        expect(visitor.page.locator(SAID)).to_contain_text("写真から二次元コードを読み取れませんでした")
        expect(visitor.page.locator(FIELD)).to_be_focused()


def test_without_a_camera_the_field_is_left(visitor: Visitor) -> None:
    stand(visitor)
    visitor.open(COUNTER)
    visitor.page.get_by_role("button", name="カメラ", exact=True).click()
    expect(visitor.page.locator(SAID)).to_contain_text("カメラを使えません")
    expect(visitor.page.locator(FIELD)).to_be_focused()


def _film(path: Path, picture: Image.Image) -> None:
    """One still of a code, in the format that Chromium takes for a camera (YUV4MPEG2)."""
    frame = Image.new("L", _VIDEO, _GREY)
    code = picture.convert("L").resize((400, 400), Image.Resampling.LANCZOS).rotate(5, fillcolor=_GREY)
    frame.paste(code, (120, 40))
    colourless = bytes([128]) * (_VIDEO[0] * _VIDEO[1] // 2)
    head = b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % _VIDEO
    path.write_bytes(head + b"FRAME\n" + frame.tobytes() + colourless)


@dataclass(frozen=True)
class Camera:
    """A window with a camera that shows a film."""

    window: Page
    film: Path


@pytest.fixture
def camera(playwright: Playwright, tmp_path: Path) -> Iterator[Camera]:
    """Chromium is told of its camera when it starts."""
    film = tmp_path / "camera.y4m"
    seeing = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    arguments = [*ARGUMENTS, *seeing, f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path=find_browser(), args=arguments)
    yield Camera(browser.new_context(locale="ja-JP").new_page(), film)
    browser.close()


def test_a_camera_that_sees_a_code_shows_theverdict(camera: Camera, arrive: Arrive) -> None:
    visitor = arrive(place=camera.window)
    visitor.open(f"{ISSUING}/{issued(visitor, ENROLMENT, new_name()).key}")
    _film(camera.film, Image.open(io.BytesIO(visitor.page.locator(".qr-code").screenshot())))
    stand(visitor)
    visitor.open(COUNTER)
    assert not visitor.page.evaluate("'BarcodeDetector' in window"), "what the portal brings along is not tested"
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="カメラ", exact=True).click()
    assert verdict(visitor) == "有効"
