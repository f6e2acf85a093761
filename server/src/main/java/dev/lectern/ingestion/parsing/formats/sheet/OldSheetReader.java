package dev.lectern.ingestion.parsing.formats.sheet;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.RejectionException;
import dev.lectern.library.ReadingNotice.Kind;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.poi.util.CodePageUtil;
import org.jspecify.annotations.Nullable;

/**
 * Sheets of Excel 2 to 4, which are files of their own, and of Excel 5 and 95. POI reads their cells one below the other; here their rows are kept. Of Excel 2
 * numbers have no format, so that dates stay figures.
 */
public final class OldSheetReader implements FormatReader {
    private static final int MAX_RECORDS = 5_000_000;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        try (InputStream in = Files.newInputStream(inputFile.file())) {
            read(in, out);
        }
        out.takeTitleFrom(TitleSource.STEM);
        return null;
    }

    /** @param in records of a workbook */
    static void read(InputStream in, ParsedDocumentBuilder out) throws IOException {
        Records records = new Records(in.readAllBytes());
        new Sheets(out).read(records);
    }

    /** One record after the other: type, length, content. */
    private static final class Records {
        private final byte[] bytes;
        private int at;
        private int type;
        private int start;
        private int length;

        Records(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean next() {
            if (at + 4 > bytes.length) {
                return false;
            }
            type = at(at, 2);
            length = at(at + 2, 2);
            start = at + 4;
            at = start + length;
            return at <= bytes.length;
        }

        private int at(int index, int size) {
            int value = 0;
            for (int i = 0; i < size && index + i < bytes.length; i++) {
                value |= (bytes[index + i] & 0xFF) << (8 * i);
            }
            return value;
        }

        /** A number of so many bytes in the record. */
        int number(int offset, int size) {
            return offset + size > length ? 0 : at(start + offset, size);
        }

        double real(int offset) {
            long low = number(offset, 4) & 0xFFFFFFFFL;
            return Double.longBitsToDouble(((long) number(offset + 4, 4) << 32) | low);
        }

        String text(int offset, int size, Charset charset) {
            int from = Math.min(offset, length);
            return new String(bytes, start + from, Math.min(size, length - from), charset);
        }
    }

    /** Gathers cells into rows, and rows into sheets. */
    private static final class Sheets {
        private final ParsedDocumentBuilder out;
        private final SheetOutput output;
        private final List<String> names = new ArrayList<>();
        private final Map<Integer, String> formats = new HashMap<>();
        private final List<Integer> cellFormats = new ArrayList<>();
        private SpreadsheetValues values = new SpreadsheetValues(null, false);
        private Charset charset = Charset.forName("windows-1252");
        private @Nullable SheetTableBuilder table;
        private NavigableMap<Integer, String> cells = new TreeMap<>();
        private int version;
        private int row = -1;
        private int sheet;
        private int depth;
        private int textRow = -1;
        private int textColumn;

        Sheets(ParsedDocumentBuilder out) {
            this.out = out;
            output = new SheetOutput(out);
        }

        void read(Records records) {
            int count = 0;
            while (records.next()) {
                if (++count > MAX_RECORDS) {
                    continue;
                }
                switch (records.type) {
                    case 0x0009, 0x0209, 0x0409, 0x0809 -> begin(records);
                    case 0x000A -> end();
                    case 0x002F -> throw RejectionException.encrypted();
                    case 0x0022 -> values = new SpreadsheetValues(null, records.number(0, 2) == 1);
                    case 0x0042 -> setCharset(records.number(0, 2));
                    case 0x0085 -> names.add(records.text(7, records.number(6, 1), charset));
                    case 0x001E -> formats.put(formats.size(), records.text(1, records.number(0, 1), charset));
                    case 0x041E -> {
                        int id = version >= 5 ? records.number(0, 2) : formats.size();
                        formats.put(id, records.text(3, records.number(2, 1), charset));
                    }
                    case 0x0243, 0x0443 -> cellFormats.add(records.number(1, 1));
                    case 0x00E0 -> cellFormats.add(records.number(2, 2));
                    default -> {
                        if (depth == 1) {
                            readCell(records);
                        }
                    }
                }
            }
            end();
            out.notice(Kind.PAST_LIMIT, Math.max(0, count - MAX_RECORDS));
            output.finish();
        }

        /** The first stream of a workbook of several sheets has none itself; charts within a sheet are nested. */
        private void begin(Records records) {
            depth++;
            version = switch (records.type) {
                case 0x0009 -> 2;
                case 0x0209 -> 3;
                case 0x0409 -> 4;
                default -> 5;
            };
            int kind = records.number(2, 2);
            if (depth == 1 && kind != 0x0005 && kind != 0x0100) {
                String name = sheet < names.size() ? names.get(sheet) : "Sheet " + (sheet + 1);
                sheet++;
                output.start(name, false);
                table = output.table(List.of());
            }
        }

        private void end() {
            SheetTableBuilder rows = table;
            if (depth <= 1 && rows != null) {
                endRow(rows);
                output.finish(rows);
                table = null;
            }
            depth = Math.max(0, depth - 1);
        }

        private void readCell(Records records) {
            int at = records.type < 0x0010 && records.type != 0x0006 ? 7 : 6;
            switch (records.type) {
                case 0x0002 -> put(records, String.valueOf(records.number(7, 2)));
                case 0x0003, 0x0203 -> put(records, number(records.real(at), records));
                case 0x027E -> put(records, number(packed(records.number(6, 4)), records));
                case 0x00BD -> readSeveral(records);
                case 0x0004 -> put(records, records.text(8, records.number(7, 1), charset));
                case 0x0204, 0x00D6 -> put(records, records.text(8, records.number(6, 2), charset));
                case 0x0005, 0x0205 -> {
                    if (records.number(at + 1, 1) == 0) {
                        put(records, records.number(at, 1) == 1 ? "TRUE" : "FALSE");
                    }
                }
                case 0x0006, 0x0206, 0x0406 -> readFormula(records);
                case 0x0007 -> putText(records.text(1, records.number(0, 1), charset));
                case 0x0207 -> putText(records.text(2, records.number(0, 2), charset));
                default -> {
                    // How it looks.
                }
            }
        }

        private void readFormula(Records records) {
            int at = version == 2 ? 7 : 6;
            if (records.number(at + 6, 2) != 0xFFFF) {
                put(records, number(records.real(at), records));
            } else if (records.number(at, 1) == 0) {
                textRow = records.number(0, 2);
                textColumn = records.number(2, 2);
            } else if (records.number(at, 1) == 1) {
                put(records, records.number(at + 2, 1) == 1 ? "TRUE" : "FALSE");
            }
        }

        private void readSeveral(Records records) {
            int first = records.number(2, 2);
            for (int i = 0; 4 + i * 6 + 8 <= records.length; i++) {
                int style = records.number(4 + i * 6, 2);
                put(records.number(0, 2), first + i, format(packed(records.number(6 + i * 6, 4)), style));
            }
        }

        private static double packed(int value) {
            double number = (value & 2) != 0 ? value >> 2 : Double.longBitsToDouble((long) (value & 0xFFFFFFFC) << 32);
            return (value & 1) != 0 ? number / 100 : number;
        }

        private String number(double value, Records records) {
            return format(value, version == 2 ? -1 : records.number(4, 2));
        }

        private String format(double value, int style) {
            int index = style >= 0 && style < cellFormats.size() ? cellFormats.get(style) : 0;
            return Double.isFinite(value)
                    ? values.format(
                            Double.toString(value), version >= 5 ? index : -1, formats.getOrDefault(index, "General"))
                    : "";
        }

        private void putText(String text) {
            if (textRow >= 0) {
                put(textRow, textColumn, text);
            }
            textRow = -1;
        }

        private void put(Records records, String value) {
            put(records.number(0, 2), records.number(2, 2), value);
        }

        private void put(int at, int column, String value) {
            SheetTableBuilder rows = table;
            if (rows == null) {
                return;
            }
            if (at != row) {
                endRow(rows);
                row = at;
            }
            if (!value.isBlank()) {
                cells.put(column, value);
            }
        }

        private void endRow(SheetTableBuilder rows) {
            if (row >= 0) {
                rows.add(row, cells, false);
            }
            cells = new TreeMap<>();
            row = -1;
        }

        private void setCharset(int codePage) {
            try {
                String name = codePage == 0x8001 ? "windows-1252" : CodePageUtil.codepageToEncoding(codePage, true);
                charset = Charset.forName(name == null ? "windows-1252" : name);
            } catch (UnsupportedEncodingException | IllegalArgumentException unknown) {
                charset = Charset.forName("windows-1252");
            }
        }
    }
}
