package dev.lectern.models.services;

import dev.lectern.shared.InvalidSettingException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Model services with names of the operator's choice.
 *
 * @param modelService Model services by their names. Its key differs from its variables, which begin with LECTERN_SERVICE_, since Spring would read the
 *     variables of Kubernetes, such as LECTERN_SERVICE_HOST, as services.
 */
@ConfigurationProperties("lectern")
record ModelServicesProperties(@DefaultValue Map<String, NamedServiceProperties> modelService) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,30}");

    /** Names that mean something else in LECTERN_CHAT_MODEL or LECTERN_EMBEDDER. Kubernetes sets variables of the last three. */
    private static final Set<String> RESERVED =
            Set.of("gemini", "openai", "onnx", "extractive", "host", "port", "service");

    ModelServicesProperties {
        modelService = Map.copyOf(modelService);
        modelService.forEach((name, properties) -> {
            if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
                throw new InvalidSettingException("LECTERN_SERVICE_" + name.toUpperCase(Locale.ROOT)
                        + "_… has a name that cannot be used. " + describeName(name));
            }
            properties.validate(name);
        });
    }

    private static String describeName(String name) {
        return name.equals("gemini") || name.equals("openai")
                ? "Write the variables of this service with LECTERN_" + name.toUpperCase(Locale.ROOT) + "_ at their begin."
                : "Write another one of up to 30 letters and digits.";
    }
}
