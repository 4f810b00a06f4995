"""The rules of text that people type. Stored facts are decoded without them."""

from __future__ import annotations

import re
import unicodedata

_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls other than tab and newline
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # direction overrides and isolates
    "\ud800-\udfff"  # lone surrogates
    "\ufdd0-\ufdef\ufffe\uffff"  # non-characters
    "\U000e0000-\U000e007f]"  # tags
)
_BREAKS = re.compile("[\t\n]")
_NHS_NUMBER = re.compile(r"(?<![\w/.-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w/-])")
_MOST_MARKS = 8
_IN_FULL = {"leaves-for-item": "leaves for the item"}
"""Words of lists that are short for more."""
_BETWEEN_WORDS = re.compile(r"(?<!\bnon)(?<!\bone)(?<!\bco)-")
"""A hyphen of a listed word for which one says a space: not that of `one-off` or of `non-voting member`."""


class BadText(ValueError):
    """A text that cannot be recorded; its sentence names what and where."""


def clean(text: str, *, limit: int, one_line: bool) -> str:
    """The text as it is recorded: NFC, trimmed. Raises `BadText`.

    Refused: controls, hidden direction-changing characters, lone surrogates, non-characters, piles of combining
    marks, nothing but invisible characters, more than `limit` characters, and breaks in a text of one line.
    """
    text = text.replace("\r\n", "\n") if "\r" in text else text
    if not text.isascii() or not text.isprintable():
        text = _checked(text, one_line=one_line)
    text = text.strip()
    if not text:
        msg = "is empty"
        raise BadText(msg)
    if len(text) > limit:
        msg = f"is {len(text):,} characters; the limit is {limit:,}"
        raise BadText(msg)
    return text


def nhs_number(text: str) -> str | None:
    """The first valid NHS number in a text (ten digits, modulus 11: NHS Data Dictionary), if there is one."""
    for found in _NHS_NUMBER.finditer(text):
        digits = [int(digit) for digit in found[1] + found[3] + found[4]]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        if check % 11 == digits[9] and check != 10 and len(set(digits)) > 1:
            return found[0]
    return None


def has_half_a_character(text: str) -> bool:
    """Whether it holds a lone surrogate: bytes that are no text, as a shell hands them on."""
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)


def visible(text: str, *, keep_breaks: bool = False) -> str:
    """A text that is safe to print on a terminal: controls and direction overrides are shown, never obeyed."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, keep_breaks=keep_breaks) for character in text)


def _shown(character: str, *, keep_breaks: bool) -> str:
    if character in "\n\t" and keep_breaks:
        return character
    if not _REFUSED.match(character) and character not in "\n\t":
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _checked(text: str, *, one_line: bool) -> str:
    if refused := _REFUSED.search(text):
        raise BadText(f"contains {_describe(refused[0])} at position {refused.start() + 1}")
    if one_line and (broken := _BREAKS.search(text)):
        what = "a tab" if broken[0] == "\t" else "a line break"
        raise BadText(f"contains {what} at position {broken.start() + 1}; it must be one line")
    text = unicodedata.normalize("NFC", text)
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            msg = "has too many combined marks on one letter"
            raise BadText(msg)
    if all(unicodedata.category(character) in {"Cf", "Zs", "Zl", "Zp", "Cc"} for character in text):
        msg = "is empty"
        raise BadText(msg)
    return text


def _describe(character: str) -> str:
    code = ord(character)
    if code in range(0x202A, 0x202F) or code in range(0x2066, 0x206A):
        return f"a hidden direction-changing character (U+{code:04X})"
    if code == 0:
        return "a NUL character"
    if 0xD800 <= code <= 0xDFFF:
        return f"half of a character (a lone surrogate, U+{code:04X})"
    return f"a control or invisible character (U+{code:04X})"


def folded(text: str) -> str:
    """A text without accents, ligatures and capitals."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(letter))


def spaced(word: str) -> str:
    """A word of a controlled list as it is said: `vote-show` -> `vote show`, `non-voting-member` -> `non-voting member`."""
    return _IN_FULL.get(word) or _BETWEEN_WORDS.sub(" ", word)
