package dev.lectern.library.jdbc;

import dev.lectern.library.DocumentText.Heading;
import dev.lectern.library.DocumentText.PageStart;
import java.util.ArrayList;
import java.util.List;

/** Small lists as lines of a text column: read on the path of every search, so without a JSON parser. */
final class Lines {
    private Lines() {}

    static String ofTexts(List<String> texts) {
        return String.join("\n", texts.stream().map(Lines::oneLine).toList());
    }

    static List<String> texts(String lines) {
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n", -1));
    }

    static String ofHeadings(List<Heading> headings) {
        List<String> lines = new ArrayList<>(headings.size());
        for (Heading heading : headings) {
            lines.add(heading.level() + " " + heading.start() + " " + oneLine(heading.title()));
        }
        return String.join("\n", lines);
    }

    static List<Heading> headings(String lines) {
        List<Heading> headings = new ArrayList<>();
        for (String line : texts(lines)) {
            String[] parts = line.split(" ", 3);
            headings.add(new Heading(Integer.parseInt(parts[0]), parts[2], Integer.parseInt(parts[1])));
        }
        return headings;
    }

    static String ofPages(List<PageStart> pages) {
        return String.join(
                "\n",
                pages.stream().map(page -> page.page() + " " + page.start()).toList());
    }

    static List<PageStart> pages(String lines) {
        List<PageStart> pages = new ArrayList<>();
        for (String line : texts(lines)) {
            String[] parts = line.split(" ", 2);
            pages.add(new PageStart(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
        }
        return pages;
    }

    private static String oneLine(String text) {
        return text.replace('\r', ' ').replace('\n', ' ');
    }
}
