package io.hopline.api;

import io.hopline.api.settings.Settings;

/** Reads the settings of one outbound type. */
public interface OutboundFactory {

    /** Reads the settings; what is wrong with them is told to {@link Settings#problem}, never thrown. */
    Hop read(Settings settings);
}
