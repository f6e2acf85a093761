package dev.lectern.library.jdbc;

import dev.lectern.library.DocumentText.Heading;
import dev.lectern.library.DocumentText.PageStart;
import java.util.ArrayList;
import java.util.List;

/** Encodes short lists as lines of a text column. Every search reads them, so this is faster than JSON. */
public final class LineCodec {
    private LineCodec() {}

    public static String encodeTexts(List<String> texts) {
        return String.join("\n", texts.stream().map(LineCodec::toSingleLine).toList());
    }

    public static List<String> decodeTexts(String lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }

    public static String encodeHeadings(List<Heading> headings) {
        List<String> lines = new ArrayList<>(headings.size());
        for (Heading heading : headings) {
            lines.add(heading.level() + " " + heading.start() + " " + toSingleLine(heading.title()));
        }
        return String.join("\n", lines);
    }

    public static List<Heading> decodeHeadings(String lines) {
        List<Heading> headings = new ArrayList<>();
        for (String line : decodeTexts(lines)) {
            String[] parts = line.split(" ", 3);
            headings.add(new Heading(Integer.parseInt(parts[0]), parts[2], Integer.parseInt(parts[1])));
        }
        return headings;
    }

    public static String encodePages(List<PageStart> pages) {
        return String.join(
                "\n",
                pages.stream().map(page -> page.page() + " " + page.start()).toList());
    }

    public static List<PageStart> decodePages(String lines) {
        List<PageStart> pages = new ArrayList<>();
        for (String line : decodeTexts(lines)) {
            String[] parts = line.split(" ", 2);
            pages.add(new PageStart(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
        }
        return pages;
    }

    private static String toSingleLine(String text) {
        return text.replace('\r', ' ').replace('\n', ' ');
    }
}
