"""casefile work."""

import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Event

import click

from engine.errors import ClockLeapt
from engine.service import clockwork
from engine.service.clock import ClockWatch
from engine.service.engine import Engine
from engine.service.inboxes import digests
from engine.service.mail import mailroom
from engine.service.mail.mailroom import Letterhead
from engine.service.mail.senders import FolderSender, MailSender
from engine.service.record_system.webhook import Webhook, relay
from engine.service.ticking import Loop, keep_ticking, sentence_of
from webapp.commands.output import note, refuse, say
from webapp.commands.settings import Settings, council

CLOCK_SECONDS, MAIL_SECONDS, DIGEST_SECONDS = 5, 10, 60
PIECES_AT_ONCE = 100


@click.command("work", short_help="Watch the deadlines and post the letters.")
def command() -> None:
    """Watch the deadlines and post the letters, until told to stop (Ctrl+C, or SIGTERM).

    Let it run beside casefile serve, once or several times: what is due is claimed in the database, so nothing is done
    twice, and what fell due while nobody worked is done first.

    Letters go to the mail server in CASEFILE_SMTP, such as smtp+starttls://name:password@host:587, from the address in
    CASEFILE_MAIL_FROM. Or they go to GOV.UK Notify, with the API key in CASEFILE_NOTIFY_KEY and in
    CASEFILE_NOTIFY_TEMPLATE the id of an email template whose subject is ((subject)) and whose message is ((body)).
    Without either they are written into var/mail. They lead to the pages at CASEFILE_ADDRESS, such as
    https://casefile.example.gov.uk, and close with the name in CASEFILE_COUNCIL.

    What goes back to the record system is posted to CASEFILE_WEBHOOK, when it is set, signed with
    CASEFILE_WEBHOOK_SECRET: the records made on the day in CASEFILE_WEBHOOK_SINCE, such as 2026-12-01, and later.
    casefile records shows how many wait.

    When the machine's clock leaps by more than a minute it stops, so that no time limit runs out early: whoever looks
    after it sets the clock right and starts it again.
    """
    settings = Settings.read()
    sender, head, webhook = settings.sender(), settings.letterhead(), settings.records()
    stop = Event()
    with council() as engine:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        if isinstance(sender, FolderSender):
            say(f"CASEFILE_SMTP names no mail server: letters are written into {settings.mail_folder}.")
        say("Working. Ctrl+C stops it.")
        watch = ClockWatch(engine.clock)
        leaps: list[ClockLeapt] = []
        first, *others = loops(engine, sender, head, stop)
        watched = replace(first, once=partial(unless_leapt, watch, leaps, stop, first.once))
        keep_ticking([watched, *others, *_records(engine, webhook, stop)], stop, tell)
    if leaps:
        refuse(leaps[0].sentence)
    say("Stopped.")


def unless_leapt(watch: ClockWatch, leaps: list[ClockLeapt], stop: Event, once: Callable[[], object]) -> None:
    """Do all that is due `once`; when the clock has leapt, note that in `leaps` and set `stop` instead."""
    leap = watch.leap()
    if leap is None:
        once()
        return
    direction = "forward" if leap > timedelta(0) else "back"
    leaps.append(ClockLeapt(direction=direction, amount=f"{abs(leap).total_seconds():,.0f} seconds"))
    stop.set()


def loops(engine: Engine, sender: MailSender, head: Letterhead, stop: Event) -> Sequence[Loop]:
    """Return what is done again and again while a council works. Both end soon after `stop` is set."""
    return (
        Loop("clock", CLOCK_SECONDS, partial(_tick, engine, stop)),
        Loop("digest", DIGEST_SECONDS, partial(digests.write_due, engine)),
        Loop("mail", MAIL_SECONDS, partial(mailroom.relay, engine, sender, head, stop.is_set)),
    )


def _records(engine: Engine, webhook: Webhook | None, stop: Event) -> Sequence[Loop]:
    if webhook is None:
        return ()
    return (Loop("records", MAIL_SECONDS, partial(relay, engine, webhook, stop.is_set)),)


def tell(name: str, error: Exception) -> None:
    """Tell beside the output that a loop failed; it is tried again."""
    note(f"The {name} loop: {sentence_of(error)}")


def _tick(engine: Engine, stop: Event) -> None:
    while not stop.is_set() and clockwork.tick(engine, PIECES_AT_ONCE) == PIECES_AT_ONCE:
        continue
