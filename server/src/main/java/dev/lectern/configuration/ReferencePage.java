package dev.lectern.configuration;

import java.util.List;

/** The page that lists every setting, as Markdown. */
final class ReferencePage {
    private static final String HEAD = """
            # Configuration

            Settings are environment variables. Empty ones count as not set. One that is not known, or a value that is not possible, stops the start with one line that says what to
            write instead; `./lectern doctor` checks them without starting. What Kubernetes sets beside a Service named `lectern` is ignored.

            This page is generated from the code (`mvn -pl server test -Dtest=ReferencePageTest -Dlectern.write=true`).

            | variable | default | what it is |
            |---|---|---|
            """;

    private static final String SCRIPT = """

            ## Of the script

            Read by `./lectern` alone.

            | variable | default | what it is |
            |---|---|---|
            | `LECTERN_JAVA_OPTIONS` | | more options for the Java machine, such as `-Xmx1g` |
            | `LECTERN_MAVEN_ARGS` | | more arguments for Maven when it builds, such as `-Dmaven.repo.local=/path`; `MAVEN_ARGS` is passed on, too |
            | `LECTERN_AOT` | `on` | `off` starts without the JDK's ahead-of-time cache and does not make one |
            | `LECTERN_VECTOR` | `off` | `on` lets the search use the processor's vector instructions: for libraries of 100,000 passages and more; every start takes longer |
            | `NO_COLOR` | | any value: no colours |
            """;

    private ReferencePage() {}

    static String of(List<Setting> settings) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Setting setting : settings) {
            page.append("| `")
                    .append(setting.variable())
                    .append(setting.isMap() ? "_<NAME>" : "")
                    .append("` | ")
                    .append(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`")
                    .append(" | ")
                    .append(cell(setting.description()))
                    .append(" |\n");
        }
        return page.append(SCRIPT).toString();
    }

    private static String cell(String description) {
        return description
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|");
    }
}
