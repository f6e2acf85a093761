"""Words of texts, and how much of one text is in another one, and in which order."""

import collections
import unicodedata

# Scripts without spaces between words: each of their letters counts as one word.
WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Chinese
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# The comparison of order takes time by the product of both lengths.
MAX_ORDERED = 250_000
# What no reader can be asked for: soft hyphens, joiners, marks of direction.
INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF])


def words(text):
    """The words of a text in small letters; one that a hyphen at a line's end divides is in two parts."""
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).lower()
    found, word = [], []
    for letter in text:
        kind = unicodedata.category(letter)[0]
        code = ord(letter)
        if code > 0xDFF and any(first <= code <= last for first, last in WITHOUT_SPACES):
            if word:
                found.append("".join(word))
                word = []
            if kind in "LN":
                found.append(letter)
        elif kind in "LN" or (kind == "M" and word):
            word.append(letter)
        elif word:
            found.append("".join(word))
            word = []
    if word:
        found.append("".join(word))
    return found


def joined_at_hyphens(text, vocabulary):
    """The text with words joined again that hyphens at lines' ends divide, where the joined word is in a vocabulary."""
    lines = text.split("\n")
    for number in range(len(lines) - 1):
        line = lines[number].rstrip()
        if not line.endswith(("-", "\u2010", "\u00ad")) or not line[:-1].split():
            continue
        following = lines[number + 1].lstrip()
        rest = following.split(" ", 1)[0]
        joined = words(line[:-1].split()[-1] + rest)
        if rest and len(joined) >= 1 and joined[0] in vocabulary:
            lines[number] = line[:-1] + rest
            lines[number + 1] = following[len(rest) :]
    return "\n".join(lines)


def missing(reference, read):
    """The words of the reference that were not read, as a counter. Words that were joined or divided differently count as read."""
    lacking = collections.Counter(reference) - collections.Counter(read)
    if not lacking:
        return lacking
    surplus = collections.Counter(read) - collections.Counter(reference)
    for first, second in zip(reference, reference[1:]):
        if lacking[first] > 0 and lacking[second] > 0 and surplus[first + second] > 0:
            surplus[first + second] -= 1
            lacking[first] -= 1
            lacking[second] -= 1
    for first, second in zip(read, read[1:]):
        if surplus[first] > 0 and surplus[second] > 0 and lacking[first + second] > 0:
            surplus[first] -= 1
            surplus[second] -= 1
            lacking[first + second] -= 1
    return +lacking


def common_subsequence(first, second):
    """The length of the longest common subsequence, by rows of bits (Hyyro 2004): one step for each word of the second text."""
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    first, second = first[start:], second[start:]
    end = 0
    while end < min(len(first), len(second)) and first[-1 - end] == second[-1 - end]:
        end += 1
    first, second = first[: len(first) - end], second[: len(second) - end]
    positions = collections.defaultdict(list)
    for at, word in enumerate(first):
        positions[word].append(at)
    masks = {}
    everything = (1 << len(first)) - 1
    row = everything
    for word in second:
        if word not in positions:
            continue
        mask = masks.get(word)
        if mask is None:
            bits = bytearray(positions[word][-1] // 8 + 1)
            for at in positions[word]:
                bits[at // 8] |= 1 << (at % 8)
            mask = masks[word] = int.from_bytes(bits, "little")
        both = row & mask
        row = ((row + both) | (row - both)) & everything
    return start + end + len(first) - row.bit_count()


def recall(reference, read):
    return 1.0 if not reference else 1 - missing(reference, read).total() / len(reference)


def order(reference, read):
    """The words of the reference that were read in its order, by all of them."""
    reference, read = reference[:MAX_ORDERED], read[: MAX_ORDERED * 2]
    return 1.0 if not reference else common_subsequence(reference, read) / len(reference)
