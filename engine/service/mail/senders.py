"""How a letter leaves the house: to a mail server, or into a folder for demonstrations; notify.py has the third way."""

import hashlib
import os
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

from engine.errors import NotSent, UnsuitableSetting

PLAIN, STARTTLS, TLS = "smtp", "smtp+starttls", "smtps"
PORTS: Final = {PLAIN: 25, STARTTLS: 587, TLS: 465}
SETTING: Final = "CASEFILE_SMTP"
MOST_OF_A_REASON: Final = 500


class MailSender(Protocol):
    """What the mailroom hands its letters to."""

    def send(self, message: EmailMessage) -> None:
        """Send one letter; NotSent when it was not taken, or when it is not known that it was."""

    def has_taken(self, message: EmailMessage) -> bool:
        """Tell whether a letter is known to have been taken before; False from who keeps no record, NotSent."""

    def close(self) -> None:
        """Let go of what is held between letters; sending another takes it up again."""


@dataclass
class SmtpSender:
    """Sends by SMTP over one connection, kept until it is closed or fails. `timeout` is in seconds.

    `security` is "smtp" (none), "smtp+starttls" or "smtps". A server that offers no STARTTLS gets nothing, and
    neither does one whose certificate does not belong to its name.
    """

    host: str
    port: int
    security: str = PLAIN
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 15
    _server: smtplib.SMTP | None = field(default=None, init=False, repr=False)

    def send(self, message: EmailMessage) -> None:
        """Hand one letter to the server; NotSent."""
        try:
            if self._server is None:
                self._server = self._connected()
            self._server.send_message(message)
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotSent(reason=_reason(error)) from error

    def has_taken(self, message: EmailMessage) -> bool:
        """Return False: a mail server keeps no record that could be asked."""
        return False

    def close(self) -> None:
        """End the connection."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        if self.security == TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True)
class FolderSender:
    """Writes each letter as a file of `folder`, named by its Message-ID, so that a repeated one takes its own place."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write one letter as an .eml file, whole or not at all; NotSent."""
        target = self._file(message)
        draft = self.folder / f".{target.stem}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(message.as_bytes())
            draft.replace(target)
        except OSError as error:
            raise NotSent(reason=_reason(error)) from error

    def has_taken(self, message: EmailMessage) -> bool:
        """Tell whether the file of a letter is there."""
        return self._file(message).exists()

    def close(self) -> None:
        """Do nothing: nothing is held between letters."""

    def _file(self, message: EmailMessage) -> Path:
        return self.folder / f"{hashlib.sha256(str(message['Message-ID']).encode()).hexdigest()[:24]}.eml"


def sender_at(address: str, folder: Path) -> MailSender:
    """Return the sender for a mail server's address such as smtp+starttls://name:password@host:587, or the one for
    `folder` when the address is empty. UnsuitableSetting; a password must not travel without encryption.
    """
    if not address:
        return FolderSender(folder)
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise UnsuitableSetting(
            setting=SETTING, reason="write it like smtp+starttls://name:password@host:587"
        ) from None
    if not parts.hostname:
        raise UnsuitableSetting(setting=SETTING, reason="it names no host")
    if parts.username and parts.scheme == PLAIN:
        reason = "a password would travel without encryption; begin it with smtp+starttls:// or smtps://"
        raise UnsuitableSetting(setting=SETTING, reason=reason)
    return SmtpSender(parts.hostname, port, parts.scheme, unquote(parts.username or ""), unquote(parts.password or ""))


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text[:MOST_OF_A_REASON].rstrip(".")
