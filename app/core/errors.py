"""What the core raises for an impossible input: which input, why, and a key that a page can translate."""


class InputError(ValueError):
    """An input that cannot be calculated with.

    `field` names the argument or attribute (``"share"``), `code` is a stable key for translation
    (``"too_large"``), `reason` is an English sentence for logs and developers.
    """

    def __init__(self, field: str, code: str, reason: str) -> None:
        super().__init__(field, code, reason)
        self.field = field
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"


class NotANumberError(InputError):
    """Wrong kind of value: codes `not_decimal`, `not_whole`, `not_finite`."""


class OutOfRangeError(InputError):
    """A number outside its limits.

    Codes: `negative`, `not_positive`, `too_small`, `too_large`, `too_precise`, `above_amount`.
    """


class MissingInputError(InputError):
    """Something needed is absent: codes `empty`, `missing`, `index_missing`."""


class InconsistentInputError(InputError):
    """Inputs that contradict each other: codes `weights_zero`, `end_before_start`, `duplicate_key`."""


class NotExactError(InputError):
    """An amount that is not a whole number of öre: code `not_ore`."""
