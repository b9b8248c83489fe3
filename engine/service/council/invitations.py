"""Invitations to choose a password, by a letter with a page that opens once: nobody types somebody else's password."""

from secrets import token_hex

from engine.domain.calendar import LONDON
from engine.domain.people import Person
from engine.errors import Invalid, NotFound, NotNow
from engine.service import notices
from engine.service.command import Command, Question
from engine.service.council import keeping, one_time
from engine.service.council.person import known
from engine.service.engine import Engine
from engine.service.mail.mailroom import usable
from engine.store import people, sign_ins

NOTICE = "invitation"
WHAT = "invitation that can still be used"


def invite(engine: Engine, actor: str, username: str, pages: str) -> None:
    """Send somebody a letter with a page under the address `pages` on which they choose a password, within three days.

    An earlier invitation opens nothing any more; a present password stays until another is chosen. NotFound,
    NotAllowed; NotNow for who has left; Invalid without a usable e-mail address.
    """

    def work(command: Command) -> None:
        keeping.require_change(command, keeping.PEOPLE)
        person = known(command, username)
        if not person.active:
            raise NotNow(doing=f"Inviting {person.name}", reason="they have left")
        if not usable(person.email):
            raise Invalid({"email": ["Give them an e-mail address first: the invitation goes there."]})
        _send(command, person, pages)

    engine.run(actor, work)


def invite_all(engine: Engine, actor: str, pages: str) -> int:
    """Invite everybody who has a usable e-mail address and no password; return how many. NotAllowed."""

    def work(command: Command) -> int:
        keeping.require_change(command, keeping.PEOPLE)
        without = set(people.without_password(command.connection))
        found = [one for one in command.directory.people.values() if one.username in without and usable(one.email)]
        for person in found:
            _send(command, person, pages)
        return len(found)

    return engine.run(actor, work)


def whose(engine: Engine, secret: str) -> Person:
    """Return whose invitation this is; NotFound for one that is used, too old, or none."""
    return engine.ask(lambda question: _whose(question, secret))


def accept(engine: Engine, secret: str, password_hash: str) -> Person:
    """Give the invited person a password by its hash, and end their sessions; NotFound as `whose`."""

    def work(command: Command) -> Person:
        person = _whose(command, secret)
        if not one_time.use(command, one_time.INVITATION, secret):
            raise NotFound(what=WHAT)
        people.change_person(command.connection, person.username, {"password": password_hash})
        sign_ins.raise_epoch(command.connection, person.username)
        command.note("directory", "password chosen", {"person": person.username})
        return person

    return engine.run(NOTICE, work)


def _whose(question: Question, secret: str) -> Person:
    key = one_time.find(question, one_time.INVITATION, secret)
    person = question.directory.people.get(key.person) if key is not None else None
    if person is None or not person.active:
        raise NotFound(what=WHAT)
    return person


def _send(command: Command, person: Person, pages: str) -> None:
    secret, until = one_time.make(command, one_time.INVITATION, person.username)
    facts = {
        "sign_in_name": person.username,
        "page": pages.rstrip("/") + "/" + secret,
        "due": f"{until.astimezone(LONDON):%-d %B %Y at %H:%M}",
    }
    notices.write(command, person.username, NOTICE, {}, f"{NOTICE}:{token_hex(8)}", **facts)
    command.note("directory", "invited", {"person": person.username, "until": until.isoformat()})
