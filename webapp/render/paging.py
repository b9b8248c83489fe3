"""Pages of a long list."""

from dataclasses import dataclass
from typing import Any

from flask import Request, url_for


@dataclass(frozen=True)
class Paging:
    """Page `page` (from 1) of a list of `total` things, `size` on each page."""

    page: int
    size: int
    total: int

    @staticmethod
    def wanted(request: Request) -> int:
        """Return the page that a reader asks for, 1 for anything that is no page number."""
        text = request.args.get("page", "")
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    def links(self, endpoint: str, **kept: Any) -> dict[str, Any] | None:
        """Return the parameters of the pagination component, None when everything is on one page.

        `kept` are further parts of each address, such as filters.
        """
        if self.pages == 1:
            return None
        links: dict[str, Any] = {}
        if self.page > 1:
            links["previous"] = {"href": url_for(endpoint, page=self.page - 1, **kept)}
        if self.page < self.pages:
            links["next"] = {"href": url_for(endpoint, page=self.page + 1, **kept)}
        items = [
            {"number": number, "href": url_for(endpoint, page=number, **kept), "current": number == self.page}
            for number in range(1, self.pages + 1)
            if number in (1, self.pages) or abs(number - self.page) <= 2
        ]
        return {**links, "items": items}
