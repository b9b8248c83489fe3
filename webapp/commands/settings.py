"""What the environment says about a council's installation: its database and its mail."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from engine.domain.calendar import start_of_day
from engine.errors import UnsuitableSetting
from engine.service import composition
from engine.service.clock import Clock, SystemClock
from engine.service.engine import Engine
from engine.service.mail import notify
from engine.service.mail.mailroom import Letterhead, usable
from engine.service.mail.notify import NotifySender
from engine.service.mail.senders import SETTING as SMTP
from engine.service.mail.senders import MailSender, sender_at
from engine.service.record_system.webhook import ADDRESS as WEBHOOK
from engine.service.record_system.webhook import SECRET as WEBHOOK_SECRET
from engine.service.record_system.webhook import SINCE as WEBHOOK_SINCE
from engine.service.record_system.webhook import Webhook
from webapp.config import COUNCIL

DATABASE, FROM, FOLDER, ADDRESS, NAME = (
    "CASEFILE_DATABASE",
    "CASEFILE_MAIL_FROM",
    "CASEFILE_MAIL_FOLDER",
    "CASEFILE_ADDRESS",
    "CASEFILE_COUNCIL",
)
SINCE_WHEN = "say from which day on records are posted, such as 2026-12-01; earlier ones stand in exports only"


@dataclass(frozen=True)
class Settings:
    """Settings with what they are unless they are set: a SQLAlchemy URL, a mail server's address ("" for none), the
    address that mail comes from, the folder that it is written into without a server, the address of the pages, and
    the council's name. `webhook` and its secret say where records go, "" for nowhere, and `webhook_since` from which
    day on; `notify_key`, `notify_template` and `notify_address` are of GOV.UK Notify, "" elsewhere.
    """

    database: str = "sqlite:///var/casefile.db"
    smtp: str = ""
    mail_from: str = "casefile@localhost.localdomain"
    mail_folder: Path = Path("var/mail")
    address: str = ""
    council: str = COUNCIL
    webhook: str = ""
    webhook_secret: str = field(default="", repr=False)
    notify_key: str = field(default="", repr=False)
    notify_template: str = ""
    notify_address: str = notify.HOST
    webhook_since: str = ""

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings of the environment."""
        usual = cls()
        return cls(
            environ.get(DATABASE) or usual.database,
            environ.get(SMTP, ""),
            environ.get(FROM) or usual.mail_from,
            Path(environ.get(FOLDER) or usual.mail_folder),
            environ.get(ADDRESS, ""),
            environ.get(NAME) or usual.council,
            environ.get(WEBHOOK, ""),
            environ.get(WEBHOOK_SECRET, ""),
            environ.get(notify.KEY, ""),
            environ.get(notify.TEMPLATE, ""),
            environ.get(notify.ADDRESS) or usual.notify_address,
            environ.get(WEBHOOK_SINCE, ""),
        )

    def sender(self) -> MailSender:
        """Return what sends the mail; UnsuitableSetting, also when mail would have two ways to go."""
        if not self.notify_key:
            return sender_at(self.smtp, self.mail_folder)
        if self.smtp:
            raise UnsuitableSetting(setting=notify.KEY, reason=f"{SMTP} is set too; keep the one that mail shall take")
        return NotifySender(self.notify_key, self.notify_template, SystemClock(), self.notify_address)

    def records(self) -> Webhook | None:
        """Return where records go, None for nowhere; UnsuitableSetting."""
        return Webhook(self.webhook, self.webhook_secret, self._since()) if self.webhook else None

    def _since(self) -> datetime:
        try:
            return start_of_day(date.fromisoformat(self.webhook_since))
        except ValueError as error:
            raise UnsuitableSetting(setting=WEBHOOK_SINCE, reason=SINCE_WHEN) from error

    def letterhead(self) -> Letterhead:
        """Return what every e-mail carries; UnsuitableSetting when the address that it comes from is none."""
        if not usable(self.mail_from):
            raise UnsuitableSetting(setting=FROM, reason="it is not one e-mail address")
        return Letterhead(self.mail_from, self.address, self.council)


@contextmanager
def council(clock: Clock | None = None) -> Iterator[Engine]:
    """Open the council of the environment's database; DatabaseNotReady saying what to run, DatabaseUnusable."""
    engine = composition.open_ready_council(Settings.read().database, clock)
    try:
        yield engine
    finally:
        engine.database.close()
