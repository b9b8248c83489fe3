"""No payload escapes, leaks, changes its input or takes long; what is harmless works or says what to write instead."""

import json

import pytest

from engine.bpmn.language.expressions import Language
from engine.errors import ExpressionRefused
from tests.bpmn.sandbox import functions, judged, names, own_attacks, shared_corpus

SHARED = shared_corpus()
OWN = own_attacks()
BENIGN = {
    "195": True,
    "197": True,
    "198": True,
    "200": True,
    "201": True,
    "203": "Use upper(name).",
    "204": 3,
    "206": "Write x * x.",
    "207": 11,
    "209": True,
    "210": "Use sum(...) or any(... for x in list), or [... for x in list].",
    "212": "Put the rule in a decision table.",
    "213": {"data": {"flag": True, "deeper": {"list": [1, 2]}}, "result": True},
}
HARMLESS = {"162": [1, 2, 3]}


@pytest.mark.parametrize("payload", [one for one in SHARED if one.kind != "benign"], ids=lambda one: one.name)
def test_an_attack_of_the_shared_corpus_is_refused_whichever_way_it_comes_in(payload, tmp_path):
    (tmp_path / "secret.txt").write_text("a-secret-of-the-host")
    text = payload.text.replace("CANARY", str(tmp_path))
    for mode in ("expr", "exec", "cell"):
        outcome = judged(Language(functions()), mode, text, names())
        if mode == "expr" and payload.name in HARMLESS:
            assert outcome == HARMLESS[payload.name]
        elif mode != "cell" or payload.name not in HARMLESS:
            assert isinstance(outcome, ExpressionRefused), text
    assert not (tmp_path / "hit").exists()


@pytest.mark.parametrize("payload", [one for one in SHARED if one.kind == "benign"], ids=lambda one: one.name)
def test_a_harmless_payload_gives_its_value_or_is_told_what_to_write_instead(payload):
    outcome = judged(Language(functions()), payload.mode, payload.text, names())
    expected = BENIGN[payload.name]
    if isinstance(outcome, ExpressionRefused):
        outcome = outcome.details["remedy"]
    assert outcome == expected


@pytest.mark.parametrize("payload", OWN, ids=lambda one: one.name)
def test_an_attack_on_this_very_language_ends_as_foreseen(payload):
    outcome = judged(Language(functions()), payload.mode, payload.text, names())
    if payload.outcome == "refused":
        assert isinstance(outcome, ExpressionRefused), outcome
    else:
        assert outcome == json.loads(payload.outcome)


def test_there_are_enough_attacks_to_mean_something():
    assert len([one for one in SHARED if one.kind != "benign"]) > 80
    assert len([one for one in OWN if one.outcome == "refused"]) >= 60
