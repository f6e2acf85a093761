"""Compares what the program reads in the files of a folder with reference texts."""

import os
import statistics

import program_text
import references
import words


def compare(folder, only=None, show=0):
    rows, without, rejected = [], [], []
    for result in program_text.read(folder, only):
        name = result["file"]
        try:
            texts = references.of(os.path.join(folder, name))
        except references.NoReference as reason:
            without.append((name, str(reason), result))
            continue
        if "rejected" in result:
            (rejected if any(words.words(text) for text in texts) else without).append(
                (name, f"{result['rejected']}: {result['reason']}", result)
            )
            continue
        read = words.words(program_text.text(result))
        vocabulary = set(read)
        listed = [words.words(words.joined_at_hyphens(text, vocabulary)) for text in texts]
        if not listed[0]:
            without.append((name, "the reference has no word", result))
            continue
        lacking = words.missing(listed[0], read)
        row = {
            "file": name,
            "format": os.path.splitext(name)[1].lower(),
            "words": len(listed[0]),
            "recall": 1 - lacking.total() / len(listed[0]),
            "order": max(words.order(reference, read) for reference in listed),
            "lacking": [word for word, _ in lacking.most_common(show)],
            "notices": [notice["kind"] for notice in result["notices"]],
        }
        rows.append(row)
        print(line(row), flush=True)
    return rows, without, rejected


def line(row):
    lacking = "  lacks " + " ".join(row["lacking"]) if row["lacking"] else ""
    notices = "  [" + ", ".join(row["notices"]) + "]" if row["notices"] else ""
    return f"{row['recall']:7.4f} {row['order']:7.4f} {row['words']:8d}  {row['file']}{notices}{lacking}"


def worst_tenth(values):
    """The value that nine tenths reach."""
    return sorted(values)[len(values) // 10]


def report(folder, only=None, show=0):
    print(" recall   order    words  file")
    rows, without, rejected = compare(folder, only, show)
    if without:
        print("\nwithout a reference:")
        for name, reason, result in without:
            print(f"  {name}: {reason[:110]}{'' if 'rejected' not in result else ' (rejected: ' + result['rejected'] + ')'}")
    if rejected:
        print("\nrejected, although the reference has words:")
        for name, reason, _ in rejected:
            print(f"  {name}: {reason}")
    print("\nformat  files  recall: median  worst tenth  worst   order: median  worst tenth  worst")
    formats = sorted({row["format"] for row in rows})
    for format in [*formats, "all"] if len(formats) > 1 else formats:
        recalls = [row["recall"] for row in rows if format in ("all", row["format"])]
        orders = [row["order"] for row in rows if format in ("all", row["format"])]
        print(
            f"{format:8}{len(recalls):5d}{statistics.median(recalls):16.4f}{worst_tenth(recalls):13.4f}{min(recalls):7.3f}"
            f"{statistics.median(orders):16.4f}{worst_tenth(orders):13.4f}{min(orders):7.3f}"
        )
    return rows, rejected
