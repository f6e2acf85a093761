package dev.lectern.ingestion.parsing.formats.text;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.library.update.TitleSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON and JSON lines. Lists of objects are read as records, each with the names of its values, so that none is torn; everything else is kept as it is, with
 * line breaks.
 */
public final class JsonReader implements FormatReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();
    /** Lines of this length were not written for people. */
    private static final int LONG_LINE = 1_000;

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        String text = TextDecoder.read(inputFile.file(), inputFile.limits(), null);
        List<JsonNode> values = parse(text);
        if (values.size() > 1 && values.stream().allMatch(JsonNode::isObject)) {
            values.forEach(value -> addRecord(value, out));
        } else if (values.size() == 1 && holdsRecords(values.getFirst())) {
            addStructure(values.getFirst(), 1, out);
        } else if (values.size() == 1 && text.lines().anyMatch(line -> line.length() > LONG_LINE)) {
            CodeReader.write(MAPPER.writeValueAsString(values.getFirst()), out);
        } else {
            CodeReader.write(text, out);
        }
        out.takeTitleFrom(TitleSource.FILE_NAME);
        return null;
    }

    /** All values of the file, one after the other; none when it is no JSON. */
    private static List<JsonNode> parse(String text) {
        try (MappingIterator<JsonNode> values =
                MAPPER.readerFor(JsonNode.class).readValues(MAPPER.createParser(text))) {
            return values.readAll();
        } catch (JacksonException noJson) {
            return List.of();
        }
    }

    private static boolean holdsRecords(JsonNode value) {
        return isRecordList(value)
                || (value.isObject() && value.values().stream().anyMatch(JsonReader::isRecordList));
    }

    private static boolean isRecordList(JsonNode value) {
        return value.isArray() && value.size() > 1 && value.values().stream().allMatch(JsonNode::isObject);
    }

    private static void addStructure(JsonNode value, int level, ParsedDocumentBuilder out) {
        if (isRecordList(value)) {
            value.values().forEach(one -> addRecord(one, out));
            return;
        }
        List<String> own = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (!isRecordList(field.getValue())) {
                addValues(field.getKey(), field.getValue(), own);
            }
        }
        out.row(false, own);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (isRecordList(field.getValue())) {
                out.heading(level, field.getKey());
                addStructure(field.getValue(), level + 1, out);
            }
        }
    }

    private static void addRecord(JsonNode value, ParsedDocumentBuilder out) {
        List<String> cells = new ArrayList<>();
        value.properties().forEach(field -> addValues(field.getKey(), field.getValue(), cells));
        out.row(false, cells);
    }

    private static void addValues(String name, JsonNode value, List<String> cells) {
        if (value.isObject()) {
            value.properties().forEach(field -> addValues(name + "." + field.getKey(), field.getValue(), cells));
        } else if (value.isArray() && value.values().stream().anyMatch(JsonNode::isContainer)) {
            int index = 1;
            for (JsonNode one : value.values()) {
                addValues(name + " " + index++, one, cells);
            }
        } else if (value.isArray()) {
            String all = value.values().stream().map(JsonReader::describe).collect(Collectors.joining(", "));
            addCell(name, all, cells);
        } else {
            addCell(name, describe(value), cells);
        }
    }

    private static void addCell(String name, String value, List<String> cells) {
        if (!value.isBlank()) {
            cells.add(name + ": " + value);
        }
    }

    private static String describe(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asString();
    }
}
