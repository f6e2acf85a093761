package dev.lectern.ingestion.parsing.ocr;

import java.util.ArrayList;
import java.util.List;

/** Divides a command into its arguments, at spaces that are not in single or double quotes. Nothing else has a meaning: there is no shell. */
final class CommandLineSplitter {
    private CommandLineSplitter() {}

    /** Empty for a blank command. A quote that is not closed goes to the end. */
    static List<String> split(String command) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char character = command.charAt(i);
            if (quote != 0) {
                if (character == quote) {
                    quote = 0;
                } else {
                    argument.append(character);
                }
            } else if (character == '"' || character == '\'') {
                quote = character;
                begun = true;
            } else if (Character.isWhitespace(character)) {
                if (begun) {
                    arguments.add(argument.toString());
                    argument.setLength(0);
                    begun = false;
                }
            } else {
                argument.append(character);
                begun = true;
            }
        }
        if (begun) {
            arguments.add(argument.toString());
        }
        return List.copyOf(arguments);
    }
}
