"""The words and tables of a source document, from pandoc's own tree of it."""

import dataclasses
import json

import references


@dataclasses.dataclass
class Table:
    """Rows of cells as texts; merged cells are repeated in each row and column that they cover."""

    heads: list
    rows: list


class Source:
    """The words of the text in order, those beside the text (captions, notes), and the tables. Formulas are left out."""

    def __init__(self, path):
        self.tree = json.loads(references.run([references.PANDOC_PROGRAM, path, "-t", "json"], "pandoc"))
        self.body, self.beside, self.tables = [], [], []
        self.blocks(self.tree["blocks"], self.body)

    def blocks(self, blocks, out):
        for block in blocks:
            kind, content = block["t"], block.get("c")
            if kind in ("Para", "Plain"):
                out.append(self.inlines(content))
            elif kind == "Header":
                out.append(self.inlines(content[2]))
            elif kind == "CodeBlock":
                out.append(content[1])
            elif kind == "BlockQuote":
                self.blocks(content, out)
            elif kind == "Div":
                self.blocks(content[1], self.beside if "notes" in content[0][1] else out)
            elif kind == "BulletList":
                for item in content:
                    self.blocks(item, out)
            elif kind == "OrderedList":
                for item in content[1]:
                    self.blocks(item, out)
            elif kind == "DefinitionList":
                for term, definitions in content:
                    out.append(self.inlines(term))
                    for definition in definitions:
                        self.blocks(definition, out)
            elif kind == "Table":
                self.table(content, out)
            elif kind not in ("HorizontalRule", "Null", "RawBlock"):
                raise ValueError(f"a block of kind {kind} is unknown")

    def inlines(self, inlines):
        text = []
        for inline in inlines:
            kind, content = inline["t"], inline.get("c")
            if kind == "Str":
                text.append(content)
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                text.append(" ")
            elif kind == "Code":
                text.append(content[1])
            elif kind in ("Emph", "Strong", "Strikeout", "SmallCaps", "Underline", "Superscript", "Subscript"):
                text.append(self.inlines(content))
            elif kind in ("Link", "Span", "Quoted"):
                text.append(self.inlines(content[1]))
            elif kind == "Note":
                self.blocks(content, self.beside)
            elif kind != "Math":
                raise ValueError(f"an inline of kind {kind} is unknown")
        return "".join(text)

    def cell(self, cell):
        text = []
        self.blocks(cell[4], text)
        return " ".join(text)

    def table(self, content, out):
        _, caption, _, head, bodies, _ = content
        self.blocks(caption[1], self.beside)
        rows = [*head[1], *(row for body in bodies for row in body[3])]
        out.extend(self.cell(cell) for row in rows for cell in row[1])
        grid = self.spread(head[1])
        self.tables.append(Table(grid, [cells for body in bodies for cells in self.spread(body[3])]))

    def spread(self, rows):
        """The rows with the value of each merged cell in every row and column that it covers."""
        filled, waiting = [], {}
        for row in rows:
            cells, column = [], 0
            given = list(row[1])
            while given or column in waiting:
                if column in waiting:
                    left, text = waiting.pop(column)
                    if left > 1:
                        waiting[column] = (left - 1, text)
                    cells.append(text)
                    column += 1
                    continue
                cell = given.pop(0)
                for _ in range(cell[3]):
                    if cell[2] > 1:
                        waiting[column] = (cell[2] - 1, self.cell(cell))
                    cells.append(self.cell(cell))
                    column += 1
            filled.append(cells)
        return filled
