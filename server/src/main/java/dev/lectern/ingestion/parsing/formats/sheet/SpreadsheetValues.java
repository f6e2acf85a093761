package dev.lectern.ingestion.parsing.formats.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.jspecify.annotations.Nullable;

/** Writes the numbers of a workbook as its program shows them. Not thread-safe. */
final class SpreadsheetValues {
    private static final String GENERAL = "General";
    private static final String TEXT = "@";
    private static final MathContext PRECISION = new MathContext(15);
    private static final double LARGE = 1e21;
    private static final double SMALL = 1e-12;
    private static final int MAX_DIGITS = 40;
    /** Formats whose order of day and month depends on the country of the program. */
    private static final Set<Integer> LOCAL_DATES = Set.of(14, 22);

    private final @Nullable StylesTable styles;
    private final boolean date1904;
    private final DataFormatter formatter = new DataFormatter(Locale.ROOT);

    SpreadsheetValues(@Nullable StylesTable styles, boolean date1904) {
        this.styles = styles;
        this.date1904 = date1904;
    }

    /** @param style index of the cell's style */
    String format(String value, int style) {
        String number = value.strip();
        if (number.isEmpty()) {
            return "";
        }
        XSSFCellStyle cellStyle =
                styles == null || style >= styles.getNumCellStyles() ? null : styles.getStyleAt(style);
        int index = cellStyle == null ? 0 : cellStyle.getDataFormat();
        String format = cellStyle == null ? GENERAL : cellStyle.getDataFormatString();
        return format(number, index, format);
    }

    /**
     * @param number as the file stores it, with a point
     * @param index of a format that programs know by its number
     * @param format null for the one of that number
     */
    String format(String number, int index, @Nullable String format) {
        String known = format == null ? BuiltinFormats.getBuiltinFormat(index) : format;
        try {
            return write(number, index, known == null ? GENERAL : known);
        } catch (IllegalArgumentException noNumber) {
            return number;
        }
    }

    private String write(String number, int index, String format) {
        double value = Double.parseDouble(number);
        if (format.equalsIgnoreCase(GENERAL) || format.equals(TEXT)) {
            return plain(number, value);
        }
        if (LOCAL_DATES.contains(index) && DateUtil.isValidExcelDate(value)) {
            LocalDateTime date = DateUtil.getLocalDateTime(value, date1904);
            return date.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? date.toLocalDate().toString()
                    : date.toString().replace('T', ' ');
        }
        return formatter.formatRawCellContents(value, index, format, date1904).strip();
    }

    /** Ids stay whole; digits beyond a program's precision, such as those of 0.30000000000000004, are none. */
    private static String plain(String number, double value) {
        double size = Math.abs(value);
        if (size >= LARGE || (size > 0 && size < SMALL) || number.length() > MAX_DIGITS) {
            return number.length() > MAX_DIGITS ? Double.toString(value) : number;
        }
        BigDecimal exact = new BigDecimal(number);
        boolean whole = exact.stripTrailingZeros().scale() <= 0;
        return (whole ? exact : exact.round(PRECISION)).stripTrailingZeros().toPlainString();
    }
}
