"""How alike two texts are as strings: retrieval and ranking only, never a stance.

Figures are masked before any fuzzy comparison: rapidfuzz's default_process would turn "3.86" into "3 86".
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

_FIGURES = re.compile(r"[-−]?\d[\d.,\u00a0\u2009\u202f]*%?")
_SIGNS = re.compile(r"[^\w#%]+")


def masked(text: str) -> str:
    """The text in lower case with every figure as "#" and signs as spaces."""
    return _SIGNS.sub(" ", _FIGURES.sub("# ", text.casefold())).strip()


def likeness(first: str, second: str, cutoff: float = 0.0) -> float:
    """Token-set similarity of two masked texts, 0 to 1; 0 below the cutoff."""
    return fuzz.token_set_ratio(first, second, score_cutoff=cutoff * 100) / 100
