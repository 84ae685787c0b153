"""From the front page to the mailed link."""

from tests.pages.portal import OpenPortal
from tests.pages.steps import CORPORATION, complete
from tests.pages.visitor import Visitor


def test_whole(visitor: Visitor) -> None:
    complete(visitor)
    print(visitor.page.text)
