package io.hopline.launcher.plugins;

import java.util.Optional;

/** A plugin that can't be used; the message names it and says why. */
public final class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param plugin which one, where that is known */
    static PluginException unloadable(Optional<String> plugin, Error error) {
        Throwable why = error.getCause() == null ? error : error.getCause();
        return new PluginException(
                "a plugin can't be loaded: " + plugin.map(known -> known + ": ").orElse("") + why, error);
    }
}
