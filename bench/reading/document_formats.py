"""Makes one source document into ten formats, by pandoc, LibreOffice and asciidoctor."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import references

HEADER = "Waterworks, internal copy"
FOOTER = "Printed in March"
COMMENTED = "Exceeding it"
COMMENT = "The fine was raised in spring, please check."


def ten_formats(source, tree, folder):
    """Writes the files into a folder and returns their names."""
    missing = [program for program in ("soffice", "asciidoctor", "pdfinfo") if shutil.which(program) is None]
    if missing:
        sys.exit(
            f"{', '.join(missing)} not found. On Debian: apt-get install poppler-utils asciidoctor "
            "libreoffice-writer-nogui libreoffice-impress-nogui"
        )
    path = {kind: os.path.join(folder, "handbook." + kind) for kind in ("md", "html", "rst", "adoc", "docx", "odt", "epub", "pptx")}
    shutil.copy(source, path["md"])
    pandoc(source, path["html"], "-t", "html5", "--mathml")
    pandoc(source, path["rst"], "-t", "rst")
    pandoc(source, path["docx"], "-t", "docx")
    pandoc(source, path["odt"], "-t", "odt")
    pandoc(source, path["epub"], "-t", "epub3")
    pandoc(source, path["pptx"], "-t", "pptx", "--slide-level=2")
    with open(path["adoc"], "w", encoding="utf-8") as file:
        file.write(asciidoc(tree))
    # It only says whether the text is right: an error in it would be one of this program.
    references.asciidoc(path["adoc"])
    complete_docx(path["docx"])
    complete_odt(path["odt"])
    # From the ODT, since LibreOffice 7.4 mixes up the footnotes of a DOCX.
    with tempfile.TemporaryDirectory() as profile:
        for kind in ("rtf", "pdf"):
            home = f"-env:UserInstallation=file://{profile}"
            command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", folder, path["odt"]]
            references.run(command, "soffice")
    for kind in ("rtf", "pdf"):
        if not os.path.isfile(os.path.join(folder, "handbook." + kind)):
            sys.exit(f"LibreOffice has not written handbook.{kind}")
    return sorted(os.listdir(folder))


def pandoc(source, target, *options):
    subprocess.run([references.PANDOC_PROGRAM, source, "-s", "--wrap=auto", *options, "-o", target], check=True)


def asciidoc(tree):
    """pandoc's AsciiDoc, with tables of our own, since pandoc's have no cells that are merged over rows."""

    def replaced(node):
        if isinstance(node, list):
            return [replaced(item) for item in node]
        if isinstance(node, dict):
            if node.get("t") == "Table":
                return {"t": "RawBlock", "c": ["asciidoc", asciidoc_table(node["c"], tree)]}
            return {key: replaced(value) for key, value in node.items()}
        return node

    return asciidoc_text(replaced(copy.deepcopy(tree)), "-s")


def asciidoc_text(tree, *options):
    command = [references.PANDOC_PROGRAM, "-f", "json", "-t", "asciidoc", "--wrap=none", *options]
    return references.run(command, "pandoc", json.dumps(tree).encode())


def asciidoc_table(content, tree):
    _, caption, columns, head, bodies, _ = content
    lines = ["." + asciidoc_text({**tree, "blocks": caption[1]}).strip()] if caption[1] else []
    lines += [f'[cols="{len(columns)}*",options="header"]', "|==="]
    for row in [*head[1], *(row for body in bodies for row in body[3])]:
        for _, _, rows, across, blocks in row[1]:
            span = (str(across) if across > 1 else "") + (f".{rows}" if rows > 1 else "")
            lines.append((span + "+" if span else "") + "|" + asciidoc_text({**tree, "blocks": blocks}).strip())
        lines.append("")
    return "\n".join([*lines, "|===", ""])


def complete_docx(path):
    """A header, a footer and a comment."""
    import docx

    document = docx.Document(path)
    for section in document.sections:
        section.header.paragraphs[0].text = HEADER
        section.footer.paragraphs[0].text = FOOTER
    paragraph = next(p for p in document.paragraphs if COMMENTED in p.text)
    document.add_comment(paragraph.runs, text=COMMENT, author="Noor Haddad")
    document.save(path)


def complete_odt(path):
    """Small pages with a header, a footer and page numbers, a comment, and lines around the cells, without which nobody sees what is merged."""
    with zipfile.ZipFile(path) as file:
        parts = [(info, file.read(info)) for info in file.infolist()]
    with zipfile.ZipFile(path, "w") as file:
        for info, content in parts:
            text = content.decode() if info.filename in ("styles.xml", "content.xml") else ""
            if info.filename == "styles.xml":
                text = re.sub(r'fo:page-height="[^"]*" fo:page-width="[^"]*"', 'fo:page-height="210mm" fo:page-width="148mm"', text)
                text = re.sub(r'(fo:margin-(?:bottom|left|right|top)=)"1in"', r'\1"17mm"', text)
                header = f'<style:header><text:p text:style-name="Standard">{HEADER}</text:p></style:header>'
                footer = f'<style:footer><text:p text:style-name="MP1">{FOOTER}, page '
                text = re.sub(r'<style:footer>\s*<text:p[^>]*>\s*', header + footer, text)
            elif info.filename == "content.xml":
                note = f'<office:annotation><dc:creator>Noor Haddad</dc:creator><text:p>{COMMENT}</text:p></office:annotation>'
                text = text.replace(COMMENTED, note + COMMENTED, 1)
                text = re.sub(r'fo:border="none"', 'fo:border="0.5pt solid #000000"', text)
            file.writestr(info, text.encode() if text else content)
