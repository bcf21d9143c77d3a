"""Conditions, predicates, expressions, texts and names."""

import datetime
import decimal
from collections import OrderedDict
from types import MappingProxyType

import pipewright as pw
import pytest

PRODUCTION = {"env": {"name": "prod"}}


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("<+env.name> == 'prod'", PRODUCTION, True),
        ("<+env.name> == 'qa'", PRODUCTION, False),
        # A `when` is more than its expression: a text that is not empty lets the node run.
        ("<+go>", {"go": "true"}, True),
        ("<+go>", {"go": "abc"}, True),
        ("<+go>", {"go": "false"}, False),
        ("<+go>", {"go": ""}, False),
        ("<+input>", None, False),
    ],
)
def test_condition(text, values, expected):
    assert pw.condition(text, values) is expected
    assert pw.Condition(text).decide(values) is expected
    assert pw.Condition(text).decide(pw.Values(values)) is expected


def test_what_only_a_run_can_tell_is_unknown():
    answer = pw.condition("<+env.name> == 'prod'")
    assert isinstance(answer, pw.Unknown)
    assert answer.needs == ["env.name"]
    assert str(answer) == answer.reason and "env.name" in answer.reason
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(answer)
    with pytest.raises(TypeError):
        if answer:
            pass
    assert answer == pw.condition("<+env.name> == 'prod'")
    assert len({answer, pw.predicate("<+env.name> == 'prod'")}) == 1


def test_the_decided_side_decides():
    assert pw.condition("<+env.name> == 'prod' && false") is False
    assert pw.condition("<+env.name> == 'prod' || true") is True


def test_predicate_wants_a_boolean():
    assert pw.predicate("<+n> > 1", {"n": 2}) is True
    with pytest.raises(pw.Error) as caught:
        pw.predicate("<+n>", {"n": "abc"})
    assert caught.value.kind == "evaluation"


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("<+n> + 1", {"n": 2}, 3),
        ("<+n> + 1", {"n": 2**31}, 2**31 + 1),
        ("<+n> + 1", {"n": 10**30}, 10**30 + 1),
        ("<+n> / 2", {"n": 3.0}, 1.5),
        ("<+t>", {"t": "\N{PARTY POPPER} a"}, "\N{PARTY POPPER} a"),
        ("<+t>.split(',')", {"t": "a,b"}, ["a", "b"]),
        ("<+m>", {"m": {"b": [1, None, True], "a": {}}}, {"b": [1, None, True], "a": {}}),
        ("<+m.b[1]>", {"m": {"b": (1, 2)}}, 2),
        ("1..3", None, [1, 2, 3]),
        ("<+env.nmae>", PRODUCTION, None),
        ("<+variables.x>", {"variables": {}}, None),
        ("<+pipeline.variables.x>", {"pipeline.variables.x": "by its name"}, "by its name"),
        ("<+m.k>", {"m": OrderedDict(k=1)}, 1),
        ("<+m.k>", MappingProxyType({"m": MappingProxyType({"k": 1})}), 1),
        ("<+d>", {"d": decimal.Decimal("1.25")}, 1.25),
    ],
)
def test_evaluate(text, values, expected):
    value = pw.evaluate(text, values)
    assert value == expected and type(value) is type(expected)


def test_big_decimals_are_exact():
    value = pw.evaluate("1.10B + 2.20B")
    assert value == decimal.Decimal("3.30") and isinstance(value, decimal.Decimal)


def test_whole_numbers_may_be_longer_than_python_writes():
    value = pw.evaluate("<+a> * <+a>", {"a": 10**4000})
    assert value == 10**8000


def test_dates_are_in_utc():
    for text in ("<+currentDate()>", "<+currentTime()>"):
        date = pw.evaluate(text)
        assert isinstance(date, datetime.datetime) and date.tzinfo is datetime.timezone.utc
        assert abs(date - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(days=1)


def test_unknown_parts_stay_unknown():
    value = pw.evaluate("[1, <+env.name>]")
    unknown = value if isinstance(value, pw.Unknown) else value[1]
    assert unknown.needs == ["env.name"]


def test_render():
    text = "\N{PARTY POPPER} <+a> <+env.nmae> <+env.name>"
    out = pw.render(text, {"a": 1})
    assert str(out) == out.text == "\N{PARTY POPPER} 1 null <+env.name>"
    [missing], [unknown] = out.missing, out.unknown
    assert text[missing.start : missing.end] == missing.expression == "<+env.nmae>"
    assert missing.suggestions == ["env.name"] and "nmae" in missing.reason
    assert text[unknown.start : unknown.end] == unknown.expression == "<+env.name>"


def test_names():
    text = "\N{PARTY POPPER}" * 2000 + " <+artifact.tag> <+env.name>"
    names = pw.names(text)
    assert [name.path for name in names] == ["artifact.tag", "env.name"]
    assert [text[name.start : name.end] for name in names] == ["artifact.tag", "env.name"]
    assert names[0] == pw.names(text)[0] and hash(names[0]) == hash(pw.names(text)[0])


def test_what_is_shown_in_a_notebook():
    assert repr(pw.Condition("<+a>")) == 'Condition("<+a>")'
    assert repr(pw.names("<+a.b>")) == "[<Name a.b at 2..5>]"
    assert repr(pw.render("<+a>", {"a": 1})) == '<Rendered "1", 0 missing, 0 unknown>'
    assert repr(pw.condition("<+env.name>")).startswith("<Unknown: ")


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("<+a> +", "syntax", 6, 6),
        ("\N{PARTY POPPER}<+a> +", "syntax", None, None),
        ("1 / 0", "evaluation", None, None),
    ],
)
def test_errors(text, kind, start, end):
    with pytest.raises(pw.Error) as caught:
        pw.evaluate(text, {"a": 1})
    error = caught.value
    assert isinstance(error, ValueError) and error.kind == kind and str(error)
    if start is not None:
        assert (error.start, error.end) == (start, end)


def test_an_error_survives_pickling():
    import pickle

    with pytest.raises(pw.Error) as caught:
        pw.evaluate("<+a> +")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.kind, again.start, again.end, again.help) == (
        str(caught.value),
        caught.value.kind,
        caught.value.start,
        caught.value.end,
        caught.value.help,
    )


@pytest.mark.parametrize(
    "values",
    [5, [1], "text", {1: 2}, {"a": object()}, {"a": {1, 2}}, {"a": datetime.date(2026, 1, 1)}],
)
def test_what_is_no_value_is_a_type_error(values):
    with pytest.raises(TypeError):
        pw.evaluate("<+a>", values)


def test_values_without_end_are_refused():
    endless: dict = {}
    endless["a"] = endless
    with pytest.raises(pw.Error) as caught:
        pw.evaluate("<+a>", endless)
    assert caught.value.kind == "input"
    with pytest.raises(pw.Error):
        pw.evaluate("<+a>", {"a": 10**30000})


def test_half_characters_are_refused():
    with pytest.raises(ValueError):
        pw.evaluate("<+a> + '\ud800'", {"a": 1})


def test_a_hostile_text_is_an_error_and_no_crash():
    for text in ("(" * 100_000, "<+" * 50_000, "a" * 10_000_000, "x.repeat(9) * " * 10_000):
        try:
            pw.evaluate(text, {})
        except pw.Error as error:
            assert error.kind in ("syntax", "budget", "evaluation")
