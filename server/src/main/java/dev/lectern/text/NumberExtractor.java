package dev.lectern.text;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Extracts the numbers of a text, in digits or words, each with its possible readings: "1.000" is a thousand or one. */
final class NumberExtractor {

    /**
     * A number with its place.
     *
     * @param exact its readings, with the scale behind it ("1.5 million")
     * @param loose further values that a text with this number supports: without the scale, the short form of a decade, the long form of a range's end
     */
    record NumberMention(Span span, Set<String> exact, Set<String> loose) {}

    private static final int LONGEST = 40;

    private final String text;
    private final List<Span> words;
    private final List<NumberMention> numbers = new ArrayList<>();

    private NumberExtractor(String text) {
        this.text = text;
        this.words = WordTokenizer.of(text);
    }

    static List<NumberMention> in(String text) {
        return new NumberExtractor(text).read();
    }

    private List<NumberMention> read() {
        int at = 0;
        while (at < words.size()) {
            Span word = words.get(at);
            char first = text.charAt(word.start());
            if (Character.isDigit(first)) {
                at = digits(at);
            } else if (WordTokenizer.isDense(first)) {
                characters(word);
                at++;
            } else {
                at = words(at);
            }
        }
        return numbers;
    }

    private int digits(int at) {
        Span span = words.get(at);
        String written = Normalizer.normalize(span.in(text), Normalizer.Form.NFKC);
        Set<String> plain = new HashSet<>();
        readings(written, plain);
        Set<String> loose = new HashSet<>(plain);
        Set<String> exact = plain;
        addHalves(span, exact);
        Long scale = scaleBehind(at);
        if (scale != null) {
            exact = scaled(plain, scale);
            loose.addAll(exact);
        }
        addYears(at, written, loose);
        numbers.add(new NumberMention(span, exact, loose));
        boolean scaleIsAWord = scale != null && NumberWords.scale(lower(words.get(at + 1))) != null;
        return scaleIsAWord ? at + 2 : at + 1;
    }

    private static void readings(String written, Set<String> into) {
        if (written.length() > LONGEST) {
            into.add(written);
            return;
        }
        int separators = (int) written.chars().filter(c -> c == '.' || c == ',').count();
        if (written.indexOf(':') >= 0) {
            for (String part : written.split(":", -1)) {
                readings(part, into);
            }
        } else if (separators == 0) {
            into.add(canonical(written));
        } else {
            boolean grouped = written.matches("\\d{1,3}([.,]\\d{3})+");
            boolean groupedDecimal = written.matches("\\d{1,3}(,\\d{3})+\\.\\d+|\\d{1,3}(\\.\\d{3})+,\\d+");
            if (grouped) {
                into.add(canonical(written.replaceAll("[.,]", "")));
            }
            if (groupedDecimal) {
                char point = written.charAt(Math.max(written.lastIndexOf('.'), written.lastIndexOf(',')));
                into.add(canonical(written.replace(point == '.' ? "," : ".", "").replace(',', '.')));
            } else if (separators == 1) {
                into.add(canonical(written.replace(',', '.')));
            } else if (!grouped) {
                into.add(written);
            }
        }
    }

    private static String canonical(String digits) {
        try {
            return new BigDecimal(digits).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException notDecimal) {
            return digits;
        }
    }

    private static Set<String> scaled(Set<String> plain, long scale) {
        Set<String> scaled = new HashSet<>();
        for (String reading : plain) {
            try {
                scaled.add(new BigDecimal(reading)
                        .multiply(BigDecimal.valueOf(scale))
                        .stripTrailingZeros()
                        .toPlainString());
            } catch (NumberFormatException notDecimal) {
                scaled.add(reading);
            }
        }
        return scaled;
    }

    /** "6½". */
    private void addHalves(Span span, Set<String> readings) {
        if (span.end() < text.length() && text.charAt(span.end()) == '½') {
            Set<String> halves = new HashSet<>();
            readings.forEach(reading -> halves.add(reading + ".5"));
            readings.clear();
            readings.addAll(halves);
        }
    }

    private @Nullable Long scaleBehind(int at) {
        if (at + 1 >= words.size()) {
            return null;
        }
        Span number = words.get(at);
        Span next = words.get(at + 1);
        char first = text.charAt(next.start());
        if (WordTokenizer.isDense(first)) {
            long power = next.start() - number.end() <= 1 ? NumberWords.power(first) : 0;
            return power == 0 ? null : power;
        }
        return isGap(number.end(), next.start()) ? NumberWords.scale(lower(next)) : null;
    }

    private void addYears(int at, String written, Set<String> loose) {
        Span span = words.get(at);
        boolean fourDigits = written.matches("\\d{4}");
        if (fourDigits && at + 1 < words.size() && lower(words.get(at + 1)).equals("s")) {
            loose.add(canonical(written.substring(2)));
        }
        if (at > 0 && written.matches("\\d{2}")) {
            String before = words.get(at - 1).in(text);
            String gap = text.substring(words.get(at - 1).end(), span.start());
            if (before.matches("\\d{4}") && gap.matches("[-–—/]")) {
                loose.add(before.substring(0, 2) + written);
            }
        }
    }

    /** A run of number words, such as "two hundred and five thousand". */
    private int words(int from) {
        long total = 0;
        long current = 0;
        int at = from;
        int end = from;
        while (at < words.size()
                && (at == from || isGap(words.get(at - 1).end(), words.get(at).start()))) {
            String word = lower(words.get(at));
            Long small = NumberWords.small(word);
            Long scale = NumberWords.scale(word);
            if (small != null && (current % 100 == 0 || (current % 10 == 0 && current % 100 > 10 && small < 10))) {
                current += small;
            } else if (scale != null && (at > from || scale >= 100)) {
                current = Math.max(current, 1) * scale;
                if (scale > 100) {
                    total += current;
                    current = 0;
                }
            } else if (!(word.equals("and") && at > end - 1 && at > from)) {
                break;
            }
            at++;
            end = word.equals("and") ? end : at;
        }
        if (end == from) {
            month(words.get(from));
            return from + 1;
        }
        Span span = new Span(words.get(from).start(), words.get(end - 1).end());
        String value = Long.toString(total + current);
        numbers.add(new NumberMention(span, Set.of(value), Set.of(value)));
        return end;
    }

    /** A month bears out its number in a date of digits, but claims none. */
    private void month(Span word) {
        Long month = NumberWords.month(lower(word));
        if (month != null) {
            numbers.add(new NumberMention(word, Set.of(), Set.of(Long.toString(month))));
        }
    }

    /** Numbers in Chinese or Japanese characters; a single one is borne out but not claimed, since most stand within words. */
    private void characters(Span run) {
        int at = run.start();
        while (at < run.end()) {
            int start = at;
            while (at < run.end() && isNumeral(text.charAt(at))) {
                at++;
            }
            if (at > start) {
                Set<String> value = Set.of(Long.toString(value(text.substring(start, Math.min(at, start + 12)))));
                numbers.add(new NumberMention(new Span(start, at), at - start > 1 ? value : Set.of(), value));
            }
            at++;
        }
    }

    private static boolean isNumeral(char c) {
        return NumberWords.digit(c) >= 0 || NumberWords.power(c) > 0;
    }

    private static long value(String numerals) {
        if (numerals.chars().allMatch(c -> NumberWords.digit((char) c) >= 0)) {
            return numerals.chars().mapToLong(c -> NumberWords.digit((char) c)).reduce(0, (sum, d) -> sum * 10 + d);
        }
        long total = 0;
        long section = 0;
        long digit = 0;
        for (int i = 0; i < numerals.length(); i++) {
            char c = numerals.charAt(i);
            long power = NumberWords.power(c);
            if (power == 0) {
                digit = NumberWords.digit(c);
            } else if (power >= 10_000) {
                total = (total + section + digit) * power;
                section = 0;
                digit = 0;
            } else {
                section += Math.max(digit, 1) * power;
                digit = 0;
            }
        }
        return total + section + digit;
    }

    private boolean isGap(int from, int to) {
        return to - from <= 1 && text.substring(from, to).matches("[\\s-]?");
    }

    private String lower(Span word) {
        return word.in(text).toLowerCase(Locale.ROOT);
    }
}
