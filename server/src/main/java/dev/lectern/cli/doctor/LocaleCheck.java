package dev.lectern.cli.doctor;

import java.util.List;

/**
 * Checks that this process knows all letters. Folders that are sources do not depend on it; the name of the data folder, the environment and the output do.
 *
 * @param encoding of the locale, as of the system property {@code sun.jnu.encoding}
 */
record LocaleCheck(String encoding) implements DiagnosticCheck {

    static LocaleCheck ofProcess() {
        return new LocaleCheck(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    @Override
    public List<Finding> run() {
        return encoding.equalsIgnoreCase("UTF-8")
                ? List.of()
                : List.of(Finding.warning("The locale has the encoding " + encoding
                        + ", so that some letters are lost in the output, in settings and in the name of the data folder."
                        + " Set LC_ALL=C.UTF-8."));
    }
}
