"""Long lists, a page at a time: {"items", "total"} in the body, and where the other pages are in the header Link."""

from collections.abc import Iterable
from typing import Any

from flask import request, url_for
from marshmallow import Schema, fields

from webapp.api.resource import Shape
from webapp.render.paging import Paging

Answer = tuple[dict[str, Any], dict[str, str]]


def listing(name: str, items: type[Schema]) -> type[Schema]:
    """Return the shape of one page of a list."""
    shape: type[Schema] = Shape.from_dict(
        {
            "items": fields.List(fields.Nested(items), required=True),
            "total": fields.Integer(required=True, metadata={"description": "How many there are on all pages."}),
        },
        name=name,
    )
    return shape


def whole(items: Iterable[Any]) -> dict[str, Any]:
    """Return a list that has one page."""
    found = list(items)
    return {"items": found, "total": len(found)}


def page(items: Iterable[Any], paging: Paging) -> Answer:
    """Return one page of a list and its links (RFC 8288)."""
    places = {"first": 1, "last": paging.pages}
    if 1 < paging.page <= paging.pages + 1:
        places["prev"] = paging.page - 1
    if paging.page < paging.pages:
        places["next"] = paging.page + 1
    links = ", ".join(f'<{_address(number)}>; rel="{rel}"' for rel, number in places.items())
    return {"items": list(items), "total": paging.total}, {"Link": links}


def _address(number: int) -> str:
    kept = {**request.args.to_dict(), **(request.view_args or {}), "page": number}
    return url_for(str(request.endpoint), **kept)
