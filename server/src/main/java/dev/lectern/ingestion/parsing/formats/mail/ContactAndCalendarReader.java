package dev.lectern.ingestion.parsing.formats.mail;

import dev.lectern.ingestion.parsing.formats.document.FormatReader;
import dev.lectern.ingestion.parsing.formats.document.InputFile;
import dev.lectern.ingestion.parsing.formats.document.ParsedDocumentBuilder;
import dev.lectern.ingestion.parsing.formats.document.TextDecoder;
import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events of calendars ({@code .ics}) and contacts ({@code .vcf}): a paragraph of named fields for each of them. Pictures, keys and what is there for programs
 * is left out; times are written as the file has them.
 */
public final class ContactAndCalendarReader implements FormatReader {
    private static final Pattern LINE = Pattern.compile(
            "(?:[\\w-]{1,40}\\.)?([A-Za-z][\\w-]{0,60})((?:;[^:\"]{0,2000}(?:\"[^\"]{0,500}\"[^:\"]{0,500}){0,20})?):(.*)",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("CN=\"?([^\";:]{1,200})", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE = Pattern.compile("TYPE=\"?([^\";:]{1,60})", Pattern.CASE_INSENSITIVE);
    private static final Pattern ZONE = Pattern.compile("TZID=\"?([^\";:]{1,100})", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})(\\d{2})(\\d{2})(?:T(\\d{2})(\\d{2})(?:\\d{2})?(Z)?)?");
    private static final Pattern OCTET = Pattern.compile("(?:=[0-9A-Fa-f]{2})+");

    /** What is shown, in any order, with its name; everything else is there for programs. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("SUMMARY", "Summary"),
            Map.entry("DTSTART", "Start"),
            Map.entry("DTEND", "End"),
            Map.entry("DUE", "Due"),
            Map.entry("DURATION", "Duration"),
            Map.entry("RRULE", "Repeats"),
            Map.entry("LOCATION", "Location"),
            Map.entry("DESCRIPTION", "Description"),
            Map.entry("ORGANIZER", "Organizer"),
            Map.entry("ATTENDEE", "Attendee"),
            Map.entry("STATUS", "Status"),
            Map.entry("CATEGORIES", "Categories"),
            Map.entry("COMMENT", "Comment"),
            Map.entry("CONTACT", "Contact"),
            Map.entry("URL", "Address on the web"),
            Map.entry("FN", "Name"),
            Map.entry("NICKNAME", "Nickname"),
            Map.entry("ORG", "Organization"),
            Map.entry("TITLE", "Title"),
            Map.entry("ROLE", "Role"),
            Map.entry("TEL", "Telephone"),
            Map.entry("EMAIL", "E-mail"),
            Map.entry("ADR", "Address"),
            Map.entry("BDAY", "Birthday"),
            Map.entry("ANNIVERSARY", "Anniversary"),
            Map.entry("NOTE", "Note"));

    private static final Set<String> LISTS = Set.of("ADR", "ORG", "N");
    private static final Set<String> SHOWN = Set.of("VEVENT", "VTODO", "VJOURNAL", "VCARD");

    @Override
    public @Nullable String read(InputFile inputFile, ParsedDocumentBuilder out) throws IOException {
        Deque<String> components = new ArrayDeque<>();
        List<String> fields = new ArrayList<>();
        Set<String> titles = new HashSet<>();
        for (String line : unfold(TextDecoder.read(inputFile.file(), inputFile.limits(), null))) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                continue;
            }
            String name = parts.group(1).toUpperCase(Locale.ROOT);
            String value = parts.group(3).strip();
            if (name.equals("BEGIN")) {
                components.push(value.toUpperCase(Locale.ROOT));
            } else if (name.equals("END")) {
                if (SHOWN.contains(String.valueOf(components.poll()))) {
                    out.paragraph(String.join("\n", fields));
                    fields.clear();
                }
            } else if (SHOWN.contains(String.valueOf(components.peek()))) {
                addField(name, parts.group(2), value, fields);
                if (name.equals("SUMMARY") || name.equals("FN")) {
                    titles.add(describe(name, parts.group(2), value));
                }
            }
        }
        return titles.size() == 1 ? titles.iterator().next() : null;
    }

    private static void addField(String name, String parameters, String value, List<String> fields) {
        String label = NAMES.get(name);
        String text = label == null ? "" : describe(name, parameters, value);
        if (label != null && !text.isBlank()) {
            Matcher type = TYPE.matcher(parameters);
            String kind =
                    type.find() && !name.equals("NOTE") ? " (" + type.group(1).toLowerCase(Locale.ROOT) + ")" : "";
            fields.add(label + kind + ": " + text);
        }
    }

    private static String describe(String name, String parameters, String value) {
        Matcher time = TIME.matcher(value);
        if (time.matches()) {
            return describeTime(time, parameters);
        }
        String decoded = parameters.toUpperCase(Locale.ROOT).contains("QUOTED-PRINTABLE") ? decode(value) : value;
        String text = LISTS.contains(name) ? String.join(", ", nonEmpty(decoded.split("(?<!\\\\);", -1))) : decoded;
        String plain = text.replace("\\n", "\n")
                .replace("\\N", "\n")
                .replace("\\,", ",")
                .replace("\\;", ";")
                .replace("\\\\", "\\");
        boolean address = plain.regionMatches(true, 0, "mailto:", 0, 7);
        String bare = address ? plain.substring(7) : plain;
        Matcher person = NAME.matcher(parameters);
        return person.find() ? person.group(1) + " <" + bare + ">" : bare;
    }

    private static String describeTime(Matcher time, String parameters) {
        String day = time.group(1) + "-" + time.group(2) + "-" + time.group(3);
        if (time.group(4) == null) {
            return day;
        }
        Matcher zone = ZONE.matcher(parameters);
        String place = time.group(6) != null ? " UTC" : zone.find() ? " " + zone.group(1) : "";
        return day + " " + time.group(4) + ":" + time.group(5) + place;
    }

    private static List<String> nonEmpty(String[] parts) {
        return List.of(parts).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static String decode(String value) {
        return OCTET.matcher(value).replaceAll(octets -> {
            String digits = octets.group().replace("=", "");
            return Matcher.quoteReplacement(new String(HexFormat.of().parseHex(digits), StandardCharsets.UTF_8));
        });
    }

    /** A line that begins with a space goes on with the line before. */
    private static List<String> unfold(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String next : TextLineFunctions.split(text)) {
            boolean soft =
                    line.length() > 1 && line.charAt(line.length() - 1) == '=' && line.indexOf("QUOTED-PRINTABLE") >= 0;
            if (next.startsWith(" ") || next.startsWith("\t")) {
                line.append(next, 1, next.length());
            } else if (soft) {
                line.setLength(line.length() - 1);
                line.append(next);
            } else {
                lines.add(line.toString());
                line = new StringBuilder(next);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
