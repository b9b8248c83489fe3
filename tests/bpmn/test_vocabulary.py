"""What owners may call, read off the functions themselves."""

from engine.bpmn.vocabulary import OperationSignature, Vocabulary


def send(data: object, message: str, to: str | None = None, **payload: object) -> None: ...


def count(data: object) -> int: ...


def test_the_signature_of_an_operation_leaves_out_the_data_it_is_given() -> None:
    assert OperationSignature.of(send) == OperationSignature(frozenset(("message",)), frozenset(("to",)), True)
    assert OperationSignature.of(count) == OperationSignature()


def test_equal_vocabularies_are_the_same_key() -> None:
    one = Vocabulary(frozenset(("today",)), {"count": OperationSignature.of(count)})
    same = Vocabulary(frozenset(("today",)), {"count": OperationSignature.of(count)})
    other = Vocabulary(frozenset(("today",)), {"count": OperationSignature.of(send)})
    assert {one: "kept"}[same] == "kept"
    assert one != other
    assert one.fingerprint == same.fingerprint
