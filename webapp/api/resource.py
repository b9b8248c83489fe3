"""What every route of the interface has in common: its token and scope, what it takes, answers and refuses.

The OpenAPI document is made of what stands here, so that it says what is so: a status that is not listed for a route
is never answered by it.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final, TypeVar

from flask import Response, request
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate
from marshmallow.validate import Validator

from webapp.api.bearer import KEY, KEY_CHARACTERS, LONGEST_KEY, needs
from webapp.api.parsing import Parser

SCHEME: Final = "bearer"
PREFIX: Final = "/api/v1"
ALWAYS: Final = (401, 403, 429, 503)

View = TypeVar("View", bound=Callable[..., Any])

_KEY_HEADER: Final = {
    "in": "header",
    "name": KEY,
    "required": True,
    "description": "New for each thing to be done. What was sent twice with the same key is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": KEY_CHARACTERS},
}
_IF_MATCH: Final = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "description": "The ETag of the task as it was read.",
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
}


class Shape(Schema):
    """What goes in or comes out; unknown fields are refused."""

    class Meta:
        """Refuse unknown fields, in the document too."""

        unknown = "raise"


def sought(*validators: Validator, **options: Any) -> fields.String:
    """Return the field for a text to look for: any but the character that no database keeps."""
    return fields.String(validate=[validate.Regexp(r"^[^\x00]*$"), *validators], **options)


class Paged(Shape):
    """Which page is wanted."""

    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))


class Resource(Blueprint):  # type: ignore[misc]  # flask_smorest ships no types
    """The routes of one noun."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(f"api-{name}", __name__, url_prefix=PREFIX, description=description)

    def reads(
        self, rule: str, scope: str, answer: type[Schema], query: type[Schema] | None = None, *more: int
    ) -> Callable[[View], View]:
        """Route GET of `rule` to a view for tokens with `scope`; its answer is tagged, and 304 to whoever has it.

        `more` are statuses that only this route answers with.
        """
        refusals = [*ALWAYS, 304, *more, *([404] if "<" in rule else []), *([422] if query else [])]

        def add(view: View) -> View:
            made = self.response(200, answer)(view)
            if query is not None:
                made = self.arguments(query, location="query")(made)
            made = self._refusing(made, refusals)
            return self.get(rule)(needs(scope)(_tagged(self._documented(made, scope, []))))  # type: ignore[no-any-return]

        return add

    def writes(
        self,
        method: str,
        rule: str,
        scope: str,
        answer: type[Schema],
        body: type[Schema] | None = None,
        *,
        matched: bool = False,
        wrong: int = HTTPStatus.UNPROCESSABLE_ENTITY,
    ) -> Callable[[View], View]:
        """Route POST or PUT of `rule`: POST needs a key and is done once for it, `matched` needs the ETag of a task.

        `wrong` is the status for a `body` of another shape than it should have.
        """
        keyed = method == "POST"
        refusals = [*ALWAYS, 409, *([404] if "<" in rule else []), *([412, 428] if matched else [])]
        refusals += [400, 413, 415, 422] if body is not None else [400] if keyed else []
        headers = [*([_KEY_HEADER] if keyed else []), *([_IF_MATCH] if matched else [])]

        def add(view: View) -> View:
            made = self.response(200, answer)(view)
            if body is not None:
                made = self.arguments(body, location="json", error_status_code=wrong)(made)
            made = self._refusing(made, refusals)
            documented = self._documented(made, scope, headers)
            return self.route(rule, methods=[method])(needs(scope)(documented))  # type: ignore[no-any-return]

        return add

    def _refusing(self, view: Any, statuses: list[int]) -> Any:
        for status in sorted(set(statuses)):
            view = self.alt_response(status, response=HTTPStatus(status).name)(view)
        return view

    def _documented(self, view: Any, scope: str, headers: list[dict[str, Any]]) -> Any:
        # Without headers the parameters of the query stand as they are.
        more = {"parameters": headers} if headers else {}
        return self.doc(security=[{SCHEME: [scope]}], **more)(view)


def _tagged(view: View) -> View:
    """Give the answer of a view an ETag, and nothing to whoever has it already."""

    @wraps(view)
    def tagged(**arguments: Any) -> Response:
        answer: Response = view(**arguments)
        answer.add_etag()
        tag, _ = answer.get_etag()
        return _unchanged(answer) if request.if_none_match.contains_weak(str(tag)) else answer

    return tagged  # type: ignore[return-value]  # wraps keeps the signature


def _unchanged(answer: Response) -> Response:
    headers = {name: answer.headers[name] for name in ("ETag", "Link") if name in answer.headers}
    return Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
