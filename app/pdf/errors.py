"""What can go wrong on the way to a PDF."""


class PdfError(Exception):
    """A PDF could not be made; the message says why in words that an administrator understands."""
