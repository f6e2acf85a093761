package dev.lectern.settings;

import dev.lectern.audit.AuditAction;
import dev.lectern.audit.AuditEntry;
import dev.lectern.audit.AuditLog;
import dev.lectern.configuration.SettingCatalog;
import dev.lectern.http.EntityTag;
import dev.lectern.settings.RuntimeSettingRepository.StoredSetting;
import dev.lectern.shared.Caller;
import dev.lectern.shared.ErrorCode;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RuntimeSetting;
import dev.lectern.shared.RuntimeSettingSource;
import dev.lectern.shared.SecretEncryption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Shows and changes the settings that may change while the server runs, for administrators; every other caller gets FORBIDDEN. What the environment of a node sets
 * stays as it is there. A change takes effect on this node before the method returns, and on the others within two seconds. Thread-safe.
 */
@Service
public class RuntimeSettings {
    private static final Logger log = LoggerFactory.getLogger(RuntimeSettings.class);
    private static final String FOR_ADMINISTRATORS =
            "Settings are for administrators. Ask the operator of this server.";

    private final Map<String, RuntimeSetting<?>> settings = new TreeMap<>();
    private final RuntimeSettingRepository repository;
    private final TransactionTemplate transactions;
    private final AuditLog auditLog;
    private final InstantSource clock;
    private final Environment environment;
    private final ObjectProvider<SecretEncryption> encryption;
    private final ReentrantLock applying = new ReentrantLock();
    private long applied = -1;

    RuntimeSettings(
            List<RuntimeSettingSource> sources,
            RuntimeSettingRepository repository,
            TransactionTemplate transactions,
            AuditLog auditLog,
            InstantSource clock,
            Environment environment,
            ObjectProvider<SecretEncryption> encryption) {
        sources.forEach(source -> source.runtimeSettings().forEach(setting -> {
            if (settings.put(setting.name(), setting) != null) {
                throw new IllegalStateException(setting.name() + " is registered twice");
            }
        }));
        this.repository = repository;
        this.transactions = transactions;
        this.auditLog = auditLog;
        this.clock = clock;
        this.environment = environment;
        this.encryption = encryption;
    }

    /** All settings, by name. */
    public List<AdjustableSetting> list(Caller caller) {
        caller.requireAdministrator(FOR_ADMINISTRATORS);
        refresh();
        Map<String, StoredSetting> stored =
                repository.findAll().stream().collect(Collectors.toMap(StoredSetting::name, one -> one));
        Map<String, String> descriptions = SettingCatalog.describe(
                settings.values().stream().map(RuntimeSetting::key).toList());
        return settings.values().stream()
                .map(setting -> describe(setting, stored.get(setting.name()), descriptions))
                .toList();
    }

    /** @throws LecternException NOT_FOUND */
    public AdjustableSetting get(Caller caller, String name) {
        caller.requireAdministrator(FOR_ADMINISTRATORS);
        refresh();
        RuntimeSetting<?> setting = find(name);
        return describe(
                setting, repository.find(setting.name()).orElse(null), SettingCatalog.describe(List.of(setting.key())));
    }

    /** The entity tag of a setting. */
    public static String entityTag(AdjustableSetting setting) {
        return entityTag(setting.name(), setting.version());
    }

    private static String entityTag(String name, long version) {
        return EntityTag.of(name, version);
    }

    /**
     * Changes a setting on all nodes.
     *
     * @param ifMatch the header {@code If-Match}; null without it
     * @throws LecternException NOT_FOUND; INVALID_REQUEST for an invalid value; CONFLICT when the environment sets it; PRECONDITION_FAILED
     */
    public AdjustableSetting change(Caller caller, String name, String value, @Nullable String ifMatch) {
        caller.requireAdministrator(FOR_ADMINISTRATORS);
        RuntimeSetting<?> setting = requireChangeable(name);
        return store(caller, setting, setting.normalize(value), ifMatch);
    }

    /**
     * Sets a setting back to its default on all nodes.
     *
     * @param ifMatch the header {@code If-Match}; null without it
     * @throws LecternException NOT_FOUND; CONFLICT when the environment sets it; PRECONDITION_FAILED
     */
    public AdjustableSetting reset(Caller caller, String name, @Nullable String ifMatch) {
        caller.requireAdministrator(FOR_ADMINISTRATORS);
        return store(caller, requireChangeable(name), null, ifMatch);
    }

    private AdjustableSetting store(
            Caller caller, RuntimeSetting<?> setting, @Nullable String value, @Nullable String ifMatch) {
        transactions.executeWithoutResult(status -> {
            // Before it is read, so that nobody changes it between.
            repository.raiseRevision();
            StoredSetting present = repository
                    .find(setting.name())
                    .orElse(new StoredSetting(setting.name(), null, 0, Instant.EPOCH, ""));
            EntityTag.requireMatch(ifMatch, entityTag(setting.name(), present.version()));
            String former = present.value() == null ? setting.defaultText() : setting.shown(present.value());
            String next = value == null ? setting.defaultText() : setting.shown(value);
            repository.save(new StoredSetting(
                    setting.name(),
                    value == null ? null : encode(setting, value),
                    present.version() + 1,
                    clock.instant(),
                    caller.text()));
            auditLog.record(AuditEntry.of(AuditAction.SETTINGS_CHANGED, caller, "setting", setting.name())
                    .with("former", former)
                    .with("value", next)
                    .with("default", value == null));
        });
        refresh();
        return get(caller, setting.name());
    }

    /** Applies what is stored, if anything was changed since the last time, by whichever node. */
    void refresh() {
        applying.lock();
        try {
            long revision = repository.findRevision();
            if (revision != applied) {
                apply(repository.findAll());
                applied = revision;
            }
        } finally {
            applying.unlock();
        }
    }

    private void apply(List<StoredSetting> stored) {
        Map<String, String> values = new HashMap<>();
        stored.forEach(one -> {
            if (one.value() != null) {
                values.put(one.name(), one.value());
            }
        });
        settings.values().stream().filter(setting -> !isFixed(setting)).forEach(setting -> {
            String value = values.get(setting.name());
            try {
                if (value == null) {
                    setting.reset();
                } else {
                    setting.set(decode(setting, value));
                }
            } catch (LecternException invalid) {
                // Stored by another version, whose bounds were others.
                log.warn("The stored value of a setting is not used, and its default is: {}", invalid.getMessage());
                setting.reset();
            }
        });
    }

    /** A secret is bound to its setting, so that nobody who can write to the database has one service sent the key of another. */
    private String encode(RuntimeSetting<?> setting, String value) {
        return setting.kind() == RuntimeSetting.Kind.SECRET
                ? encryption.getObject().encrypt(value, purpose(setting))
                : value;
    }

    private String decode(RuntimeSetting<?> setting, String stored) {
        return setting.kind() == RuntimeSetting.Kind.SECRET
                ? encryption.getObject().decrypt(stored, purpose(setting))
                : stored;
    }

    private static String purpose(RuntimeSetting<?> setting) {
        return "runtime_setting:" + setting.name();
    }

    /** The settings that may be in files. */
    List<RuntimeSetting<?>> secrets() {
        return settings.values().stream()
                .filter(setting -> setting.kind() == RuntimeSetting.Kind.SECRET)
                .toList();
    }

    private RuntimeSetting<?> find(String name) {
        return Optional.<RuntimeSetting<?>>ofNullable(settings.get(name))
                .orElseThrow(() -> new LecternException(
                        ErrorCode.NOT_FOUND,
                        "There is no setting of this name that may change while the server runs. GET"
                                + " /api/v1/settings lists them."));
    }

    private RuntimeSetting<?> requireChangeable(String name) {
        RuntimeSetting<?> setting = find(name);
        if (isFixed(setting)) {
            throw new LecternException(
                    ErrorCode.CONFLICT,
                    setting.name() + " is set in the environment of this server, which comes first. Remove it there and"
                            + " restart the server to change it here.");
        }
        return setting;
    }

    private boolean isFixed(RuntimeSetting<?> setting) {
        String set = environment.getProperty(setting.key());
        return set != null && !set.isBlank();
    }

    private AdjustableSetting describe(
            RuntimeSetting<?> setting, @Nullable StoredSetting stored, Map<String, String> descriptions) {
        return new AdjustableSetting(
                setting.name(),
                setting.kind().name().toLowerCase(Locale.ROOT),
                setting.text(),
                setting.defaultText(),
                setting.bounds(),
                descriptions.getOrDefault(setting.key(), ""),
                isFixed(setting),
                stored == null ? 0 : stored.version(),
                stored == null ? null : stored.changedAt(),
                stored == null ? null : stored.changedBy());
    }
}
