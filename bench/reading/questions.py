"""Questions and right values of a field case, read from the prose of its expected.txt.

A line may begin with the names of the files that it is about ("price-list.pdf: ..."). A question begins with "Q:" (perhaps
"Q he:") and ends with a question mark; its answer follows, perhaps after "Right:". What stands in parentheses, after ", never",
", not" or "and it is", and in later sentences, explains. Parts of an answer are separated by semicolons."""

import os
import re
import unicodedata

QUESTION = re.compile(r"Q(?: [a-z]{2})?:\s*(.+?[?？؟])\s*(?:Right:\s*)?(.*?)(?=\sQ(?: [a-z]{2})?:|$)", re.DOTALL)
EXPLANATION = re.compile(r"\(|,? never\b|, not\b|,? and (?:it|the row)\b|,? only (?:in|exchanged)\b|\bsaid once\b|\.\s+(?=[A-Z])|,? in the saved\b|; title\b")
NO_ANSWER = re.compile(r"not found|\bnothing\b")
SHOWN = re.compile(r"\(shown ([^)]+)\)")
# Of an explanation of several words in a later part of an answer.
PROSE = re.compile(r"\b(must|should|may|but|other|each)\b")
UNIMPORTANT = set(
    "the a an of in is it and to on at be by are was for that with within its this than as no kept whole formula empty "
    "eur euro euros litre litres tonnes pieces db days due bin said one".split()
)


class Question:
    """A question, the files that can answer it, and the words of the right answer (and of the question's own names)."""

    def __init__(self, case, files, text, answer):
        self.case, self.files, self.text = case, files, " ".join(text.split())
        # The words that must be there; each set is as good as the other ones.
        self.values = [values(answer), *(split(shown) for shown in SHOWN.findall(answer))]
        # Names with digits tie the value to the thing that is asked for.
        self.names = [word for word in split(self.text) if any(c.isdigit() for c in word)]


def normal(text):
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def split(text):
    """Words with inner punctuation, such as 12.17 or AB-7731-L."""
    return [w for w in (word.strip(".,;:!?？؟'\"()[]“”„«»*`|") for word in normal(text).split()) if w]


def values(answer):
    parts = []
    for part in answer.split(";"):
        explained = EXPLANATION.search(part)
        short = part[: explained.start()] if explained else part
        if parts and (PROSE.search(short) or len(short.split()) > 6):
            break
        parts.append(short)
        if explained:
            break
    words = [word for word in split(" ".join(parts).replace(",", ", ").replace(":", " ")) if word not in UNIMPORTANT]
    # "310, 000" was taken apart above.
    whole = [word for word in split(" ".join(parts)) if word not in UNIMPORTANT]
    numbers = [word for word in whole if re.fullmatch(r"\d[\d.,]*\d", word) and "," in word]
    for number in numbers:
        pieces = number.split(",")
        for at in range(len(words) - len(pieces) + 1):
            if words[at : at + len(pieces)] == pieces:
                words[at : at + len(pieces)] = [number]
                break
    return list(dict.fromkeys(words))


def has(text, word):
    """Whether a word is in a text, not as a part of a longer one (where its script has spaces)."""
    word, text = normal(word), normal(text)
    if re.search(r"[\u0e00-\u0eff\u3040-\u9fff]", word):
        return re.sub(r"\s", "", word) in re.sub(r"\s", "", text)
    if re.search(r"(?<![\w.-])(?<!\d[.,])" + re.escape(word) + r"(?!\w|[.,-]?\d)", text):
        return True
    # Thousands may be written in another way, and a decimal fraction may have more or fewer zeros at its end.
    plain = re.sub(r"(?<=\d)[.,]0+$", "", re.sub(r",(?=\d{3})", "", word))
    if not plain.isdigit():
        return False
    return bool(re.search(rf"(?<![\w.-]){plain}(?:[.,]0+)?(?!\w|[.,]\d)", re.sub(r"(?<=\d),(?=\d{3})", "", text)))


def answers(text, question):
    return any(all(has(text, word) for word in words) for words in question.values)


def ties(text, question):
    """Whether the text ties the right value to what the question names: in a table in the same row or above the same column."""
    lines = text.split("\n")
    with_value = [(at, words) for at, line in enumerate(lines) for words in question.values if all(has(line, w) for w in words)]
    if not with_value:
        return answers(text, question) and all(has(text, name) for name in question.names)
    return any(ties_line(lines, at, words, question.names) for at, words in with_value)


def ties_line(lines, at, words, names):
    line = lines[at]
    if "|" not in line:
        return all(has("\n".join(lines), name) for name in names)
    cells = line.split("|")
    columns = {number for number, cell in enumerate(cells) if any(has(cell, word) for word in words)}
    above = [row.split("|") for row in lines[:at] if row.count("|") == len(cells) - 1]
    heads = [row[number] for row in above for number in columns]
    return all(has(line, name) or any(has(head, name) for head in heads) for name in names)


def read(folder, case):
    """The questions of one case."""
    path = os.path.join(folder, case, "expected.txt")
    files = sorted(f for f in os.listdir(os.path.join(folder, case)) if f != "expected.txt")
    questions, about = [], files
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    for line in lines:
        # Each file that is named says what the questions after it are about.
        names = [(at, f) for f in files for at in [m.start() for m in re.finditer(r"(?<![\w-])" + re.escape(f), line)]]
        if names and not min(names)[0]:
            first = line.find("Q:") if "Q:" in line else len(line)
            about = sorted({f for at, f in names if at < first}) or files
        elif not names:
            about = files
        for match in QUESTION.finditer(line):
            named = [(at, f) for at, f in names if at < match.start()]
            subject = about if not named or max(named)[0] < line.find("Q") else [max(named)[1]]
            answer = match[2]
            for name in files:
                answer = answer.split(name)[0]
            if NO_ANSWER.search(answer):
                continue
            question = Question(case, subject, match[1], answer)
            if question.values[0]:
                questions.append(question)
    return questions
