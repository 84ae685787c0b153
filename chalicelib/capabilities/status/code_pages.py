"""Pages of the single vehicle's code: asking first, then the code itself."""

from chalicelib.capabilities.status import usecases_code
from chalicelib.capabilities.status.door import pages
from chalicelib.code_sealing import qr_code_seal
from chalicelib.domain.code_refusals import NotReadyToCollect
from chalicelib.verbs.applications import find_application
from chalicelib.web.answers import Answer, Page, SeeOther
from chalicelib.web.code_pictures import picture_of
from chalicelib.web.enquiries import Enquiring, enquiring
from chalicelib.web.requests import PageRequest

ASK, CODE = "/status/qr-code", "/status/qr-code/shown"


@pages.get(ASK)
@enquiring
def show_question(request: PageRequest, looking: Enquiring) -> Answer:
    """That issuing it changes how the application is collected, for good."""
    application = find_application(request.world.begin, looking.owner)
    if not application.is_ready:
        raise NotReadyToCollect
    if application.pickup_code:
        return SeeOther(CODE)
    return Page("status/code_question.html", {"application": application})


@pages.post(ASK)
@enquiring
def issue_code(request: PageRequest, looking: Enquiring) -> Answer:
    """Issue it; asked again, it is the same."""
    usecases_code.issue_single_code(request.world.begin, request.world, looking.owner, request.now)
    request.entry.outcome = "code_issued"
    return SeeOther(CODE)


@pages.get(CODE)
@enquiring
def show_code(request: PageRequest, looking: Enquiring) -> Answer:
    """二次元コード確認."""
    application, code = usecases_code.single_code(request.world.begin, looking.owner)
    text = qr_code_seal(request.world.settings).sealed(code.says)
    return Page("status/code.html", {"application": application, "code": code, "picture": picture_of(text)})
