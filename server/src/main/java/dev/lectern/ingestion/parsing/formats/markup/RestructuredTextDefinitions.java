package dev.lectern.ingestion.parsing.formats.markup;

import dev.lectern.ingestion.parsing.formats.text.TextLineFunctions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a reStructuredText defines in one place and uses in another: substitutions, targets of links, footnotes and citations. */
final class RestructuredTextDefinitions {
    private static final Pattern SUBSTITUTION =
            Pattern.compile("\\.\\. \\|([^|\\s][^|]{0,200})\\| ([\\w-]{1,40})::(?: (.*))?");
    static final Pattern NOTE =
            Pattern.compile("\\.\\. \\[(\\d{1,9}|#[\\w.+-]{0,100}|\\*|[\\w.+:-]{1,100})](?: (.*))?");
    private static final Pattern TARGET =
            Pattern.compile("\\.\\. _((?:[^:\\\\`]|\\\\.){1,300}):(?: .*)?|\\.\\. _`([^`]{1,300})`:.*");
    private static final Pattern ANONYMOUS = Pattern.compile("__ .*|\\.\\. __:.*");
    private static final Pattern CODE_POINT = Pattern.compile("(?:0x|U\\+|u|x|\\\\u|\\\\x)([0-9A-Fa-f]{2,6})");

    private final Map<String, String> substitutions = new HashMap<>();
    private final Set<String> targets = new HashSet<>();
    private final Map<String, Note> notes = new LinkedHashMap<>();
    private final Set<String> labels = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Deque<Note> waiting = new ArrayDeque<>();
    private boolean anonymous;
    private int number;

    /**
     * A footnote or citation.
     *
     * @param label that is shown
     */
    record Note(String label, List<String> body) {}

    static RestructuredTextDefinitions of(List<String> lines) {
        RestructuredTextDefinitions found = new RestructuredTextDefinitions();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (line.startsWith(".. ")) {
                found.add(line, lines, at);
            }
            found.anonymous |= ANONYMOUS.matcher(line).matches();
        }
        return found;
    }

    private void add(String line, List<String> lines, int at) {
        Matcher substitution = SUBSTITUTION.matcher(line);
        Matcher note = NOTE.matcher(line);
        Matcher target = TARGET.matcher(line);
        if (substitution.matches()) {
            addSubstitution(substitution, bodyOf(lines, at));
        } else if (note.matches()) {
            List<String> body = new ArrayList<>(List.of(note.group(2) == null ? "" : note.group(2)));
            body.addAll(bodyOf(lines, at));
            addNote(note.group(1), body);
        } else if (target.matches()) {
            targets.add(key(target.group(1) == null ? target.group(2) : target.group(1)));
        }
    }

    private static List<String> bodyOf(List<String> lines, int at) {
        int indent = TextLineFunctions.indentOf(lines.get(at));
        int end = at + 1;
        while (end < lines.size()
                && (lines.get(end).isBlank() || TextLineFunctions.indentOf(lines.get(end)) > indent)) {
            end++;
        }
        return TextLineFunctions.dedent(lines.subList(at + 1, end));
    }

    private void addSubstitution(Matcher substitution, List<String> body) {
        String own = substitution.group(3) == null ? "" : substitution.group(3);
        String text = switch (substitution.group(2)) {
            case "replace" -> (own + " " + String.join(" ", body)).strip();
            case "unicode" -> toCharacters(own);
            default ->
                body.stream()
                        .filter(option -> option.startsWith(":alt:"))
                        .map(option -> option.substring(5).strip())
                        .findFirst()
                        .orElse("");
        };
        substitutions.put(key(substitution.group(1)), text);
    }

    private static String toCharacters(String codes) {
        StringBuilder text = new StringBuilder();
        for (String code : codes.split("\\s+", -1)) {
            Matcher point = CODE_POINT.matcher(code);
            if (code.startsWith("..")) {
                break;
            }
            int character = point.matches() ? Integer.parseInt(point.group(1), 16) : -1;
            if (Character.isValidCodePoint(character)) {
                text.appendCodePoint(character);
            } else {
                text.append(code);
            }
        }
        return text.toString();
    }

    private void addNote(String label, List<String> body) {
        boolean numbered = label.equals("#") || label.equals("*");
        String key = numbered ? label + counts.merge("definition " + label, 1, Integer::sum) : key(label);
        if (!notes.containsKey(key)) {
            String shown = label.startsWith("#") ? nextNumber() : label;
            labels.add(shown);
            notes.put(key, new Note(shown, body));
        }
    }

    private String nextNumber() {
        do {
            number++;
        } while (labels.contains(String.valueOf(number)));
        return String.valueOf(number);
    }

    /** @return null when nothing of that name is defined */
    @Nullable String substitute(String name) {
        return substitutions.get(key(name));
    }

    boolean isTarget(String name) {
        return targets.contains(key(name));
    }

    boolean hasAnonymousTargets() {
        return anonymous;
    }

    /** The label that is shown for a reference to a note; the note waits to be taken if it is the first one. */
    String refer(String label) {
        String key = key(label);
        if (label.equals("#") || label.equals("*")) {
            key = label + counts.merge(label, 1, Integer::sum);
        }
        Note note = notes.get(key);
        if (note == null) {
            return label;
        }
        if (taken.add(key)) {
            waiting.add(note);
        }
        return note.label();
    }

    /** The next note that was referred to; null when there is none. */
    @Nullable Note takeNote() {
        return waiting.poll();
    }

    /** Makes the notes wait that nothing refers to. */
    void referRest() {
        notes.forEach((key, note) -> {
            if (taken.add(key)) {
                waiting.add(note);
            }
        });
    }

    private static String key(String name) {
        return name.replace("\\", "").strip().toLowerCase(Locale.ROOT);
    }
}
