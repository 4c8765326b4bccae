"""One small error tree. Each error says what is wrong, what to do, and which HTTP status a page gives it."""


class VariorumError(Exception):
    """Base of every expected error: `message` names the thing and the reason, `hint` what to do."""

    status = 500

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(VariorumError):
    """An input that can't be read; recorded as failed, stops nothing else."""

    status = 400


class UsageError(VariorumError):
    """A command or request that makes no sense as given."""

    status = 400


class NotFound(VariorumError):
    """An address that never existed here."""

    status = 404


class Gone(VariorumError):
    """An address that existed and was removed."""

    status = 410


class Refused(VariorumError):
    """A request that only our own pages may make."""

    status = 403


class TooMany(VariorumError):
    """A request of somebody, or of all, that came too often: it may come again after `seconds`."""

    status = 429

    def __init__(self, message: str, hint: str, seconds: int) -> None:
        super().__init__(message, hint)
        self.seconds = seconds


class TooLarge(VariorumError):
    """A request whose body is larger than any that is taken here."""

    status = 413


class TooLong(VariorumError):
    """A request whose address is longer than any that is read here."""

    status = 414


class TooSlow(VariorumError):
    """A request whose body took too long to arrive."""

    status = 408


class Overrun(VariorumError):
    """A request that took longer than it may, and was stopped."""

    status = 503


class DatabaseError(VariorumError):
    """The database can't be used: read-only, locked, from a newer schema, not a database."""

    status = 503


class Unavailable(VariorumError):
    """What readers are told where the database or a model can't be used: the cause is for those who run the site."""

    status = 503


class ModelError(VariorumError):
    """A model file is missing, damaged, or not the one that its manifest describes."""

    status = 503
