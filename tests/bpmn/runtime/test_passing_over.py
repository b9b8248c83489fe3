"""A step that people agreed to leave out is left out once, and no other is."""

from engine.bpmn.runtime.passing_over import PassingOver


def test_an_element_is_passed_over_once() -> None:
    passing_over = PassingOver(frozenset(("tell_auditor",)))
    assert [passing_over.takes(one) for one in ("tell_manager", "tell_auditor", "tell_auditor")] == [False, True, False]
    assert passing_over.done == ["tell_auditor"]
