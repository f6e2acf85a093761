#!/usr/bin/env python3
"""Compares a CycloneDX bill of materials with a folder of advisories in OSV format.

usage: vulnerabilities.py BOM FOLDER
Prints one line for each vulnerable component. Ends with status 1 if there is one, and 2 if the folder has no advisories.
Versions are compared as Maven and npm do for numbers and qualifiers; a version that is listed counts in any case.
"""
import json
import pathlib
import re
import sys
import urllib.parse

QUALIFIERS = {"alpha": -5, "a": -5, "beta": -4, "b": -4, "milestone": -3, "m": -3, "rc": -2, "cr": -2, "snapshot": -1}
RELEASES = {"", "final", "ga", "release", "jre", "android"}


def key(version):
    """Numbers in order; a qualifier such as rc is before the release, and any other after it."""
    parts = []
    for part in re.findall(r"\d+|[a-z]+", version.lower().split("+")[0]):
        if part.isdigit():
            parts.append((1, int(part)))
        elif part not in RELEASES:
            while parts and parts[-1] == (1, 0):
                parts.pop()
            parts.append((QUALIFIERS[part], 0) if part in QUALIFIERS else (0.5, 0))
    while parts and parts[-1] == (1, 0):
        parts.pop()
    return parts + [(0, 0)]


def is_affected(version, affected):
    if version in affected.get("versions", []):
        return True
    for ranges in affected.get("ranges", []):
        if ranges.get("type") not in ("ECOSYSTEM", "SEMVER"):
            continue
        inside = False
        for event in ranges.get("events", []):
            if "introduced" in event:
                inside |= event["introduced"] == "0" or key(version) >= key(event["introduced"])
            elif "fixed" in event:
                inside &= key(version) < key(event["fixed"])
            elif "last_affected" in event:
                inside &= key(version) <= key(event["last_affected"])
        if inside:
            return True
    return False


def components(bom):
    for component in bom["components"]:
        purl = component.get("purl", "")
        match = re.match(r"pkg:(maven|npm)/([^?#]+)@([^?#@]+)", purl)
        if match:
            kind, name, version = (urllib.parse.unquote(part) for part in match.groups())
            yield ("Maven", name.replace("/", ":"), version) if kind == "maven" else ("npm", name, version)


def main(bom_file, folder):
    wanted = {}
    for ecosystem, name, version in components(json.loads(pathlib.Path(bom_file).read_text(encoding="utf-8"))):
        wanted.setdefault((ecosystem, name), set()).add(version)
    advisories, found = 0, set()
    for file in pathlib.Path(folder).rglob("*.json"):
        text = file.read_text(encoding="utf-8")
        if '"affected"' not in text:
            continue
        advisory = json.loads(text)
        advisories += 1
        if advisory.get("withdrawn"):
            continue
        for affected in advisory["affected"]:
            package = affected.get("package", {})
            name = (package.get("ecosystem"), package.get("name"))
            for version in wanted.get(name, ()):
                if is_affected(version, affected):
                    found.add(f"{advisory['id']} {name[1]} {version}: {advisory.get('summary', '')}")
    for line in sorted(found):
        print(line)
    print(f"{len(wanted)} packages compared with {advisories} advisories: {len(found)} found")
    if advisories == 0:
        print(f"{folder} has no advisories in OSV format.", file=sys.stderr)
        return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
