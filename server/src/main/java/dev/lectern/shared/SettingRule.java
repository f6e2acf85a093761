package dev.lectern.shared;

import java.util.Map;

/**
 * A rule about settings that the constructor of one record cannot check: about several records, files, or addresses. Checked before the start and by the
 * command {@code doctor}. Implementations have a constructor without parameters and are listed in {@code META-INF/spring.factories}.
 */
public interface SettingRule {
    /**
     * Checks the rule without a connection to another service.
     *
     * @param settings the settings that are set, by key such as {@code lectern.chat-model}; each value has the form of its type
     * @throws LecternException with one line that names the variable and says what to write instead
     */
    void check(Map<String, String> settings);
}
