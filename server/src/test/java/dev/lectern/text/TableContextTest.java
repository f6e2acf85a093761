package dev.lectern.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableContextTest {
    private static final TableContext SENSORS = new TableContext("Sensor | CO2 December | Peak", "", "", "");

    @Test
    void format_row_hasItsLabelAndTheNamesOfItsColumns() {
        assertThat(whole(SENSORS, "TS-0087 | 400 | 18.0")).isEqualTo("Sensor TS-0087 · CO2 December: 400 · Peak: 18.0");
        assertThat(whole(SENSORS, "TS-0088 |  | 18.5")).isEqualTo("Sensor TS-0088 · Peak: 18.5");
        assertThat(whole(SENSORS, "| 401 | 18.5")).isEqualTo("CO2 December: 401 · Peak: 18.5");
    }

    @Test
    void format_headerInTheText_isLeftOutButOtherTextStays() {
        String text = "All | sensors of hall 6:\n\nSensor | CO2 December | Peak\nTS-1 | 400 | 18\nTS-2 | 401 | 19\n\nMeasured in May.";

        assertThat(whole(SENSORS, text))
                .isEqualTo("All | sensors of hall 6:\n\nSensor TS-1 · CO2 December: 400 · Peak: 18\n"
                        + "Sensor TS-2 · CO2 December: 401 · Peak: 19\n\nMeasured in May.");
        assertThat(SENSORS.rows(text)).extracting(row -> row.in(text)).containsExactly("TS-1 | 400 | 18", "TS-2 | 401 | 19");
        assertThat(SENSORS.headers(text)).extracting(row -> row.in(text)).containsExactly("Sensor | CO2 December | Peak");
    }

    @Test
    void format_severalHeaderRows_areAllLeftOut() {
        TableContext context = new TableContext("Plant | 2023 / Tonnes | 2024 / Tonnes", "", "", "");
        String text = "Plant | 2023 | 2024\nPlant | Tonnes | Tonnes\nOrsova | 2801 | 2644";

        assertThat(whole(context, text)).isEqualTo("Plant Orsova · 2023 / Tonnes: 2801 · 2024 / Tonnes: 2644");
        assertThat(context.lines(text)).containsExactly(context.columns());
    }

    @Test
    void format_onlyAHeader_staysAsItIs() {
        assertThat(whole(SENSORS, "Sensor | CO2 December | Peak")).isEqualTo("Sensor | CO2 December | Peak");
    }

    @Test
    void format_stretchWithinARow_repeatsTheLabel() {
        String text = "TS-0087 | 400 | 18.0";

        assertThat(SENSORS.format(text, new Span(text.indexOf("18.0"), text.length())))
                .isEqualTo("Sensor TS-0087 · Peak: 18.0");
    }

    @Test
    void format_textThatBeginsWithinARow_hasTheRightColumns() {
        TableContext context = new TableContext(SENSORS.columns(), "", "TS-0087 |  | ", "");

        assertThat(whole(context, "18.0\nTS-0088 | 401 | 19")).isEqualTo(
                "Sensor TS-0087 · Peak: 18.0\nSensor TS-0088 · CO2 December: 401 · Peak: 19");
        assertThat(context.lines("18.0")).containsExactly(SENSORS.columns(), "TS-0087");
    }

    @Test
    void format_moreCellsThanColumns_namesNone() {
        assertThat(whole(SENSORS, "TS-1 | 1 | 2 | 3")).isEqualTo("TS-1 · 1 · 2 · 3");
        assertThat(whole(new TableContext("", "", "", ""), "id: dev-1 | hall: B")).isEqualTo("id: dev-1 · hall: B");
    }

    @Test
    void parse_stored_givesTheSame() {
        for (TableContext context : List.of(
                SENSORS, new TableContext("A | B", "South", "x | ", "Table 3"), new TableContext("", "", "", ""))) {
            assertThat(TableContext.parse(context.toStored())).isEqualTo(context);
        }
        assertThat(TableContext.parse("Name | Price")).isEqualTo(new TableContext("Name | Price", "", "", ""));
        assertThat(TableContext.parse(null)).isNull();
    }

    @Test
    void combine_titleRow_namesNoColumn() {
        assertThat(TableContext.combine(List.of(
                        List.of("Parking", "Parking", "Parking"),
                        List.of("Zone", "2024", "2024"),
                        List.of("Zone", "Hour", "Day ticket"))))
                .containsExactly("Zone", "2024 / Hour", "2024 / Day ticket");
        assertThat(TableContext.combine(List.of(List.of("Name")))).containsExactly("Name");
    }

    @Test
    void lines_manyColumns_shortenTheNamesAndKeepAll() {
        String columns = String.join(" | ", java.util.Collections.nCopies(12, "A very long name of a column indeed"));

        String line = new TableContext(columns, "", "", "").lines("x").getFirst();

        assertThat(line).hasSizeLessThanOrEqualTo(240);
        assertThat(TableContext.cells(line)).hasSize(12);
    }

    private static String whole(TableContext context, String text) {
        return context.format(text, new Span(0, text.length()));
    }
}
