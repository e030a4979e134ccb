"""Whether what a document calls itself would do as a title for people."""

import re

SHORTEST, LONGEST = 4, 120
_EMPTY = re.compile(
    r"(microsoft (word|powerpoint|excel)\b.*|powerpoint[- ]presentation|pr[äa]sentation\d*|"
    r"presentation ?\d*|title|titel|untitled.*|document ?\d*|dokument ?\d*|slide ?\d+|folie ?\d+|"
    r"(click|tap) to .*|your title.*|template.*|new document|book ?\d+|sheet ?\d+|no slide title|"
    r"(pdf|doc|docx|ppt|pptx)|<.*>)",
    re.IGNORECASE,
)
_FILENAME = re.compile(r".*\.(pptx?|docx?|xlsx?|pdf|indd|odt|odp|key|qxd|tex|dvi)", re.IGNORECASE)


def telling(candidate: str) -> str:
    """The title on one line, or "" where it says nothing: a program's own words, a file's name."""
    words = " ".join(candidate.split())
    letters = sum(character.isalpha() for character in words)
    if not SHORTEST <= len(words) <= LONGEST or letters < SHORTEST:
        return ""
    return "" if _EMPTY.fullmatch(words) or _FILENAME.fullmatch(words) else words
