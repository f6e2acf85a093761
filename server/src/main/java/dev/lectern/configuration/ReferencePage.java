package dev.lectern.configuration;

import java.util.List;

/** The Markdown page that documents every setting; its lines have at most 120 characters. */
final class ReferencePage {
    private static final int MAX_LINE_LENGTH = 120;

    private static final String HEAD = """
            # Configuration

            Settings are environment variables. An empty variable counts as not set. An unknown `LECTERN_` variable or an
            invalid value stops the start with one line that says what to write instead; `./lectern doctor` checks all
            settings without starting the server. Variables that Kubernetes sets for a Service named `lectern` are ignored.

            Variables with `<NAME>` in them exist once for each name that you choose: letters A to Z and digits. See
            [Model services](administration/model-services.md).

            A setting with a key or password can also be read from a file: the variable with `_FILE` at its end has the
            path, such as `LECTERN_GEMINI_API_KEY_FILE=/run/secrets/gemini`. The settings for which this works say so. The
            file has only the value; a line break at its end is removed. Only one of the two variables may be set. Make the
            file readable only for the user of the server: the log and `doctor` warn if every user can read it.

            Times have a unit (`500ms`, `30s`, `10m`, `24h`, `365d`), and so do sizes (`256KB`, `8MB`, `2GB`).

            This page is generated from the code: `mvn -pl server test -Dtest=ReferencePageTest -Dlectern.write=true`.

            ## Settings of the server

            """;

    private static final String SCRIPT = """

            ## Settings of the script

            These variables are read by `./lectern` only.

            - **`LECTERN_JAVA_OPTIONS`**\\
              Additional options for the Java virtual machine, such as `-Xmx1g`.
            - **`LECTERN_MAVEN_ARGS`**\\
              Additional arguments for Maven builds, such as `-Dmaven.repo.local=/path`. `MAVEN_ARGS` is passed on as well.
            - **`LECTERN_AOT`**, default `on`\\
              Whether the JDK's ahead-of-time cache is created and used; `off` makes every start slower.
            - **`LECTERN_VECTOR`**, default `off`\\
              Whether searches use the processor's vector instructions; `on` pays off for libraries of 100,000 passages and
              more, and makes every start slower.
            - **`NO_COLOR`**\\
              Any value disables colours in the output.
            """;

    private ReferencePage() {}

    static String of(List<Setting> settings) {
        StringBuilder page = new StringBuilder(HEAD);
        settings.forEach(setting -> append(setting, page));
        return page.append(SCRIPT).toString();
    }

    private static void append(Setting setting, StringBuilder page) {
        String variable = "- **`" + setting.variable() + (setting.isMap() ? "_<NAME>" : "") + "`**";
        String value = setting.defaultValue().isEmpty() ? "" : "default `" + setting.defaultValue() + "`";
        boolean fits = variable.length() + value.length() + 3 <= MAX_LINE_LENGTH;
        page.append(variable)
                .append(value.isEmpty() ? "" : fits ? ", " : ",\n  ")
                .append(value)
                .append("\\\n");
        appendWrapped(markdown(setting.description()) + fileNote(setting), page);
    }

    private static String fileNote(Setting setting) {
        return setting.isReadableFromFile()
                ? " Or `" + setting.variable() + SecretFileReader.SUFFIX + "`: path of a file with the value."
                : "";
    }

    private static void appendWrapped(String text, StringBuilder page) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > MAX_LINE_LENGTH) {
                page.append(line).append('\n');
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        page.append(line).append('\n');
    }

    private static String markdown(String description) {
        return description
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
