"""The Swedish alphabet: a key for each text, by which texts are put in order and searched.

Small and large letters are the same; å, ä and ö come after z, in that order, and are letters of their own.
Letters of other alphabets stand where a Swedish reader looks: é with e, ü with y, æ with ä, ø with ö.
"""

from __future__ import annotations

_SAME = {
    "a": "áàâãāăą", "c": "çćĉċč", "d": "ďđð", "e": "éèêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "íìîïĩīĭįı",
    "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "óòôõōŏ", "r": "ŕŗř", "s": "śŝşšß", "t": "ţťŧþ",
    "u": "úùûũūŭůų", "w": "ŵ", "y": "ýÿŷüű", "z": "źżž", "å": "", "ä": "æ", "ö": "øőœ",
}  # fmt: skip
_AFTER_Z = {"å": "{", "ä": "|", "ö": "}"}
"""The signs that follow z in every database's plain order; where they stand themselves, they make room."""


def _pairs() -> dict[str, str]:
    pairs = {letter.upper(): letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    pairs |= {"{": "(", "|": "/", "}": ")"}
    for letter, same in _SAME.items():
        place = _AFTER_Z.get(letter, letter)
        for variant in (letter, *same):
            pairs |= {form: place for form in (variant, variant.upper()) if len(form) == 1 and form != place}
    return pairs


_PAIRS = _pairs()
KEYED, KEYS = "".join(_PAIRS), "".join(_PAIRS.values())
"""The letters that have another letter in the key, and those in the same order."""
_TABLE = str.maketrans(_PAIRS)


def key(text: str) -> str:
    """The key of a text."""
    return text.translate(_TABLE)
