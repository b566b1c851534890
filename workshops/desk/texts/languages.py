"""Languages to choose from where a text is begun, by their own names."""

from collections.abc import Collection

from workshops.curricula.catalogue import Catalogue
from workshops.web.languages import own_name

# Widely spoken where people move for work; any other can be typed.
COMMON = (
    *("am", "ar", "bg", "bn", "cs", "de", "el", "en", "es", "fa", "fil", "fr", "ha", "hi", "ht", "hu", "id", "ig"),
    *("it", "ja", "ka", "km", "ko", "ku", "lo", "lt", "lv", "my", "ne", "nl", "om", "pl", "ps", "pt", "ro", "ru"),
    *("sk", "so", "sq", "sr", "sw", "ta", "th", "ti", "tr", "uk", "ur", "vi", "yo", "zh"),
)


def language_choices(own: Collection[str], catalogue: Catalogue) -> list[tuple[str, str]]:
    """Codes and names: the site's own languages first, then those of its texts and common ones by their names."""
    texts = {language for versions in catalogue.curricula.values() for language in versions}
    others = sorted({*COMMON, *texts} - {*own}, key=lambda code: own_name(code).casefold())
    return [(code, own_name(code)) for code in (*own, *others)]
