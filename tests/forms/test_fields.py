"""Names, furigana, IDs, choices and boxes: what each field keeps, shows again and refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.forms.base import Form, required_if
from chalicelib.forms.fields import AsciiField, ChoiceField, ConsentField, KanaField, NameField
from chalicelib.forms.problems import CODES, Problem

ANY_TEXT = st.text(st.characters(exclude_categories=()))
FIELDS = ("name", "kana", "number")


class SampleForm(Form):
    """One field of each kind, all asked for."""

    name = NameField(autocomplete="family-name")
    kana = KanaField()
    number = AsciiField()
    nickname = NameField(required=False)
    colour = ChoiceField(choices=("blue", "white"))
    consent = ConsentField()


class HolderForm(Form):
    """Fields of which some are asked for only of some."""

    kind = ChoiceField(choices=("individual", "corporation"))
    family_name = NameField(required=required_if(kind="individual"))
    company_name = NameField(required=required_if(kind="corporation"))
    company_kana = KanaField(required=required_if(kind="corporation"))


FINE = {
    "name": "軽自",
    "kana": "ケイジ",
    "number": "12",
    "nickname": "",
    "colour": "blue",
    "consent": "yes",
}


def problems_of(form: Form) -> dict[str, Problem]:
    """Validate, and give the problems by field."""
    is_valid = form.validate()
    problems = {field.name: problem for field, problem in form.problems()}
    assert is_valid is not bool(problems)
    assert all(problem.code in CODES for problem in problems.values())
    return problems


def test_a_form_that_is_filled_well_has_no_problem() -> None:
    form = SampleForm(FINE)
    assert problems_of(form) == {}
    assert form.values() == FINE


def test_all_problems_of_all_fields_come_at_once_and_in_order() -> None:
    required = Problem("required")
    assert list(problems_of(SampleForm({})).items()) == [
        ("name", required),
        ("kana", required),
        ("number", required),
        ("colour", required),
        ("consent", Problem("must_consent")),
    ]


def test_wtforms_collects_the_problems_themselves() -> None:
    form = SampleForm({})
    form.validate()
    assert form.name.errors == [Problem("required")]
    assert form.consent.errors == [Problem("must_consent")]


@pytest.mark.parametrize("nothing", ["", " ", "\u3000\u00a0\t", "\u200b"])
def test_spaces_alone_are_nothing(nothing: str) -> None:
    problems = problems_of(SampleForm({**FINE, **dict.fromkeys(FIELDS, nothing)}))
    assert problems == dict.fromkeys(FIELDS, Problem("required"))


def test_a_name_has_at_most_100_characters() -> None:
    assert problems_of(SampleForm({**FINE, "name": "軽" * 100, "kana": "ｶﾞ" * 100})) == {}
    too_long = SampleForm({**FINE, "name": "𠮷" * 101, "kana": "ア" * 101})
    assert problems_of(too_long) == dict.fromkeys(("name", "kana"), Problem("too_long", limit=100))
    assert too_long.name.data == "𠮷" * 101


def test_every_width_is_converted_and_not_refused() -> None:
    form = SampleForm({**FINE, "name": "ｶﾞABC  1", "kana": "けい ｼﾞ-", "number": "１２－３ 4"})
    assert problems_of(form) == {}
    assert (form.name.data, form.kana.data, form.number.data) == ("ガＡＢＣ　１", "ケイ　ジー", "12-34")
    assert form.values()["kana"] == "ケイ　ジー"


@pytest.mark.parametrize("field", [*FIELDS, "nickname"])
@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("\x00", Problem("forbidden_character", character="U+0000", kind="control")),
        ("\x1b", Problem("forbidden_character", character="U+001B", kind="control")),
        ("\u202e", Problem("forbidden_character", character="U+202E", kind="bidi")),
        ("\ud83d", Problem("forbidden_character", character="U+D83D", kind="surrogate")),
        ("😀", Problem("forbidden_character", character="😀", kind="emoji")),
        ("🇯🇵", Problem("forbidden_character", character="🇯🇵", kind="emoji")),
        ("\ufffd", Problem("forbidden_character", character="\ufffd", kind="other")),
        ("\r\n", Problem("line_break")),
        ("\n", Problem("line_break")),
        ("\u2028", Problem("line_break")),
    ],
)
def test_every_text_refuses_forbidden_characters_by_name(field: str, bad: str, problem: Problem) -> None:
    assert problems_of(SampleForm({**FINE, field: f"ア{bad}イ"})) == {field: problem}


def test_a_forbidden_character_is_named_even_when_there_is_nothing_else() -> None:
    problem = Problem("forbidden_character", character="U+202E", kind="bidi")
    assert problems_of(SampleForm({**FINE, "name": "\u202e"})) == {"name": problem}


def test_what_was_typed_is_shown_again_without_what_nobody_sees() -> None:
    form = SampleForm({**FINE, "name": "軽\x00自\u202e😀\n", "kana": "ﾀ郎"})
    form.validate()
    assert form.name.data == "軽自😀"
    assert form.kana.data == "タ郎"
    assert form.values()["name"] == form.values()["kana"] == ""


@pytest.mark.parametrize(
    ("kana", "character"), [("ﾀ郎", "郎"), ("ラ〜メン", "〜"), ("ケイジ1", "1"), ("ア\u3099", "U+3099")]
)
def test_furigana_names_the_letter_it_cannot_hold(kana: str, character: str) -> None:
    assert problems_of(SampleForm({**FINE, "kana": kana})) == {"kana": Problem("not_kana", character=character)}


@pytest.mark.parametrize("name", ["\ufa19", "﨑", "髙", "𠮷", "辻\U000e0100", "José", "김", "か\u3099"])
def test_any_letter_is_part_of_a_name(name: str) -> None:
    form = SampleForm({**FINE, "nickname": name})
    assert problems_of(form) == {}
    assert form.values()["nickname"][-1] == name[-1]


@pytest.mark.parametrize("value", ["red", "Blue", "blue ", "\x00", "\ud83d", "x" * 10_000])
def test_a_value_that_was_not_offered_is_no_choice_and_not_shown_again(value: str) -> None:
    form = SampleForm({**FINE, "colour": value})
    assert problems_of(form) == {"colour": Problem("unknown_choice")}
    assert form.colour.data == ""


@pytest.mark.parametrize(("sent", "ticked"), [("yes", True), ("on", True), ("", False), (" ", False)])
def test_consent_is_a_ticked_box(sent: str, ticked: bool) -> None:  # noqa: FBT001
    form = SampleForm({**FINE, "consent": sent})
    assert problems_of(form) == ({} if ticked else {"consent": Problem("must_consent")})
    assert form.consent.data is ticked


def test_a_draft_prefills_a_form_and_complains_of_nothing() -> None:
    form = SampleForm(values={"name": "軽自", "colour": "white", "consent": "yes", "unknown": "x"})
    assert (form.name.data, form.kana.data, form.colour.data, form.consent.data) == ("軽自", "", "white", True)
    assert form.problems() == []
    assert not any(field.is_ok for field in form.fields())


def test_what_was_sent_goes_before_the_draft_even_when_it_is_empty() -> None:
    assert SampleForm({"kana": "ア"}, values={"name": "軽自"}).name.data == ""


def test_fields_that_were_not_declared_are_ignored() -> None:
    form = SampleForm({**FINE, "is_admin": "1", "csrf_token": "x"})
    assert problems_of(form) == {}
    assert form.values() == FINE


@pytest.mark.parametrize(
    ("kind", "asked"), [("individual", {"family_name"}), ("corporation", {"company_name", "company_kana"}), ("", set())]
)
def test_only_the_fields_of_the_chosen_kind_are_asked_for(kind: str, asked: set[str]) -> None:
    assert set(problems_of(HolderForm({"kind": kind}))) - {"kind"} == asked


def test_fields_of_the_other_kind_are_shown_again_but_not_judged() -> None:
    form = HolderForm({"kind": "individual", "family_name": "軽自", "company_name": "見本社", "company_kana": "漢字"})
    assert problems_of(form) == {}
    assert (form.company_name.data, form.company_kana.data) == ("見本社", "漢字")


def test_a_draft_keeps_the_other_kinds_fields_only_when_they_are_fine() -> None:
    form = HolderForm({"kind": "individual", "family_name": "軽自", "company_name": "見本社", "company_kana": "漢字"})
    form.validate()
    assert form.values() == {
        "kind": "individual",
        "family_name": "軽自",
        "company_name": "見本社",
        "company_kana": "",
    }


def test_an_unknown_kind_is_the_only_problem() -> None:
    assert problems_of(HolderForm({"kind": "ghost"})) == {"kind": Problem("unknown_choice")}


def test_badges_say_required_optional_and_ok() -> None:
    form = SampleForm({**FINE, "kana": "漢"})
    form.validate()
    assert (form.name.is_required, form.nickname.is_required) == (True, False)
    assert (form.name.is_ok, form.kana.is_ok, form.nickname.is_ok, form.colour.is_ok) == (True, False, False, True)
    assert HolderForm().company_name.is_required


def test_templates_learn_what_kind_of_input_a_field_is() -> None:
    form = SampleForm()
    assert [field.input_type for field in form.fields()] == ["text"] * 4 + ["radio", "checkbox"]
    assert (form.name.autocomplete, form.kana.autocomplete, form.colour.choices) == (
        "family-name",
        "",
        ("blue", "white"),
    )


@given(st.fixed_dictionaries(dict.fromkeys(FINE, ANY_TEXT)))
def test_whatever_is_sent_is_judged_and_can_be_shown_again(typed: dict[str, str]) -> None:
    form = SampleForm(typed)
    form.validate()
    for value in form.values().values():
        value.encode()
    for field in form.fields():
        str(field.data).encode()


@given(st.fixed_dictionaries(dict.fromkeys(FINE, ANY_TEXT)))
def test_what_a_draft_keeps_is_accepted_again_unchanged(typed: dict[str, str]) -> None:
    form = SampleForm({**FINE, **typed})
    if form.validate():
        again = SampleForm(form.values())
        assert again.validate()
        assert again.values() == form.values()
