package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.library.Block.Mark;
import dev.lectern.library.ReadingNotice.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.poi.hssf.eventusermodel.FormatTrackingHSSFListener;
import org.apache.poi.hssf.eventusermodel.HSSFListener;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.BoundSheetRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.ColumnInfoRecord;
import org.apache.poi.hssf.record.CommonObjectDataSubRecord;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.EmbeddedObjectRefSubRecord;
import org.apache.poi.hssf.record.FooterRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.HeaderRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.NoteRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.ObjRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.hssf.record.SubRecord;
import org.apache.poi.hssf.record.TextObjectRecord;
import org.apache.poi.hssf.record.chart.SeriesTextRecord;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.jspecify.annotations.Nullable;

/**
 * Receives the records of a binary workbook (Excel 97 to 2003) twice: first what stands after the rows and is needed before them, such as merged regions, then
 * the rows.
 */
final class BinarySheetListener implements HSSFListener {
    private final SheetOutput output;
    private final ParsedDocumentBuilder out;
    private final FormatTrackingHSSFListener formats = new FormatTrackingHSSFListener(record -> {});
    private final List<BoundSheetRecord> bound = new ArrayList<>();
    private final List<SheetParts> sheets = new ArrayList<>();
    private List<BoundSheetRecord> ordered = List.of();
    private @Nullable SSTRecord strings;
    private SpreadsheetValues values = new SpreadsheetValues(null, false);
    private boolean readsRows;
    private int depth;
    private int sheet = -1;
    private int objectId = -1;
    private @Nullable SheetTableBuilder table;
    private NavigableMap<Integer, String> cells = new TreeMap<>();
    private int row = -1;
    private @Nullable FormulaRecord formula;

    BinarySheetListener(SheetOutput output, ParsedDocumentBuilder out) {
        this.output = output;
        this.out = out;
    }

    /** What the first pass finds of a sheet. */
    private static final class SheetParts {
        private final List<CellRangeAddress> merged = new ArrayList<>();
        private final List<NoteRecord> notes = new ArrayList<>();
        private final Map<Integer, String> texts = new HashMap<>();
        private final List<String> charts = new ArrayList<>();
        private final BitSet hiddenRows = new BitSet();
        private final List<ColumnInfoRecord> hiddenColumns = new ArrayList<>();
        private String header = "";
        private String footer = "";
        private int pictures;
        private int objects;
    }

    /** Begins the second pass. */
    void readRows() {
        readsRows = true;
        depth = 0;
        sheet = -1;
        ordered = List.of(BoundSheetRecord.orderByBofPosition(bound));
    }

    @Override
    public void processRecord(Record record) {
        switch (record) {
            case BOFRecord begin -> {
                depth++;
                if (depth == 1 && begin.getType() != BOFRecord.TYPE_WORKBOOK) {
                    beginSheet();
                }
            }
            case EOFRecord end -> {
                if (depth == 1 && sheet >= 0 && readsRows) {
                    endSheet();
                }
                depth--;
            }
            default -> {
                if (readsRows) {
                    readCell(record);
                } else {
                    readPart(record);
                }
            }
        }
    }

    private void beginSheet() {
        sheet++;
        if (!readsRows) {
            sheets.add(new SheetParts());
            return;
        }
        SheetParts parts = sheets.get(sheet);
        BoundSheetRecord name = sheet < ordered.size() ? ordered.get(sheet) : null;
        output.start(name == null ? "" : name.getSheetname(), name != null && (name.isHidden() || name.isVeryHidden()));
        table = output.table(parts.merged);
    }

    private void endSheet() {
        SheetTableBuilder rows = table;
        SheetParts parts = sheets.get(sheet);
        if (rows == null) {
            return;
        }
        endRow(rows, parts);
        parts.hiddenColumns.forEach(one -> output.hideColumns(one.getFirstColumn(), one.getLastColumn()));
        output.finish(rows);
        for (NoteRecord note : parts.notes) {
            String text = parts.texts.remove(note.getShapeId());
            String author = note.getAuthor() == null ? "" : note.getAuthor();
            if (text != null) {
                output.comment(
                        new CellReference(note.getRow(), note.getColumn()).formatAsString(),
                        text.stripLeading().startsWith(author) ? "" : author,
                        text);
            }
        }
        parts.texts.values().forEach(output::text);
        parts.charts.forEach(output::text);
        output.running(Mark.HEADER, parts.header);
        output.running(Mark.FOOTER, parts.footer);
        out.notice(Kind.PICTURES, parts.pictures);
        out.notice(Kind.EMBEDDED_OBJECTS, parts.objects);
        table = null;
    }

    private void readPart(Record record) {
        SheetParts parts = sheet < 0 ? null : sheets.get(sheet);
        if (record instanceof BoundSheetRecord one) {
            bound.add(one);
        } else if (record instanceof SSTRecord one) {
            strings = one;
        } else if (record instanceof DateWindow1904Record window) {
            values = new SpreadsheetValues(null, window.getWindowing() == 1);
        } else if (parts != null) {
            readPart(record, parts);
        }
        formats.processRecordInternally(record);
    }

    private void readPart(Record record, SheetParts parts) {
        switch (record) {
            case MergeCellsRecord merge -> {
                for (short i = 0; i < merge.getNumAreas(); i++) {
                    parts.merged.add(merge.getAreaAt(i));
                }
            }
            case NoteRecord note -> parts.notes.add(note);
            case ColumnInfoRecord column when column.getHidden() -> parts.hiddenColumns.add(column);
            case RowRecord hidden
            when hidden.getZeroHeight() -> parts.hiddenRows.set(Math.max(0, hidden.getRowNumber()));
            case HeaderRecord header when depth == 1 -> parts.header = header.getText();
            case FooterRecord footer when depth == 1 -> parts.footer = footer.getText();
            case SeriesTextRecord text -> parts.charts.add(text.getText());
            case ObjRecord object -> readObject(object, parts);
            case TextObjectRecord text -> {
                if (text.getStr() != null) {
                    parts.texts.put(objectId, text.getStr().getString());
                }
            }
            default -> {
                // How it looks.
            }
        }
    }

    private void readObject(ObjRecord object, SheetParts parts) {
        for (SubRecord one : object.getSubRecords()) {
            if (one instanceof CommonObjectDataSubRecord common) {
                objectId = common.getObjectId();
                boolean picture = common.getObjectType() == CommonObjectDataSubRecord.OBJECT_TYPE_PICTURE;
                boolean embedded =
                        object.getSubRecords().stream().anyMatch(EmbeddedObjectRefSubRecord.class::isInstance);
                parts.pictures += picture && !embedded ? 1 : 0;
                parts.objects += embedded ? 1 : 0;
            }
        }
    }

    private void readCell(Record record) {
        SheetTableBuilder rows = table;
        if (depth != 1 || rows == null) {
            return;
        }
        if (record instanceof StringRecord result && formula != null) {
            put(rows, formula, result.getString());
            formula = null;
        } else if (record instanceof CellValueRecordInterface cell) {
            formula = null;
            put(rows, cell, value(cell));
        }
    }

    private String value(CellValueRecordInterface cell) {
        return switch (cell) {
            case LabelSSTRecord label -> string(label.getSSTIndex());
            case LabelRecord label -> label.getValue();
            case NumberRecord number -> number(number.getValue(), cell);
            case BoolErrRecord one -> one.isBoolean() ? truth(one.getBooleanValue()) : error(one.getErrorValue());
            case FormulaRecord one -> result(one);
            default -> "";
        };
    }

    private String result(FormulaRecord one) {
        return switch (one.getCachedResultTypeEnum()) {
            case STRING -> {
                formula = one;
                yield "";
            }
            case BOOLEAN -> truth(one.getCachedBooleanValue());
            case ERROR -> error(one.getCachedErrorValue());
            default -> number(one.getValue(), one);
        };
    }

    private static String truth(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    private static String error(int code) {
        return FormulaError.isValidCode(code) ? FormulaError.forInt(code).getString() : "#ERROR";
    }

    private String string(int index) {
        SSTRecord all = strings;
        return all == null || index < 0 || index >= all.getNumUniqueStrings()
                ? ""
                : all.getString(index).getString();
    }

    private String number(double value, CellValueRecordInterface cell) {
        return Double.isFinite(value)
                ? values.format(Double.toString(value), formats.getFormatIndex(cell), formats.getFormatString(cell))
                : "";
    }

    private void put(SheetTableBuilder rows, CellValueRecordInterface cell, String value) {
        if (cell.getRow() != row) {
            endRow(rows, sheets.get(sheet));
            row = cell.getRow();
        }
        if (!value.isBlank()) {
            cells.put((int) cell.getColumn(), value);
        }
    }

    private void endRow(SheetTableBuilder rows, SheetParts parts) {
        if (row >= 0) {
            rows.add(row, cells, parts.hiddenRows.get(row));
        }
        cells = new TreeMap<>();
        row = -1;
    }
}
