"""The one way in which every door asks for a secret."""

from dataclasses import dataclass, field

import pytest

from chalicelib.domain.attempts import WRONG_IN_A_ROW, Door
from chalicelib.ports import StoreUnavailable, Work
from chalicelib.verbs.doors import Knock, Verdict, is_reserved, knock
from tests.fakes.hashing import quick_hash
from tests.fakes.outside import FakeHasher
from tests.fakes.store import FakeStore

SECRET, WRONG = "open sesame of samples", "another word"
KEYS = {"somebody": quick_hash(SECRET)}


@dataclass
class House:
    """A store, and who lives there."""

    store: FakeStore
    hasher: FakeHasher = field(default_factory=FakeHasher)

    def knock(self, secret: str = SECRET, subject: str = "somebody", door: Door = Door.APPLICATION) -> Verdict[str]:
        """Somebody at a door."""
        asked = Knock(door, subject, secret)
        return knock(self.store.begin, self.hasher, asked, lambda _: KEYS.get(subject), str)

    def count(self, subject: str = "somebody", door: Door = Door.APPLICATION) -> int:
        """Wrong secrets in a row."""
        return self.store.rows.attempts[f"{door} {subject}"]


@pytest.fixture
def house(store: FakeStore) -> House:
    """Nobody has knocked yet."""
    return House(store)


def test_whoever_has_the_secret_is_told_whose_it_is(house: House) -> None:
    assert house.knock() == Verdict(KEYS["somebody"], is_locked=False)


@pytest.mark.parametrize(("secret", "subject"), [(WRONG, "somebody"), ("", "somebody"), (SECRET, "nobody")])
def test_nobody_else_is_told_anything(house: House, secret: str, subject: str) -> None:
    assert house.knock(secret, subject) == Verdict(None, is_locked=False)


def test_a_try_counts_even_when_it_is_right_until_somebody_forgets_it(house: House) -> None:
    house.knock()
    assert house.count() == 1


@pytest.mark.parametrize("subject", ["somebody", "nobody"])
def test_after_five_tries_the_right_secret_opens_nothing(house: House, subject: str) -> None:
    for _ in range(WRONG_IN_A_ROW):
        assert house.knock(WRONG, subject) == Verdict(None, is_locked=False)
    assert house.knock(SECRET, subject) == Verdict(None, is_locked=True)
    assert house.count(subject) == WRONG_IN_A_ROW


@pytest.mark.parametrize("door", Door)
def test_doors_and_subjects_are_counted_apart(house: House, door: Door) -> None:
    for _ in range(WRONG_IN_A_ROW):
        house.knock(WRONG, door=door)
    assert [one for one in Door if house.count(door=one)] == [door]
    assert house.knock(door=door).is_locked
    assert not house.knock(subject="somebody else", door=door).is_locked


def test_every_try_is_one_comparison_with_a_hash(house: House) -> None:
    for tries, (secret, subject) in enumerate([(SECRET, "somebody"), (WRONG, "somebody"), (WRONG, "nobody")], 1):
        house.knock(secret, subject)
        assert house.hasher.compared == tries
    for tries in range(10):
        house.knock()
        assert house.hasher.compared == tries + 4


def test_a_decoy_is_no_secret(house: House) -> None:
    assert house.knock(house.hasher.decoy, "nobody").holder is None


def test_it_is_counted_before_anybody_is_looked_up(house: House) -> None:
    seen = []

    def look_up(work: Work) -> None:
        seen.append(house.count())

    knock(house.store.begin, house.hasher, Knock(Door.APPLICATION, "somebody", SECRET), look_up, str)
    assert seen == [1]


def test_when_tries_cannot_be_counted_nobody_is_looked_up(house: House) -> None:
    house.store.is_down = True
    with pytest.raises(StoreUnavailable):
        house.knock()
    assert house.hasher.compared == 0


def test_a_guess_whose_answer_is_lost_has_counted(house: House) -> None:
    house.store.lost_answers = 1
    with pytest.raises(StoreUnavailable):
        is_reserved(house.store.begin, Door.PASSCODE, "somebody")
    assert house.count(door=Door.PASSCODE) == 1


def test_of_guesses_side_by_side_no_more_than_five_are_told(house: House) -> None:
    house.store.rivals += [house.knock] * 3
    verdicts = [house.knock() for _ in range(WRONG_IN_A_ROW)]
    assert [one.holder for one in verdicts].count(None) == 3
