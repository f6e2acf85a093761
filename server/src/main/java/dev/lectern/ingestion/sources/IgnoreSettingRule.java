package dev.lectern.ingestion.sources;

import dev.lectern.ingestion.IngestionProperties;
import dev.lectern.shared.InvalidSettingException;
import dev.lectern.shared.SettingRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Checks that each pattern of {@code LECTERN_INGESTION_IGNORE} can match something. */
final class IgnoreSettingRule implements SettingRule {

    @Override
    public void check(Map<String, String> settings) {
        parse(new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("lectern.ingestion", IngestionProperties.class)
                .ignore());
    }

    /** @throws InvalidSettingException when a pattern is not valid */
    static RuleFile parse(List<String> patterns) {
        List<IgnoreRule> rules = new ArrayList<>();
        for (String pattern : patterns) {
            try {
                IgnoreRule rule =
                        IgnoreRule.parse(IgnoreRule.bytes(pattern.getBytes(StandardCharsets.UTF_8)), pattern, 0);
                if (rule != null) {
                    rules.add(rule);
                }
            } catch (IllegalArgumentException wrong) {
                throw new InvalidSettingException("LECTERN_INGESTION_IGNORE has the pattern `" + pattern
                        + "`, which is not valid: " + wrong.getMessage()
                        + ". Write patterns as in .gitignore, separated by commas.");
            }
        }
        return new RuleFile(List.copyOf(rules), List.of());
    }
}
