"""The words of a text as they are kept and looked for: small letters, without endings, without the words that
every text has. The same in the product for both databases, whose own ideas of Swedish differ."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from snowballstemmer import stemmer

from app.core.alphabet import key

LONGEST = 60
"""Letters of a stem that are kept."""

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 2

STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())
"""Words that tell nothing of what a text is about."""


def stems_of(text: str) -> list[str]:
    """The stems of a text in their order, each once."""
    words = (word for word in _WORD.findall(text.lower()) if len(word) >= _SHORTEST)
    return list(dict.fromkeys(_stem(word) for word in words if word not in STOP_WORDS))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return key(_SWEDISH.stemWord(word))[:LONGEST]


_SWEDISH = stemmer("swedish")
