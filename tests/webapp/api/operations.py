"""Every operation of the OpenAPI document, with a request for each that is good but for what a test changes."""

from collections.abc import Iterator
from datetime import date
from itertools import count, product
from typing import Any

from flask import Flask
from sqlalchemy import update

from engine.service.people import tokens
from engine.service.reports import editions
from engine.store.schema.report import report_edition
from tests.factories.council import Council
from tests.service.monthly import PERIOD, draw

CASE, ACKNOWLEDGE, PREFIX = "CF-20931", "Acknowledge the audit", "/api/v1"
REPORT, MEETING = "management_report", date(2026, 12, 10)
QUERIES = {"/instances": "?process=case_audit", "/events": "?stream=directory"}
ROWS = {"rows": [{"case_reference": CASE, "status": "lost"}]}
NOBODYS = {
    "task_id": "none", "identifier": "none", "reference": "none", "name": "none", "number": "99", "path": "none",
    "cycle": "none", "edition": "none",
}  # fmt: skip


class Operations:
    """The interface of a council in which Mo has a task of his post, and Asha may read the rest."""

    def __init__(self, council: Council, app: Flask) -> None:
        self.council, self.app = council, app
        self.document = app.test_client().get(f"{PREFIX}/openapi.json").json
        self.tokens = {who: self._token(who) for who in ("mo", "asha")}
        draw(council)
        self.edition = council.run(lambda command: editions.draw_up(command, REPORT, MEETING, "of-the-meeting"))
        council.run(lambda command: editions.sign(command, self.edition, []))
        self._keys, self._unaudited = count(), product((CASE, "CF-20932", "CF-20933"), ("kim", "zoe"))
        self.begin()

    def begin(self) -> None:
        """Bring up a task of Mo's post."""
        case, auditor = next(self._unaudited)
        self.council.assign(case, auditor)
        self.council.authorise_audit(case)
        self.task = self.council.task(ACKNOWLEDGE, case)
        self.known = {
            "task_id": self.task.id, "identifier": self.task.instance, "reference": case, "name": "learning_bulletin",
            "number": "1", "path": "processes/deadlines.dmn", "cycle": PERIOD, "edition": self.edition,
        }  # fmt: skip

    def falsify(self) -> None:
        """Change a signed report behind the back of Casefile."""
        self.council.run(lambda command: command.connection.execute(update(report_edition).values(data={"title": "x"})))

    def __iter__(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, methods in self.document["paths"].items():
            for method in sorted(set(methods) - {"parameters"}):
                yield method.upper(), path.removeprefix(PREFIX), methods[method]

    def _token(self, who: str) -> str:
        return tokens.make(self.council.engine, "asha", f"everything-of-{who}", list(tokens.SCOPES), who)

    def ask(self, method: str, path: str, **changed: Any) -> Any:
        """Ask; `token`, `known`, `query`, `headers` (None for none) and the body can be changed."""
        usual = self.tokens["mo" if path.startswith("/tasks") else "asha"]
        token, known = changed.pop("token", usual), changed.pop("known", self.known)
        query = changed.pop("query", QUERIES.get(path, ""))
        headers = {
            "Authorization": f"Bearer {token}", "Idempotency-Key": f"key-{next(self._keys)}", "If-Match": "*",
            **changed.pop("headers", {}),
        }  # fmt: skip
        content = changed or self._content(method, path)
        given = {name: value for name, value in headers.items() if value is not None}
        address = PREFIX + path.format(**known) + query
        return self.app.test_client().open(address, method=method, headers=given, **content)

    def _content(self, method: str, path: str) -> dict[str, Any]:
        if method == "GET" or path.endswith(("take", "give-back")):
            return {}
        answers = self.council.filled(self.task) if path.endswith("complete") else {}
        return {"json": ROWS if path == "/extracts" else {"answers": answers}}
