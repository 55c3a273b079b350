package io.hopline.launcher.plugins;

import io.hopline.api.PluginFault;
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

    /** @param plugin as {@link PluginFault#where} has it, where it is known */
    static PluginException unloadable(Optional<String> plugin, Error error) {
        return new PluginException(PluginFault.text(plugin, error), error);
    }

    /** The same for a plugin that lacks something only once it is asked for it. */
    public static PluginException unloadable(LinkageError error) {
        return new PluginException(PluginFault.text(error), error);
    }
}
