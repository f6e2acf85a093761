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
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All settings, read from the configuration metadata that the compiler generates from the properties records. */
public final class SettingCatalog {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String PREFIX = "lectern.";
    private static final Pattern MAP_OF_RECORDS =
            Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(dev\\.lectern\\..+)>");

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
                if (setting.hasKey(key)) {
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
        for (JsonNode property : propertiesOf(file)) {
            String key = property.path("name").asString();
            String owner = property.path("sourceType").asString("");
            if (!key.startsWith(PREFIX)) {
                continue;
            }
            Matcher records = MAP_OF_RECORDS.matcher(property.path("type").asString(""));
            if (records.matches()) {
                URL entries = SettingCatalog.class
                        .getClassLoader()
                        .getResource("META-INF/spring/configuration-metadata/" + records.group(1) + ".json");
                for (JsonNode one : propertiesOf(Objects.requireNonNull(entries, records.group(1)))) {
                    settings.add(setting(
                            key + "." + Setting.NAME + "." + one.path("name").asString(), one, owner));
                }
            } else {
                settings.add(setting(key, property, owner));
            }
        }
    }

    private static JsonNode propertiesOf(URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            return JsonMapper.shared().readTree(in).path("properties");
        }
    }

    private static Setting setting(String key, JsonNode property, String owner) {
        return new Setting(
                key,
                property.path("type").asString("java.lang.String"),
                defaultOf(property.path("defaultValue")),
                property.path("description").asString("").strip(),
                owner);
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
