"""本登録 under faults."""

from chalicelib.capabilities.confirmation import usecases
from chalicelib.domain.accounts import filer_id_of, payer_id_of
from chalicelib.domain.address_loads import ACCOUNTS_PER_ADDRESS
from chalicelib.domain.drafts import Asked
from chalicelib.domain.refusals import AddressFull, LinkUsed
from tests.fakes.outside import FakeHasher
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again, unless_answered
from tests.steps import PASSWORDS

TAKEN = "CA6288"


def _mailed(stage: Stage) -> None:
    stage.notes["opened"] = stage.desk.registered(stage.now).registration
    stage.settle()


def _open_link(stage: Stage) -> object:
    registration_id = stage.notes["opened"].registration_id
    opened = usecases.open_registration(stage.begin, registration_id, stage.now)
    asked = stage.notes.get("asked")
    kept = usecases.find_kept(stage.begin, asked.draft_name if asked else None, registration_id, stage.now)
    return opened, kept


def _is_open(stage: Stage, after: Rows) -> None:
    assert [row["state"] for row in after.registrations] == ["pending"]
    assert not after.accounts


def _type(stage: Stage) -> None:
    """POST of the form behind the link: reads the registration, keeps the draft."""
    opened = usecases.open_registration(stage.begin, stage.notes["opened"].registration_id, stage.now)
    values = usecases.hashed(FakeHasher(), {"notification_email": ""}, PASSWORDS)
    draft = usecases.keep_details(stage.begin, stage.dice, None, opened, values, stage.now)
    stage.notes["asked"] = Asked(draft.name, draft.submission_id or "", "ja")


def _typed(stage: Stage) -> None:
    _mailed(stage)
    _type(stage)


def _may_complete(stage: Stage, after: Rows) -> None:
    _is_open(stage, after)
    _complete(stage)


def _check(stage: Stage) -> object:
    return usecases.find_check(stage.begin, stage.notes["asked"].draft_name, stage.now)


def _complete(stage: Stage) -> str:
    suffix = stage.notes["suffix"] = stage.desk.complete(stage.notes["asked"], stage.now)
    return suffix


def _another_browser_completes(stage: Stage) -> None:
    other = stage.desk.ready_to_complete(stage.notes["opened"], stage.now)
    stage.desk.complete(other, stage.now)


def _is_completed_once(stage: Stage, after: Rows) -> None:
    (account,) = after.accounts
    (letter,) = (row for row in after.letters if row["name"] == "registration_completed")
    assert letter["to"] == account["management_email"]
    if "suffix" in stage.notes:
        suffix = stage.notes["suffix"]
        assert suffix == account["id_suffix"]
        assert _see_ids(stage) == (payer_id_of(suffix), filer_id_of(suffix))


def _drawn_already(stage: Stage) -> None:
    """Somebody has the suffix that will be drawn first."""
    stage.dice.suffixes = [TAKEN]
    stage.desk.completed(stage.now)
    _typed(stage)


def _complete_unluckily(stage: Stage) -> str:
    stage.dice.suffixes = [TAKEN]
    return _complete(stage)


def _has_its_own_suffix(stage: Stage, after: Rows) -> None:
    assert len(after.accounts) == 2
    payer_id, _ = usecases.find_ids(stage.begin, stage.notes["asked"].draft_name, stage.now)
    assert payer_id != payer_id_of(TAKEN)


def _almost_full(stage: Stage) -> None:
    _typed(stage)
    stage.notes["other"] = stage.desk.ready_to_complete(stage.desk.registered(stage.now).registration, stage.now)
    stage.set_count(ACCOUNTS_PER_ADDRESS - 1)


def _the_last_place_is_taken(stage: Stage) -> None:
    stage.desk.complete(stage.notes["other"], stage.now)


def _is_within_the_limit(stage: Stage, after: Rows) -> None:
    assert len(after.accounts) == 1
    assert max(int(row["used"]) for row in after.address_limits if "#" not in row["address"]) == ACCOUNTS_PER_ADDRESS


def _completed(stage: Stage) -> None:
    _typed(stage)
    _complete(stage)


def _see_ids(stage: Stage) -> object:
    return usecases.find_ids(stage.begin, stage.notes["asked"].draft_name, stage.now)


def _look_back(stage: Stage) -> object:
    """GET of the check page once more."""
    try:
        return _check(stage)
    except LinkUsed:
        return usecases.has_completed(stage.begin, stage.notes["asked"].draft_name, stage.now)


def _knows_its_own(stage: Stage, after: Rows) -> None:
    _is_completed_once(stage, after)
    assert _look_back(stage) is True


def _forget(stage: Stage) -> None:
    usecases.forget(stage.begin, stage.notes["asked"].draft_name)


def _is_forgotten_here_only(stage: Stage, after: Rows) -> None:
    assert [row["id_suffix"] for row in after.accounts] == [stage.notes["suffix"]]
    assert [row["capability"] for row in after.drafts] == ["registration"]


CASES = (
    Case("open the link", _typed, _open_link, again(_open_link), _is_open),
    Case("choose passwords", _mailed, _type, unless_answered(_type), _may_complete),
    Case("look at the check page", _typed, _check, again(_check), _may_complete),
    Case(
        "complete",
        _typed,
        _complete,
        again(_complete, LinkUsed),
        _is_completed_once,
        rivals=(_complete, _another_browser_completes),
        refusals=(LinkUsed,),
    ),
    Case(
        "complete with a suffix that is taken",
        _drawn_already,
        _complete_unluckily,
        again(_complete_unluckily),
        _has_its_own_suffix,
    ),
    Case(
        "complete as the last of an address",
        _almost_full,
        _complete,
        again(_complete, AddressFull),
        _is_within_the_limit,
        rivals=(_complete, _the_last_place_is_taken),
        refusals=(AddressFull,),
    ),
    Case("see the IDs", _completed, _see_ids, again(_see_ids), _is_completed_once),
    Case("look back at the check page", _completed, _look_back, again(_look_back), _knows_its_own),
    Case("forget the IDs", _completed, _forget, again(_forget), _is_forgotten_here_only),
)
