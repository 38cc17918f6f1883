"""Lithuanian: which words are forms of one word, how names bend, how they are sorted.

Pure functions over vendored dictionaries; `preload()` reads them once before processes fork.
"""

from core.language.declension import decline, decline_name, decline_post
from core.language.folding import fold, tokens, unfold
from core.language.keys import NORMALISER_VERSION, keys, preload, text_keys
from core.language.sorting import sort_key

__all__ = [
    "NORMALISER_VERSION",
    "decline",
    "decline_name",
    "decline_post",
    "fold",
    "keys",
    "preload",
    "sort_key",
    "text_keys",
    "tokens",
    "unfold",
]
