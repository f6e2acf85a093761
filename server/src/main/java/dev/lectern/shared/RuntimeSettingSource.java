package dev.lectern.shared;

import java.util.List;

/** The settings of a module that may change while the server runs. A bean of it registers them. */
public interface RuntimeSettingSource {
    /** The same objects at every call. Creating them does no I/O. */
    List<RuntimeSetting<?>> runtimeSettings();
}
