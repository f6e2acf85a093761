package dev.lectern.settings.web;

import dev.lectern.http.EntityTag;
import dev.lectern.http.Page;
import dev.lectern.settings.AdjustableSetting;
import dev.lectern.settings.RuntimeSettings;
import dev.lectern.shared.Caller;
import dev.lectern.shared.LecternException;
import dev.lectern.shared.RequiresScope;
import dev.lectern.shared.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Settings that may change while the server runs; for administrators. */
@RestController
@RequiresScope(Scope.ADMIN)
@RequestMapping(path = "/api/v1/settings", produces = MediaType.APPLICATION_JSON_VALUE)
class SettingsController {
    private final RuntimeSettings settings;

    SettingsController(RuntimeSettings settings) {
        this.settings = settings;
    }

    /**
     * A setting that may change while the server runs.
     *
     * @param name name of its environment variable, such as {@code LECTERN_RATE_LIMIT_REQUESTS}
     * @param kind {@code number}, {@code duration}, {@code choice}, {@code text} or {@code secret}
     * @param value its value at present, such as {@code 100}; {@code ***} for a secret
     * @param defaultValue its value without a change, such as {@code 100}
     * @param bounds what can be written, such as {@code a whole number from 0 to 1000000}
     * @param description what it limits or enables, such as {@code Maximum number of requests of one client address in a minute.}
     * @param fixed whether the environment of the server sets it, so that it cannot be changed here
     * @param version number that rises with every change, 0 before the first
     * @param changedAt when it was changed last; absent before the first change
     * @param changedBy kind and id of who changed it last, such as {@code operator:operator}; absent before the first change
     */
    record SettingView(
            String name,
            String kind,
            String value,
            String defaultValue,
            String bounds,
            String description,
            boolean fixed,
            long version,
            @Nullable Instant changedAt,
            @Nullable String changedBy) {
        static SettingView of(AdjustableSetting setting) {
            return new SettingView(
                    setting.name(),
                    setting.kind(),
                    setting.value(),
                    setting.defaultValue(),
                    setting.bounds(),
                    setting.description(),
                    setting.fixed(),
                    setting.version(),
                    setting.changedAt(),
                    setting.changedBy());
        }
    }

    /**
     * A new value.
     *
     * @param value required, within the bounds of the setting, such as {@code 200}; 1 to 2,000 characters
     */
    record SettingRequest(@Nullable String value) {
        String required() {
            if (value == null) {
                throw LecternException.invalid("value", "The field `value` is missing. Send the new value as a text.");
            }
            return value;
        }
    }

    /** Lists the settings that may change while the server runs, by name. */
    @GetMapping
    Page<SettingView> listSettings(Caller caller) {
        return new Page<>(settings.list(caller).stream().map(SettingView::of).toList(), null);
    }

    /**
     * Shows a setting.
     *
     * @param name name of its environment variable, such as {@code LECTERN_RATE_LIMIT_REQUESTS}
     */
    @GetMapping("/{name}")
    SettingView getSetting(Caller caller, @PathVariable String name, HttpServletResponse response) {
        return tagged(settings.get(caller, name), response);
    }

    /**
     * Changes a setting. The change takes effect on all nodes within two seconds, and is recorded in the audit log.
     *
     * @param name name of its environment variable, such as {@code LECTERN_RATE_LIMIT_REQUESTS}
     * @throws LecternException CONFLICT when the environment of the server sets it
     */
    @PutMapping("/{name}")
    SettingView changeSetting(
            Caller caller,
            @PathVariable String name,
            @RequestBody SettingRequest request,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        return tagged(settings.change(caller, name, request.required(), ifMatch), response);
    }

    /**
     * Sets a setting back to its default. This takes effect on all nodes within two seconds, and is recorded in the audit log.
     *
     * @param name name of its environment variable, such as {@code LECTERN_RATE_LIMIT_REQUESTS}
     * @throws LecternException CONFLICT when the environment of the server sets it
     */
    @DeleteMapping("/{name}")
    SettingView resetSetting(
            Caller caller,
            @PathVariable String name,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            HttpServletResponse response) {
        return tagged(settings.reset(caller, name, ifMatch), response);
    }

    private static SettingView tagged(AdjustableSetting setting, HttpServletResponse response) {
        EntityTag.write(RuntimeSettings.entityTag(setting), response);
        return SettingView.of(setting);
    }
}
