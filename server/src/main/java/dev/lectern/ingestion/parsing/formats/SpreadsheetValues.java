package dev.lectern.ingestion.parsing.formats;

import java.math.BigDecimal;
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
        try {
            return format(number, index, format == null ? BuiltinFormats.getBuiltinFormat(index) : format);
        } catch (IllegalArgumentException noNumber) {
            return number;
        }
    }

    private String format(String number, int index, String format) {
        if (format.equalsIgnoreCase(GENERAL)) {
            return new BigDecimal(number).stripTrailingZeros().toPlainString();
        }
        double value = Double.parseDouble(number);
        if (LOCAL_DATES.contains(index) && DateUtil.isValidExcelDate(value)) {
            LocalDateTime date = DateUtil.getLocalDateTime(value, date1904);
            return date.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? date.toLocalDate().toString()
                    : date.toString().replace('T', ' ');
        }
        return formatter.formatRawCellContents(value, index, format, date1904).strip();
    }
}
