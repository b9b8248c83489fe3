"""All files of a snapshot read once, with everything that must be mended before they can be deployed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from engine.bpmn.decisions.decision import Decision, problems_of_decision, read_decision
from engine.bpmn.documents import parse_xml
from engine.bpmn.forms.form import Form, read_form
from engine.bpmn.forms.problems import problems_of_form
from engine.bpmn.language.expressions import Language
from engine.bpmn.lint.diagram import problems_of_diagram
from engine.bpmn.lint.layout import repetitions
from engine.bpmn.lint.leavers import leavers_in
from engine.bpmn.lint.messages import NOT_CAUGHT, NOT_SENT
from engine.bpmn.lint.policy_reviews import REVIEWS, policy_reviews
from engine.bpmn.lint.skipping import skipped_steps
from engine.bpmn.lint.stories import NOT_DRAWN, NOT_YET, story_tasks
from engine.bpmn.lint.tables import missing, names_in, tables
from engine.bpmn.model import Model, read_model
from engine.bpmn.notices import Notice, problems_of_notice, read_notice
from engine.bpmn.parts import parts_of
from engine.bpmn.policy import Policy
from engine.bpmn.references import REFERENCES, read_references
from engine.bpmn.report_files import Shelf, problems_of_reports, read_report, read_words
from engine.bpmn.requirements import MANUAL, REQUIREMENTS, problems_of_requirements, read_requirements
from engine.bpmn.skipping import TABLE as SKIPPING
from engine.bpmn.vocabulary import Vocabulary
from engine.domain.problems import Problem
from engine.errors import Unreadable

POSTS = "posts"
DEADLINES = "deadlines"
MOST_FILES = 512
UNREADABLE = "unreadable"
_MISSED = frozenset((NOT_CAUGHT, NOT_DRAWN, NOT_SENT))
_DRAWN, _EXPLANATIONS = ".bpmn", ".md"

# Of a changed policy most files are as they were, and what stands in one of these depends on no other file.
_read_form = lru_cache(MOST_FILES)(read_form)
_problems_of_form = lru_cache(MOST_FILES)(problems_of_form)
_read_decision = lru_cache(MOST_FILES)(read_decision)
_problems_of_decision = lru_cache(MOST_FILES)(problems_of_decision)


@dataclass
class Survey:
    """What a snapshot holds, by name, and the problems found so far. `unread` are the stems of unreadable files."""

    diagrams: list[Model] = field(default_factory=list)
    models: dict[str, Model] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    decision_files: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)
    reports: Shelf = field(default_factory=Shelf)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def survey_of(snapshot: Mapping[str, bytes], vocabulary: Vocabulary) -> Survey:
    """Read every file and check all of them; whatever one file holds, the others are still checked."""
    language = naming(frozenset(vocabulary.functions))
    found = contents_of(snapshot, language)
    policy = _policy(found, snapshot, vocabulary, language)
    for model in found.diagrams:
        found.problems += problems_of_diagram(model, policy)
    found.problems += tables(found.decisions, found.decision_files, policy)
    reviews, parts = found.decisions.get(REVIEWS), parts_of(snapshot).values()
    found.problems += policy_reviews(reviews, found.decision_files.get(REVIEWS, ""), parts, policy.posts)
    skipping = found.decisions.get(SKIPPING)
    file = found.decision_files.get(SKIPPING, "")
    found.problems += skipped_steps(skipping, file, found.diagrams, vocabulary.skippable)
    found.problems += missing(vocabulary.decisions - policy.decisions)
    found.problems += problems_of_reports(found.reports, vocabulary.subjects)
    not_yet = snapshot.get(NOT_YET, b"").decode(errors="replace")
    found.problems += story_tasks(found.stories, not_yet, found.diagrams)
    found.problems += problems_of_requirements(snapshot)
    found.problems += _unread_by_service(snapshot, vocabulary, found)
    if any(one.code == UNREADABLE and one.file.endswith(_DRAWN) for one in found.problems):
        # What is missed may well stand in the diagram that cannot be read.
        found.problems = [one for one in found.problems if one.code not in _MISSED]
    return found


@lru_cache
def naming(functions: frozenset[str]) -> Language:
    """Return the one language in which these functions can be named, and none can be called."""
    return Language(dict.fromkeys(functions, _never_called))


def _unread_by_service(snapshot: Mapping[str, bytes], vocabulary: Vocabulary, found: Survey) -> Iterator[Problem]:
    """Report the files that the service itself reads and that are missing, or not as it needs them."""
    for file, read in vocabulary.files.items():
        if file not in snapshot:
            message = f"{file} is missing, and the council cannot work without it. Put it back."
            yield Problem(file, "", "missing-file", message)
        elif PurePosixPath(file).stem not in found.unread:
            try:
                read(snapshot[file])
            except Unreadable as refusal:
                yield Problem(file, "", UNREADABLE, refusal.sentence)


def contents_of(snapshot: Mapping[str, bytes], language: Language) -> Survey:
    """Read every file, with the problems it has by itself. Nothing is raised."""
    found = Survey()
    for file in sorted(snapshot):
        try:
            _read(found, file, snapshot[file], language)
        except Unreadable as refusal:
            found.unread.add(PurePosixPath(file).stem)
            if file not in {problem.file for problem in found.problems}:
                found.problems.append(Problem(file, "", UNREADABLE, refusal.sentence))
    return found


def _read(found: Survey, file: str, content: bytes, language: Language) -> None:
    for matches, read in _READERS:
        if matches(PurePosixPath(file)):
            read(found, file, content, language)
            return
    if not file.endswith(_EXPLANATIONS) and file != NOT_YET:
        message = f"{file} is not a file that policy is made of. Remove it, or correct its name or folder."
        found.problems.append(Problem(file, "", "unknown-file", message))


def _diagram(found: Survey, file: str, content: bytes, _language: Language) -> None:
    model = read_model(file, content)
    other = found.models.get(model.process_id)
    if other is not None and model.process_id:
        message = f"The process “{model.process_id}” is also drawn in {other.file}. Give each process one file."
        found.problems.append(Problem(file, model.process_id, "repeated-process", message))
    found.diagrams.append(model)
    found.models.setdefault(model.process_id, model)


def _decision(found: Survey, file: str, content: bytes, language: Language) -> None:
    found.problems += _problems_of_decision(file, content, language)
    decision = _read_decision(file, content)
    found.problems += repetitions(file, parse_xml(file, content))
    other = found.decision_files.get(decision.id)
    if other is not None:
        message = f"The decision “{decision.id}” also stands in {other}. Give each decision one file."
        found.problems.append(Problem(file, decision.id, "repeated-decision", message))
    found.decisions.setdefault(decision.id, decision)
    found.decision_files.setdefault(decision.id, file)


def _form(found: Survey, file: str, content: bytes, language: Language) -> None:
    text, name = _text(file, content), PurePosixPath(file).name
    found.problems += _problems_of_form(file, text, language)
    found.forms[name] = _read_form(name, text)


def _columns(_found: Survey, file: str, content: bytes, _language: Language) -> None:
    """What the owners say about the columns of a list is read by the service that takes the list in."""
    _text(file, content)


def _notice(found: Survey, file: str, content: bytes, _language: Language) -> None:
    text, name = _text(file, content), PurePosixPath(file).stem
    found.problems += problems_of_notice(file, text)
    found.notices[name] = read_notice(name, text)


def _report(found: Survey, file: str, content: bytes, _language: Language) -> None:
    found.reports.reports[PurePosixPath(file).stem] = read_report(file, _text(file, content))


def _figures(found: Survey, file: str, content: bytes, _language: Language) -> None:
    found.reports.words[PurePosixPath(file).stem] = read_words(file, _text(file, content))


def _story(found: Survey, file: str, content: bytes, _language: Language) -> None:
    found.stories[file] = _text(file, content)


def _manual(_found: Survey, file: str, content: bytes, _language: Language) -> None:
    _text(file, content)


def _requirements(_found: Survey, file: str, content: bytes, _language: Language) -> None:
    read_requirements(file, content)


def _references(_found: Survey, file: str, content: bytes, _language: Language) -> None:
    read_references(file, content)


_READERS: tuple[tuple[Callable[[PurePosixPath], bool], Callable[[Survey, str, bytes, Language], None]], ...] = (
    (lambda path: path.match("processes/*.bpmn"), _diagram),
    (lambda path: path.match("processes/*.dmn"), _decision),
    (lambda path: path.match("forms/*_columns.json"), _columns),
    (lambda path: path.match("forms/reports/*.json"), _report),
    (lambda path: path.match("forms/figures/*.json"), _figures),
    (lambda path: path.match("forms/*.json"), _form),
    (lambda path: path.match("forms/notices/*.txt"), _notice),
    (lambda path: path.match("processes/stories/*.feature"), _story),
    (lambda path: path.as_posix() == MANUAL, _manual),
    (lambda path: path.as_posix() == REQUIREMENTS, _requirements),
    (lambda path: path.as_posix() == REFERENCES, _references),
)


def _text(file: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(file=file, reason=f"it is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _policy(found: Survey, snapshot: Mapping[str, bytes], vocabulary: Vocabulary, language: Language) -> Policy:
    stems = frozenset(found.unread)
    files = frozenset(PurePosixPath(file).name for file in snapshot if PurePosixPath(file).parent.name == "forms")
    return Policy(
        language=language,
        vocabulary=vocabulary,
        models=found.models,
        processes=frozenset(found.models) | stems,
        decisions=frozenset(found.decisions) | stems,
        forms=frozenset(name for name in files if name.endswith(".json")),
        notices=frozenset(found.notices) | stems,
        posts=names_in(found.decisions.get(POSTS)),
        deadlines=names_in(found.decisions.get(DEADLINES)),
        answers={name: frozenset(one.name for one in table.outputs) for name, table in found.decisions.items()},
        said={name: _variables(form) for name, form in found.forms.items()},
        leavers=leavers_in(found.decisions.get(POSTS)),
    )


def _variables(form: Form) -> frozenset[str]:
    return frozenset(question.variable for question in form.questions.values() if question.variable)


def _never_called(*_arguments: object) -> object:
    raise AssertionError("A check compiles and never calls.")
