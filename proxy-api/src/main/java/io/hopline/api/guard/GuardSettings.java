package io.hopline.api.guard;

import io.hopline.api.settings.Settings;

/**
 * How an inbound is guarded.
 *
 * @param targets what its clients may reach
 */
public record GuardSettings(TargetRules targets) {

    /** As a config has it that says nothing. */
    public static final GuardSettings DEFAULT = new GuardSettings(TargetRules.DEFAULT);

    /** Reads what every inbound takes: {@code targets}. */
    public static GuardSettings read(Settings settings) {
        return new GuardSettings(TargetRules.read(settings));
    }

    public GuardSettings withTargets(TargetRules rules) {
        return new GuardSettings(rules);
    }
}
