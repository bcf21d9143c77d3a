"""The one exception of the package."""

from __future__ import annotations


class Error(ValueError):
    """Why there is no answer. `str()` of it is a sentence.

    >>> import pipewright as pw
    >>> try:
    ...     pw.evaluate("<+a> +")
    ... except pw.Error as error:
    ...     print(error.kind, error.start, error.end)
    syntax 6 6
    """

    kind: str
    """`syntax`, `evaluation`, `unresolved`, `budget`, `not-found` or `input`."""

    start: int | None
    """Where in the given text, as an index into it."""

    end: int | None
    """Where that ends."""

    help: str | None
    """What to do about it."""

    def __init__(
        self,
        message: str,
        kind: str = "input",
        start: int | None = None,
        end: int | None = None,
        help: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.start = start
        self.end = end
        self.help = help

    def __reduce__(self) -> tuple[type[Error], tuple[object, ...]]:
        return type(self), (str(self), self.kind, self.start, self.end, self.help)
