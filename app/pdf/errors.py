"""What can go wrong on the way to a PDF."""


class PdfError(Exception):
    """A PDF could not be made; the message says why in words that an administrator understands."""


class LostError(PdfError):
    """The document took its maker with it: it asked for too much time or memory, or made it fall."""


class BusyError(PdfError):
    """As many wait for documents as can; this one was not begun."""


class NotYetError(PdfError):
    """The one who asked has waited long enough; the work goes on, and what is done is kept."""

    def __init__(self, done: int, asked: int) -> None:
        """`done` of the `asked` parts that are known so far."""
        super().__init__(f"{done} of {asked} parts are made so far")
        self.done = done
        self.asked = asked
