"""The Swedish alphabet: a key for each text, by which texts are put in order and searched.

Small and large letters are the same; å, ä and ö come after z, in that order, and are letters of their own.
Letters of other alphabets stand where a Swedish reader looks: é with e, ü with y, æ with ä, ø with ö.
"""

from __future__ import annotations

_LAST = map(chr, (0xE5, 0xE4, 0xF6))  # å, ä and ö; spelled so, because they are letters here and no text
_AFTER_Z = dict(zip(_LAST, "{|}", strict=True))
"""The signs that follow z in every database's plain order; where they stand themselves, they make room."""

_SAME = {
    "a": "áàâãāăą", "c": "çćĉċč", "d": "ďđð", "e": "éèêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ", "i": "íìîïĩīĭįı",
    "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "óòôõōŏ", "r": "ŕŗř", "s": "śŝşšß", "t": "ţťŧþ",
    "u": "úùûũūŭůų", "w": "ŵ", "y": "ýÿŷüű", "z": "źżž", "|": "æ", "}": "øőœ",
}  # fmt: skip


def _pairs() -> dict[str, str]:
    pairs = {letter.upper(): letter for letter in "abcdefghijklmnopqrstuvwxyz"}
    pairs |= {"{": "(", "|": "/", "}": ")"}
    places = _AFTER_Z | {variant: place for place, same in _SAME.items() for variant in same}
    for letter, place in places.items():
        pairs |= {form: place for form in (letter, letter.upper()) if len(form) == 1 and form != place}
    return pairs


_PAIRS = _pairs()
KEYED, KEYS = "".join(_PAIRS), "".join(_PAIRS.values())
"""The letters that have another letter in the key, and those in the same order."""
_TABLE = str.maketrans(_PAIRS)


def key(text: str) -> str:
    """The key of a text."""
    return text.translate(_TABLE)
