"""One use case or job, met by every fault at every call it makes; then what comes next; then what must hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from chalicelib.domain.refusals import Refusal
from chalicelib.ports import StoreUnavailable
from chalicelib.web.jobs import JobFailed
from tests.faults.answers import MAIL
from tests.faults.audit import require_order
from tests.faults.kinds import FAULTS, OVERTAKEN, Fault, KilledProcess
from tests.faults.rows import Rows
from tests.faults.stage import Kept, Stage
from tests.faults.wire import Plan


@dataclass(frozen=True)
class Outcome:
    """How an act ended, for whoever asked: with a result, with a refusal, or with nothing that says how."""

    result: object = None
    error: BaseException | None = None

    @property
    def is_answered(self) -> bool:
        """Whether a page or result came back that is not 「しばらくしてから」."""
        return not isinstance(self.error, StoreUnavailable | JobFailed | KilledProcess)


Act = Callable[[Stage], object]
Next = Callable[[Stage, Outcome], object]


@dataclass(frozen=True)
class Case:
    """A use case or job to be tried.

    `prepare` brings the stage to where `act` begins. `then` is what a person or AWS does next. `holds` asserts what
    must be true in the end, beyond `audit.require_order`. `rivals` come in between at each call, each by itself;
    without any it is the same act. `refusals`: what `act` may answer when somebody was quicker.
    """

    name: str
    prepare: Act
    act: Act
    then: Next
    holds: Callable[[Stage, Rows], object]
    rivals: tuple[Act, ...] = ()
    refusals: tuple[type[Refusal], ...] = ()

    def __str__(self) -> str:
        return self.name


def again(act: Act, *refusals: type[Refusal]) -> Next:
    """The same once more, whatever came of it: a double click, a reload, the retry of whoever saw an error."""

    def repeat(stage: Stage, outcome: Outcome) -> None:
        try:
            act(stage)
        except refusals:
            return

    return repeat


def unless_answered(act: Act) -> Next:
    """Once more, if no answer came."""
    return lambda stage, outcome: None if outcome.is_answered else act(stage)


@dataclass
class Trial:
    """All runs of one case. What follows an act depends on nothing but what it left, so each such end is tried once."""

    stage: Stage
    case: Case
    start: Kept
    points: int = 0
    failures: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    doubled: set[tuple[str, str]] = field(default_factory=set)
    undisturbed: str = ""

    def run(self) -> None:
        """First undisturbed, then with each fault at each call."""
        self._try(None)
        calls = list(self.stage.wire.calls)
        for plan in self._plans(calls):
            self._try(plan)
            assert self.stage.wire.has_struck, f"{plan} missed"
            self.points += 1

    def _plans(self, calls: list[str]) -> Iterator[Plan]:
        for number, operation in enumerate(calls, 1):
            for fault in FAULTS:
                if operation in fault.operations:
                    yield from self._with_rivals(number, fault)

    def _with_rivals(self, number: int, fault: Fault) -> Iterator[Plan]:
        if fault is not OVERTAKEN:
            yield Plan(number, fault)
            return
        for rival in self.case.rivals or (self.case.act,):
            yield Plan(number, fault, lambda rival=rival: self._ask(rival))  # type: ignore[misc]

    def _try(self, plan: Plan | None) -> None:
        try:
            self._follow(plan)
        except AssertionError as error:
            self.failures.append(f"{self._place(plan)}: {error}")
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not reach a person
            self.failures.append(f"{self._place(plan)}: {type(error).__name__} {error}")

    def _place(self, plan: Plan | None) -> str:
        if plan is None:
            return "undisturbed"
        return f"call {plan.number} of {self.stage.wire.calls[: plan.number]}: {plan.fault}"

    def _ask(self, act: Act) -> Outcome:
        try:
            return Outcome(result=act(self.stage))
        except (StoreUnavailable, JobFailed, KilledProcess) as error:
            return Outcome(error=error)
        except self.case.refusals as error:
            return Outcome(error=error)

    def _follow(self, plan: Plan | None) -> None:
        stage = self.stage
        stage.go_back(self.start)
        before = stage.rows
        with stage.wire.watching(plan):
            outcome = self._ask(self.case.act)
        left = stage.rows
        self._require_right_answer(plan, outcome)
        unnoted = self._unnoted(plan, left)
        if not self._is_new(outcome):
            return
        self.case.then(stage, outcome)
        stage.settle()
        after = stage.rows
        require_order(before, after, stage.mailbox.taken, unnoted)
        self.case.holds(stage, after)

    def _require_right_answer(self, plan: Plan | None, outcome: Outcome) -> None:
        """Undisturbed, and where trouble passes, the same; a refusal only for whom somebody was quicker than."""
        if plan is None:
            self.undisturbed = repr(outcome)
        if plan is None or plan.fault.is_ridden_out(self.stage.wire.calls[plan.number - 1]):
            assert repr(outcome) == self.undisturbed, f"it is noticed: {outcome}"
        if plan is None or plan.fault is not OVERTAKEN:
            assert not (outcome.is_answered and outcome.error), f"nobody was quicker, and yet {outcome.error!r}"

    def _is_new(self, outcome: Outcome) -> bool:
        stage = self.stage
        error = type(outcome.error).__name__
        end = repr((outcome.result, error, stage.wire.memory.present, stage.mailbox.taken, stage.notes))
        is_new = end not in self.seen
        self.seen.add(end)
        return is_new

    def _unnoted(self, plan: Plan | None, left: Rows) -> frozenset[str]:
        """Letters that SES took without our noting it: these, and no others, may go out twice."""
        waiting = {row["letter_id"] for row in left.letters if row["state"] == "waiting"}
        unnoted = frozenset(waiting.intersection(self.stage.mailbox.taken))
        is_excused = plan and MAIL in self.stage.wire.calls[: plan.number]
        assert is_excused or not unnoted, f"mailed, but not noted: {sorted(unnoted)}"
        if plan and unnoted:
            self.doubled.add((self.stage.wire.calls[plan.number - 1], plan.fault.name))
        return unnoted
