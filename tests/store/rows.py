"""Rows for the tests of the store."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from engine.store.schema.execution import deployment, instance, task

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def an_event(stream, n, **fields):
    return {
        "stream": stream,
        "n": n,
        "kind": "noted",
        "actor": "mo",
        "at": NOW,
        "details": {},
        "previous": "",
        "hash": "0" * 64,
        "command_key": None,
        "request_hash": None,
        "answer": None,
        **fields,
    }


def a_deployment(**fields):
    moment = {"deployed_at": NOW, "in_force_from": NOW}
    return {"number": 1, "digest": "d", "files": b"", "deployed_by": "ian", "note": "", **moment, **fields}


def an_instance(identifier, **fields):
    return {
        "id": identifier,
        "process": "errand",
        "deployment": 1,
        "case_ref": "CF-1",
        "audit": None,
        "business_key": None,
        "status": "running",
        "state": b"state",
        "version": 1,
        "tokens": [],
        "open_tasks": [],
        "reminders": {},
        "next_due": None,
        "events": 1,
        "head": "h",
        "started_at": NOW,
        **fields,
    }


def a_task(identifier, **fields):
    return {
        "id": identifier,
        "instance": "others",
        "key": 1,
        "process": "errand",
        "element": "fetch",
        "title": "Fetch",
        "lane": "Leader",
        "post": None,
        "team": None,
        "assignee": None,
        "case_ref": "CF-1",
        "audit": None,
        "form": None,
        "deadline": None,
        "facts": {},
        "due": None,
        "opened_at": NOW,
        "status": "open",
        **fields,
    }


def add_instances(database, *rows):
    """Add a deployment, an instance that no test is about, and these."""
    with database.transaction() as connection:
        connection.execute(insert(deployment), a_deployment())
        connection.execute(insert(instance), [an_instance("others", case_ref="CF-9")])
        if rows:
            connection.execute(insert(instance), list(rows))


def add_tasks(database, *rows):
    """Add these tasks of the instance that no test is about."""
    add_instances(database)
    with database.transaction() as connection:
        connection.execute(insert(task), list(rows))
