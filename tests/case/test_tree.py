"""A case file's text becomes a tree of plain values, each with its line; what could be read two ways is refused."""

import json
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from farthing.base.refusal import Problem, Refusal
from farthing.case.tree import DEEPEST, MOST_BYTES, MOST_PARTS, Node, read_file, read_tree, tree_of
from tests.effort import grows_evenly


def plain(node: Node):
    """The tree without its lines."""
    if isinstance(node.value, dict):
        return {name: plain(held) for name, held in node.value.items()}
    return [plain(held) for held in node.value] if isinstance(node.value, tuple) else node.value


def tree(text, name: str = "case.yaml"):
    return plain(read_tree(text, name=name))


def refused(text, name: str = "case.yaml") -> Problem:
    """The one thing that is wrong with a text."""
    with pytest.raises(Refusal) as refusal:
        read_tree(text, name=name)
    (problem,) = refusal.value.problems
    return problem


# What is read


def test_scalars_stay_the_text_they_are_written_as():
    written = (
        "on: 2026-05-04\namount: 6400.00\nyes: true\nold: 0123\npartner: none\npart: 1_000\nodd: .inf\nat: 12:30:00"
    )
    assert tree(written) == {
        "on": "2026-05-04", "amount": "6400.00", "yes": "true", "old": "0123", "partner": "none", "part": "1_000",
        "odd": ".inf", "at": "12:30:00",
    }  # fmt: skip


def test_an_empty_scalar_null_and_a_tilde_are_nothing_but_quoted_they_are_text():
    assert tree("a:\nb: null\nc: ~\nd: 'null'\ne: ''\nf: [~, none]") == {
        "a": None, "b": None, "c": None, "d": "null", "e": "", "f": [None, "none"],
    }  # fmt: skip


def test_numbers_in_json_stay_as_they_are_written():
    written = (
        '{"a": 6400.00, "b": -1, "c": 1e3, "d": true, "e": null, "f": "null", "g": [], "h": {}, "i": "\\u00e9\\/"}'
    )
    assert tree(written) == {
        "a": "6400.00", "b": "-1", "c": "1e3", "d": "true", "e": None, "f": "null", "g": [], "h": {}, "i": "é/",
    }  # fmt: skip


def test_a_text_is_json_by_its_name_or_by_its_opening_brace():
    assert tree(' \n{"a": 1}', "no name") == {"a": "1"}
    assert "cannot be read" in refused("a: 1", "case.JSON").problem


def test_each_value_knows_the_line_its_name_stands_on():
    top = read_tree("# a case\ncapital:\n  - {kind: cash,\n     value: 5}\n  - 7\n", name="case.yaml").value
    assert (top["capital"].line, top["capital"].value[0].line) == (2, 3)
    assert (top["capital"].value[0].value["value"].line, top["capital"].value[1].line) == (4, 5)


def test_each_value_of_json_knows_its_line_too():
    top = read_tree('{\n "a":\n  [1,\n   2],\n "b": {"c":\n 3}}', name="case.json").value
    assert (top["a"].line, top["a"].value[1].line, top["b"].value["c"].line) == (2, 4, 5)


def test_bytes_and_a_byte_order_mark_are_read():
    assert tree("\ufeffa: 1".encode()) == {"a": "1"}
    assert tree('\ufeff{"a": 1}') == {"a": "1"}


def test_values_parsed_elsewhere_make_the_same_tree():
    assert plain(tree_of({"a": "6400.00", "b": True, "c": False, "d": None, "e": [1, -2], "f": {}})) == {
        "a": "6400.00", "b": "true", "c": "false", "d": None, "e": ["1", "-2"], "f": {},
    }  # fmt: skip


def test_a_file_is_read_and_named_by_its_path(tmp_path):
    file = tmp_path / "jane.yaml"
    file.write_text("council: england\n", encoding="utf-8")
    assert plain(read_file(file)) == plain(read_file(str(file))) == {"council": "england"}
    file.write_text("", encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        read_file(file)
    assert refusal.value.problems[0].field == str(file)


# What is refused

LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"


@pytest.mark.parametrize(
    ("text", "problem", "what_to_do"),
    [
        ("", "is empty", "Write a case"),
        ("# only a remark\n", "is empty", "Write a case"),
        ("null", "is empty", "Write a case"),
        ("- a", "is a list where named fields belong", "council: england"),
        ("a", "is a single value where named fields belong", "council: england"),
        (LAUGHS, "uses an anchor or alias, 'a' (line 1)", "Write the values out"),
        ("a: *x", "uses an anchor or alias, 'x' (line 1)", "Write the values out"),
        ("a: !!python/object:x 1", "uses a tag", "Write the value without it"),
        ("a: 1\nb: !x [1]", "uses a tag, '!x' (line 2)", "Write the value without it"),
        ("a: 1\n<<: {b: 2}", "uses a merge key, '<<' (line 2)", "Write the values out"),
        ("a: 1\n---\nb: 2", "holds more than one document (line 2)", "one case a file"),
        ("? [a, b]\n: c", "has something other than a name before a colon (line 1)", "one name before each colon"),
        ("~: c", "has something other than a name before a colon (line 1)", "one name before each colon"),
        (f"{'n' * 101}: 1", "has a name of 101 letters (line 1)", "Use the names in the guide"),
        ("a: 1\nb: c: d", "line 2, column 5: a colon stands where none is expected", "Put that line right"),
        ("a:\n\t- 1", "line 2, column 1: a tab, or a sign that cannot begin a value", "Put that line right"),
        ("a: 'b", "a quotation mark is not closed", "Put that line right"),
        ("a: [b, c", "a list opened with [ is not closed, or lacks a comma", "Put that line right"),
        ("a: {b: 1\nc: 2", "a group opened with { is not closed, or lacks a comma", "Put that line right"),
        ("a: |\n  two\n  lines", "holds a line break, tab or sign that cannot be printed", "on one line"),
        ('a: "\\e[31m"', "cannot be printed, inside a value or name (line 1)", "on one line"),
        ("a: \x07", "holds a character that cannot be printed", "UTF-8"),
        ("a: 1\0", "holds a NUL byte", "plain text"),
        (b"a: \xff\xfe", "is not text in UTF-8", "encoding UTF-8"),
        ("a: \ud800", "is not text in UTF-8", "encoding UTF-8"),
        ('{"a": 1', "line 1, column 8: the file ends where a comma or } was expected", "double quotes"),
        ('{"a": [1,]}', "']' stands where a value was expected", "never after the last"),
        ('{"a": 1,}', "'}' stands where a name in double quotes was expected", "never after the last"),
        ("{a: 1}", "line 1, column 2: 'a' stands where a name in double quotes, or } was expected", "double quotes"),
        ('{"a" 1}', "'1' stands where a colon was expected", "double quotes"),
        ('{"a": 1} {"b": 2}', "'{' stands where nothing more was expected", "double quotes"),
        ('{"a": NaN}', "'N' stands where a value was expected", "double quotes"),
        ('{"a": 007}', "'0' stands where a comma or } was expected", "double quotes"),
        ('{"a":\n "b', "line 2, column 2: a text in quotation marks is not closed", "double quotes"),
        ('{"a": "\\ud800"}', "holds a line break, tab or sign that cannot be printed", "on one line"),
        ('{"": 1}', "has something other than a name before a colon", "one name before each colon"),
    ],
)  # fmt: skip
def test_what_could_mislead_is_refused(text, problem, what_to_do):
    found = refused(text)
    assert problem in found.problem
    assert what_to_do in found.what_to_do
    assert found.field == "case.yaml"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a: 1\nb: {c: 1,\n c: 2}\na: 3\nb: {}", {"b.c": (2, 3), "a": (1, 4), "b": (2, 5)}),
        ('{"a": [{"b": 1,\n"b": 2}]}', {"a[0].b": (1, 2)}),
    ],
)
def test_a_name_given_twice_is_refused_with_both_its_lines(text, fields):
    with pytest.raises(Refusal) as refusal:
        read_tree(text, name="case")
    found = {each.field: each for each in refusal.value.problems}
    assert {field: each.problem for field, each in found.items()} == {
        field: f"is given twice, on line {one} and on line {other}" for field, (one, other) in fields.items()
    }
    assert all(each.what_to_do == "Keep the one that is right" for each in found.values())


@pytest.mark.parametrize("opening", ["[", "- ", '{"a":'])
def test_a_case_nested_too_deep_is_refused(opening):
    assert f"nested more than {DEEPEST} deep" in refused(opening * 200).problem


def test_a_case_may_be_nested_as_deep_as_the_limit():
    innermost = DEEPEST - 1
    assert tree('{"a":' + "[" * innermost + "]" * innermost + "}") is not None
    assert "nested" in refused('{"a":' + "[" * DEEPEST + "]" * DEEPEST + "}").problem


def test_a_case_with_too_many_values_is_refused():
    most = MOST_PARTS - len(["the mapping", "a", "the list"])
    assert len(tree("a: [" + "b," * most + "]")["a"]) == most
    found = refused("a: [" + "b," * (most + 1) + "]")
    assert found.problem == "holds more than 100,000 names and values"
    assert "caseload" in found.what_to_do


def test_a_text_over_the_limit_is_refused_before_it_is_parsed():
    assert tree("a: " + "x" * (MOST_BYTES - 3)) is not None
    found = refused("[" * (MOST_BYTES + 1))
    assert (found.problem, found.what_to_do[:21]) == ("is too large for one case: 1.1 MB", "Give one person's cas")


def test_a_file_of_fifty_megabytes_is_refused_by_its_size(tmp_path):
    file = tmp_path / "huge.yaml"
    with file.open("wb") as content:
        content.truncate(50_000_000)
    with pytest.raises(Refusal) as refusal:
        read_file(file)
    assert refusal.value.problems[0].problem == "is too large for one case: 50.0 MB"


@pytest.mark.parametrize(
    ("name", "problem", "what_to_do"),
    [
        ("missing.yaml", "is not there", "Check the name"),
        ("", "is a folder", "Name the case file inside it"),
        ("a\0b", "cannot be opened", "Check the name"),
        ("n" * 300, "cannot be opened", "Check the name"),
        ("latin.yaml", "is not text in UTF-8", "encoding UTF-8"),
    ],
)
def test_a_path_that_is_no_case_file_is_refused(tmp_path, name, problem, what_to_do):
    (tmp_path / "latin.yaml").write_bytes("who: José".encode("latin-1"))
    with pytest.raises(Refusal) as refusal:
        read_file(f"{tmp_path}/{name}")
    assert problem in refusal.value.problems[0].problem
    assert what_to_do in refusal.value.problems[0].what_to_do


def test_a_device_that_never_ends_is_refused():
    with pytest.raises(Refusal, match="too large"):
        read_file("/dev/zero")


@pytest.mark.parametrize(
    ("value", "problem", "what_to_do"),
    [
        ({"a": 6400.5}, "holds 6400.5 as a number with a point", "Write amounts as quoted text"),
        ({"a": 10**5000}, "holds a number that is too large", "as quoted text"),
        ({1: "a"}, "has a name that is not text: 1", "Write every name as text"),
        ({"a": {1, 2}}, "holds a set, which is not a plain value", "as text"),
        ([], "is a list where named fields belong", "council: england"),
        (None, "is empty", "Write a case"),
        ({"a\n": 1}, "cannot be printed", "on one line"),
    ],
)
def test_values_parsed_elsewhere_that_are_not_plain_are_refused(value, problem, what_to_do):
    with pytest.raises(Refusal) as refusal:
        tree_of(value)
    assert problem in refusal.value.problems[0].problem
    assert what_to_do in refusal.value.problems[0].what_to_do


def test_a_value_that_holds_itself_is_refused():
    endless: dict[str, object] = {}
    endless["a"] = endless
    with pytest.raises(Refusal, match="nested more than"):
        tree_of(endless)


# Whatever is written

FRAGMENTS = [
    "a", "kind", ": ", ":", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", '"', "'", "&a ", "*a", "!!str ", "? ", "| ",
    ">", "#", "~", "null", "%", "---", "...", "\t", "\\", "1.5", "\0", "\ufeff", "\u2028", "<<", "@", "`", "é",
]  # fmt: skip


@given(st.one_of(st.binary(), st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)))
@example("a: " + "\\" * 100)
def test_whatever_is_written_is_read_or_refused(text):
    for name in ("case.yaml", "case.json"):
        try:
            read_tree(text, name=name)
        except Refusal as refusal:
            assert refusal.problems and all(each.problem and each.what_to_do for each in refusal.problems)


@pytest.mark.parametrize(
    "part", ["[", "a,", "- ", "? ", "&a ", "{", " ", "\n", '"', "'", "a: ", "[]\n", "a:\n", "#\n", "!", "{a,", '{"a" :']
)
@pytest.mark.parametrize("before", ["", "a: [", '{"a": [', "a:\n "])
def test_a_megabyte_of_anything_is_read_or_refused_with_work_that_grows_as_it_does(before, part):
    def reading(size):
        text = (before + part * (size // len(part)))[:size]

        def read():
            with suppress(Refusal):
                read_tree(text, name="case")

        return read

    assert grows_evenly(reading, 2_000)
    reading(MOST_BYTES)()


JSON_NAMES = st.text("abc_ é", min_size=1, max_size=6)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | st.text("aZ09£é😀\\/'\"{}:,", max_size=9),
    lambda held: st.lists(held, max_size=4) | st.dictionaries(JSON_NAMES, held),
    max_leaves=30,
)


@given(st.dictionaries(JSON_NAMES, JSON_VALUES), st.sampled_from([None, 2]))
def test_json_reads_as_the_values_it_was_written_from(values, indent):
    for ascii_only in (True, False):
        written = json.dumps(values, indent=indent, ensure_ascii=ascii_only)
        assert tree(written, "case.json") == plain(tree_of(values))
