"""Business software under faults: every answer may get lost, and it asks again with the same key."""

from chalicelib.capabilities.filing import usecases, usecases_filer
from chalicelib.capabilities.filing.usecases import Wanted
from chalicelib.capabilities.filing.usecases_filer import Listing
from chalicelib.capabilities.mypage.usecases_bulk_file import issue_bulk_file
from chalicelib.domain.application_refusals import CredentialsWrong, NotCorrectable, NotWithdrawable
from chalicelib.domain.application_states import State
from chalicelib.domain.charges import PaymentMethod
from tests.application_builders import a_record, answers_of
from tests.faults import insider
from tests.faults.applicants import at_the_desk, has, the_application, whole_applications
from tests.faults.insider import letters_named, tries
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again
from tests.steps import PASSWORDS
from tests.usecases.applications.steps import (
    BULK_FILE,
    FILER,
    LATER,
    OWN,
    WRONG,
    a_wanted,
    paying,
    sent,
)

UNREADABLE = a_wanted(record=a_record(insurance_reference="なし"))
IN_BULK = a_wanted(method=PaymentMethod.BULK, bulk_file=BULK_FILE)
FIRST, SECOND = sent("key-1#0"), sent("key-1#1")


def _nothing(stage: Stage) -> None:
    """An empty stage."""


def _has_account(stage: Stage) -> None:
    stage.dice.suffixes.append(FILER)
    insider.has_account(stage)


def _has_bulk_file(stage: Stage) -> None:
    _has_account(stage)
    with stage.begin() as work:
        account = work.accounts.find(FILER)
    assert account
    issue_bulk_file(stage.begin, account, "submission-1", stage.now)


def _ask_token(stage: Stage) -> object:
    token = at_the_desk(stage).ask_token(PASSWORDS["filer_password"])
    account = usecases_filer.account_of(stage.begin, token, LATER)
    return account and account.id_suffix


def _is_unlocked(stage: Stage, after: Rows) -> None:
    assert tries(after) == 0
    assert _ask_token(stage) == FILER


def _guess_token(stage: Stage) -> object:
    try:
        return at_the_desk(stage).ask_token(WRONG)
    except CredentialsWrong:
        return None


def _has_counted(stage: Stage, after: Rows) -> None:
    assert 1 <= tries(after) <= 3, "a try counts once"


def _file(stage: Stage, *wanted: Wanted) -> object:
    """As the view does it: what was stored before is not stored again."""
    asked = [FIRST, SECOND][: len(wanted)]
    earlier = usecases.earlier_results(stage.begin, FILER, asked)
    desk = at_the_desk(stage)
    return [known or desk.file(one, key, stage.now) for one, key, known in zip(wanted, asked, earlier, strict=True)]


def _file_two(stage: Stage) -> object:
    return _file(stage, a_wanted(), UNREADABLE)


def _file_in_bulk(stage: Stage) -> object:
    return _file(stage, IN_BULK)


def _are_filed_once(stage: Stage, after: Rows) -> None:
    filed = sorted(row["state"] for row in whole_applications(after))
    assert filed == [State.INSPECTION_FEE_DUE, State.NOT_ACCEPTED]
    assert len(letters_named(after, "application_filed")) == 2


def _is_filed_in_bulk(stage: Stage, after: Rows) -> None:
    (row,) = whole_applications(after)
    assert (row["state"], row["payer_suffix"]) == (State.INSPECTION_FEE_BULK, FILER)


def _draw_the_number_of_another(stage: Stage) -> object:
    stage.dice.digits += ["000", "0" * 24]
    return _file(stage, a_wanted())


def _is_filed_beside_it(stage: Stage, after: Rows) -> None:
    assert len(whole_applications(after)) == 2
    assert len(letters_named(after, "application_filed")) == 1


def _withdraw(stage: Stage) -> object:
    return at_the_desk(stage).withdraw_as_filer().state


def _applicant_withdraws(stage: Stage) -> None:
    at_the_desk(stage).withdraw()


def _it_is_paid(stage: Stage) -> None:
    at_the_desk(stage).tell(paying())


def _is_withdrawn_or_paid(stage: Stage, after: Rows) -> None:
    assert the_application(after)["state"] in {State.WITHDRAWN, State.WEIGHT_TAX_BULK}


def _waiting(stage: Stage) -> None:
    has(State.INSPECTION_CORRECTION, filer_suffix=FILER)(stage)
    stage.notes["answers"] = answers_of(at_the_desk(stage).stored())


def _correct(stage: Stage) -> object:
    """As the view does it: looked at first, known again before anything is checked."""
    application = usecases_filer.look_at(stage.begin, FILER, OWN)
    if not usecases_filer.is_repeated(stage.begin, application, sent()):
        answers, chance = stage.notes["answers"], stage.dice
        application = usecases_filer.correct(stage.begin, chance, application, answers, sent(), LATER)
    return application.state


def _is_corrected_or_withdrawn(stage: Stage, after: Rows) -> None:
    application = at_the_desk(stage).stored()
    is_corrected = application.state is State.INSPECTION_REVIEW
    assert is_corrected or application.state is State.WITHDRAWN
    assert is_corrected == (stage.notes["answers"].items() <= vars(application.record).items())


def _list(stage: Stage) -> object:
    page = usecases_filer.list_applications(stage.begin, FILER, Listing(25))
    return [usecases_filer.look_at(stage.begin, FILER, one.application_number) for one in page.lines]


def _nothing_changed(stage: Stage, after: Rows) -> None:
    assert the_application(after)["version"] == 1


CASES = (
    Case("ask for a filer token", _has_account, _ask_token, again(_ask_token), _is_unlocked),
    Case("ask for a filer token with a wrong password", _has_account, _guess_token, again(_guess_token), _has_counted),
    Case("file two applications at once", _nothing, _file_two, again(_file_two), _are_filed_once),
    Case("file an application in bulk", _has_bulk_file, _file_in_bulk, again(_file_in_bulk), _is_filed_in_bulk),
    Case(
        "file under a number that is taken",
        has(),
        _draw_the_number_of_another,
        again(_draw_the_number_of_another),
        _is_filed_beside_it,
    ),
    Case(
        "withdraw as a filer while it is paid",
        has(State.INSPECTION_FEE_BULK, filer_suffix=FILER),
        _withdraw,
        again(_withdraw, NotWithdrawable),
        _is_withdrawn_or_paid,
        rivals=(_withdraw, _it_is_paid),
        refusals=(NotWithdrawable,),
    ),
    Case(
        "correct as a filer while it is withdrawn",
        _waiting,
        _correct,
        again(_correct, NotCorrectable),
        _is_corrected_or_withdrawn,
        rivals=(_correct, _applicant_withdraws),
        refusals=(NotCorrectable, NotWithdrawable),
    ),
    Case("list and look as a filer", has(filer_suffix=FILER), _list, again(_list), _nothing_changed),
)
