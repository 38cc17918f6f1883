"""Refusals that a person reads."""


class DomainError(Exception):
    """A service refuses in words; `field` names the form field the words belong to, if there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class StaleWriteError(DomainError):
    """Somebody saved the row in between; `theirs` is the row as it stands now."""

    def __init__(self, message: str, *, theirs: object) -> None:
        super().__init__(message)
        self.theirs = theirs
