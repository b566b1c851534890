"""Word lists that come with the program: text files in `words/`, one word or phrase a line.

`*` at the end stands for any ending; a space also matches a dash or a line's end.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

# Scripts that put no spaces between words: a word is found inside any other.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")


def finder(entries: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds `entries`, whatever their case; longer ones win over shorter ones inside them."""
    written = sorted({folded(entry) for entry in entries} - {"", "*"}, key=len, reverse=True)
    alternatives = "|".join(map(_alternative, written))
    return re.compile(alternatives or r"(?!)", re.IGNORECASE)


def folded(text: str) -> str:
    """The text without capitals, hidden characters and doubled spaces, for comparison."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    visible = "".join(character for character in plain if unicodedata.category(character) != "Cf")
    return " ".join(visible.split())


def _alternative(entry: str) -> str:
    words = r"[\s\-\u2010-\u2015]+".join(map(re.escape, entry.removesuffix("*").split(" ")))
    ending = r"\w*" if entry.endswith("*") else ""
    return words if UNSPACED.search(entry) else rf"(?<!\w){words}{ending}(?!\w)"


@cache
def word_list(name: str, language: str) -> tuple[str, ...]:
    """The entries of `words/<name>.<language>.txt`; none where there is no such list."""
    resource = files("workshops.curricula").joinpath("words", f"{name}.{language}.txt")
    if not resource.is_file():
        return ()
    lines = (line.partition("#")[0].strip() for line in resource.read_text("utf-8").splitlines())
    return tuple(line for line in lines if line)


@cache
def list_finder(name: str, language: str) -> re.Pattern[str]:
    """A pattern that finds the entries of `words/<name>.<language>.txt`."""
    return finder(word_list(name, language))


def telling_words(text: str, own: Iterable[str] = ()) -> tuple[str, ...]:
    """The words by which a text tells strangers what it is about, each once; `own` are those that a group added."""
    return tuple(sorted({match.group() for match in _telling(tuple(own)).finditer(folded(text))}))


@cache
def _telling(own: tuple[str, ...]) -> re.Pattern[str]:
    return finder([*exposure_words(), *own])


@cache
def exposure_words() -> tuple[str, ...]:
    """Words that name the topic, in every language for which there is a list."""
    names = (resource.name.split(".") for resource in files("workshops.curricula").joinpath("words").iterdir())
    languages = sorted(parts[1] for parts in names if parts[0] == "exposure")
    return tuple(word for language in languages for word in word_list("exposure", language))
