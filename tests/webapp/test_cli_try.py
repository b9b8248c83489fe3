"""casefile try: an answer for whatever is tried, one JSON object a line."""

import json
from pathlib import Path

import pytest

from tests.bpmn.sandbox import own_attacks, shared_corpus
from tests.factories.terminal import ROOT, Terminal

DAY = ("--at", "2026-12-10")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.chdir(tmp_path)
    return Terminal(tmp_path)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        (("1 + 1",), '{"value": 2}\n'),
        (("-1",), '{"value": -1}\n'),
        (("score > 2", "--data", '{"score": 3, "other": null}'), '{"value": true}\n'),
        (("today()", *DAY), '{"value": "2026-12-10"}\n'),
        (("now()", "--at", "2026-07-10T09:30"), '{"value": "2026-07-10T08:30:00+00:00"}\n'),
        (("now()", "--at", "2026-07-10T09:30:00+00:00"), '{"value": "2026-07-10T09:30:00+00:00"}\n'),
        (("working_days(20)", *DAY), '{"value": "2027-01-12T23:59:59+00:00"}\n'),
        (('deadline("audit")', *DAY, "--policy", str(ROOT)), '{"value": "2027-01-12T23:59:59+00:00"}\n'),
        (("--script", "total = score + 1\nscore = 3", "--data", '{"score": 3}'), '{"value": {"total": 4}}\n'),
        (('"naïve – “é”"',), '{"value": "naïve – “é”"}\n'),
    ],
)
def test_what_is_tried_shows_its_value(here: Terminal, words: tuple[str, ...], printed: str) -> None:
    answer = here("try", *words)
    assert (answer.text, answer.beside, answer.code) == (printed, "", 0)


@pytest.mark.parametrize("words", [("score.upper()",), ("--script", "import os"), ("",), ("score",), ("'")])
def test_what_is_refused_shows_a_sentence_and_exits_with_1(here: Terminal, words: tuple[str, ...]) -> None:
    answer = here("try", *words)
    assert answer.code == 1
    assert list(answer.json) == ["refused"]
    assert answer.json["refused"].endswith(".")


def test_deadlines_are_those_of_the_policy_in_the_current_folder(here: Terminal, monkeypatch) -> None:
    assert "no policy is deployed" in here("try", 'deadline("audit")').json["refused"]
    monkeypatch.chdir(ROOT)
    assert here("try", 'deadline("audit")', *DAY).json == {"value": "2027-01-12T23:59:59+00:00"}


def test_a_file_is_tried_line_by_line_with_escapes(here: Terminal) -> None:
    file = here.folder / "tries.txt"
    file.write_bytes(b'1 + 1\nlen("a\\nb")\r\n\n"\\\\"\n\xff\n"\\t"\n2 +')
    answer = here("try", "--file", file)
    assert [list(one) for one in answer.lines] == [
        ["value"],
        ["value"],
        ["refused"],
        ["refused"],
        ["refused"],
        ["value"],
        ["refused"],
    ]
    assert answer.lines[:2] == [{"value": 2}, {"value": 3}]
    assert answer.lines[4] == {"refused": "This line is no text in UTF-8."}
    assert answer.code == 1


def test_a_line_break_and_a_backslash_reach_a_script(here: Terminal) -> None:
    file = here.folder / "scripts.txt"
    file.write_text("a = 1\\nb = a + 1\nc = 'x\\\\\\\\y'\n")
    answer = here("try", "--script", "--file", file)
    assert answer.lines == [{"value": {"a": 1, "b": 2}}, {"value": {"c": "x\\y"}}]
    assert answer.code == 0


def test_an_empty_file_has_no_answers(here: Terminal) -> None:
    (here.folder / "empty").write_text("")
    assert here("try", "--file", here.folder / "empty").text == ""


@pytest.mark.parametrize("words", [(), ("1", "--file", "README.md")])
def test_either_an_expression_or_a_file_is_tried(here: Terminal, words: tuple[str, ...]) -> None:
    (here.folder / "README.md").write_text("1")
    answer = here("try", *words)
    assert answer.code == 2
    assert "Give either an EXPRESSION or --file." in answer.beside


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[1]",
        "null",
        "NaN",
        '{"score": Infinity}',
        '{"score": 1e999}',
        '{"score": "\\ud800"}',
        '{"a":' * 3_000 + "1" + "}" * 3_000,
        json.dumps({"a": "x" * 200_000}),
        "{'score': 3}",
    ],
)
def test_hostile_data_is_refused_with_a_sentence_for_every_line(here: Terminal, data: str) -> None:
    (here.folder / "two").write_text("1\n2\n")
    answer = here("try", "--file", here.folder / "two", "--data", data)
    assert answer.code == 1
    assert [list(one) for one in answer.lines] == [["refused"], ["refused"]]
    assert answer.lines[0]["refused"].startswith("The data ")


@pytest.mark.parametrize("script", [False, True])
def test_every_known_attack_is_answered_with_plain_json(here: Terminal, script: bool) -> None:
    payloads = [one for one in (*shared_corpus(), *own_attacks()) if (one.mode == "exec") == script]
    lines = [one.text.replace("\\", "\\\\").replace("\n", "\\n") for one in payloads]
    assert len(lines) > 20
    (here.folder / "attacks").write_text("\n".join(lines), encoding="utf-8", newline="")
    answer = here("try", *(["--script"] if script else []), "--file", here.folder / "attacks", "--data", '{"score": 3}')
    assert len(answer.lines) == len(lines)
    assert {tuple(one) for one in answer.lines} <= {("value",), ("refused",)}
    assert "root:" not in answer.text
