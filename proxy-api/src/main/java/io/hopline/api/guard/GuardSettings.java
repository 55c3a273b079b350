package io.hopline.api.guard;

import io.hopline.api.HostPort;
import io.hopline.api.settings.Settings;

/**
 * How an inbound is guarded.
 *
 * @param targets what its clients may reach
 * @param limits how much they may take
 */
public record GuardSettings(TargetRules targets, Limits limits) {

    /** As a config has it that says nothing. */
    public static final GuardSettings DEFAULT = new GuardSettings(TargetRules.DEFAULT, Limits.DEFAULT);

    /** Reads what every inbound takes: {@code targets} and {@code limits}. */
    public static GuardSettings read(Settings settings) {
        return new GuardSettings(TargetRules.read(settings), Limits.read(settings));
    }

    public GuardSettings withTargets(TargetRules rules) {
        return new GuardSettings(rules, limits);
    }

    /** The same where every client is sent to this target, as {@link io.hopline.api.Entry#fixedTarget} has it, and chooses none. */
    public GuardSettings withFixedTarget(HostPort target) {
        return new GuardSettings(targets.withFixed(target), limits);
    }

    public GuardSettings withLimits(Limits others) {
        return new GuardSettings(targets, others);
    }
}
