package dev.lectern.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All settings, read from the configuration metadata that the compiler generates from the properties records. */
public final class SettingCatalog {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String PREFIX = "lectern.";

    private SettingCatalog() {}

    /** All settings, by name. */
    public static List<Setting> all() {
        List<Setting> settings = new ArrayList<>();
        try {
            Enumeration<URL> files = SettingCatalog.class.getClassLoader().getResources(METADATA);
            while (files.hasMoreElements()) {
                URL file = files.nextElement();
                if (isOurs(file)) {
                    read(file, settings);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.sort(Comparator.comparing(Setting::key));
        return List.copyOf(settings);
    }

    /**
     * What settings limit or enable.
     *
     * @param keys as in application.yaml; a key of a map setting has the description of the map
     * @return by key; without those that are none
     */
    public static Map<String, String> describe(Collection<String> keys) {
        Map<String, String> descriptions = new HashMap<>();
        for (Setting setting : all()) {
            for (String key : keys) {
                if (key.equals(setting.key()) || (setting.isMap() && key.startsWith(setting.key() + "."))) {
                    descriptions.put(key, setting.description());
                }
            }
        }
        return descriptions;
    }

    /** Libraries have metadata files of the same name, which are ignored. */
    private static boolean isOurs(URL file) {
        String own = String.valueOf(SettingCatalog.class.getResource("SettingCatalog.class"));
        String root = own.substring(0, own.indexOf("dev/lectern/"));
        return file.toString().startsWith(root);
    }

    private static void read(URL file, List<Setting> settings) throws IOException {
        try (InputStream in = file.openStream()) {
            for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
                String key = property.path("name").asString();
                if (key.startsWith(PREFIX)) {
                    settings.add(new Setting(
                            key,
                            property.path("type").asString("java.lang.String"),
                            defaultOf(property.path("defaultValue")),
                            property.path("description").asString("").strip(),
                            property.path("sourceType").asString("")));
                }
            }
        }
    }

    private static String defaultOf(JsonNode value) {
        if (value.isArray()) {
            List<String> items = new ArrayList<>();
            value.forEach(item -> items.add(item.asString()));
            return String.join(",", items);
        }
        return value.isMissingNode() || value.isNull() ? "" : value.asString();
    }
}
