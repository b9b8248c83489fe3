"""What the errors of a database mean to those who use it: it is busy, or a value cannot be kept."""

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, IntegrityError

from engine.errors import Busy, Refusal, Unstorable

# Serialisation, deadlock, lock and statement time-out, shutdown, idle time-out (PostgreSQL, appendix A).
_BUSY_STATES = frozenset(("40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "25P03"))
_BUSY_CODES = frozenset((5, 6))  # SQLITE_BUSY, SQLITE_LOCKED
_SAME_PLACE = ("uq_event_stream_n", "uq_event_command_key", "event.stream, event.n", "event.command_key")
_TOO_MUCH = "it is too long, too large, or holds characters that are no text"


def translate(context: ExceptionContext) -> None:
    """Raise the refusal that stands behind an error of a statement; leave every other error as it is.

    Two commands that add to one stream of the event log at once are Busy too: the second is done again.
    """
    refusal = _refusal_behind(context)
    if refusal is not None:
        raise refusal from context.original_exception


def _refusal_behind(context: ExceptionContext) -> Refusal | None:
    error = context.original_exception
    if isinstance(error, Refusal):
        return error
    if isinstance(error, OverflowError | UnicodeEncodeError) or isinstance(context.sqlalchemy_exception, DataError):
        return Unstorable(reason=_TOO_MUCH)
    if context.connection is not None and (context.is_disconnect or _is_busy(error) or _is_taken(context)):
        return Busy()
    return None


def _is_busy(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return getattr(error, "sqlstate", None) in _BUSY_STATES or code in _BUSY_CODES


def _is_taken(context: ExceptionContext) -> bool:
    known = context.sqlalchemy_exception
    return isinstance(known, IntegrityError) and any(place in str(known.orig) for place in _SAME_PLACE)
