"""Which language a text is in. Model: py3langid (Lui and Baldwin 2012), shipped in its wheel."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

READABLE = frozenset({"en"})
_SURE = 0.9
_SHORT = 40  # characters: below, a guess says little
_NEWS_LANGUAGES = (
    "ar bg bn cs da de el en es fa fi fr he hi hr hu id it ja ko nl no pl pt ro ru sk sr sv sw ta te th tr uk ur vi zh"
)


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_NEWS_LANGUAGES.split())
    return identifier


def detect(text: str) -> str:
    """ISO 639-1 code. A short text counts as English unless the model is sure that it is not."""
    language, probability = _identifier().classify(text[:4_000])
    if language != "en" and len(text) < _SHORT and probability < _SURE and text.isascii():
        return "en"
    return str(language)


def can_read(language: str) -> bool:
    return language.split("-", maxsplit=1)[0].lower() in READABLE
