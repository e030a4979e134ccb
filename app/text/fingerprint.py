"""The fingerprint of a page's text: equal for pages that say the same."""

import hashlib

FEWEST_WORDS = 6


def of_page(*parts: str) -> str:
    """32 hex digits of the words, in any case and spacing; "" for a page that says too little."""
    words = " ".join(parts).casefold().split()
    if len(words) < FEWEST_WORDS:
        return ""
    return hashlib.sha256(" ".join(words).encode("utf-8", "replace")).hexdigest()[:32]
