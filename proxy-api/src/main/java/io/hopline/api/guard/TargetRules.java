package io.hopline.api.guard;

import io.hopline.api.HostPort;
import io.hopline.api.settings.Settings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which targets clients may reach: the first rule that is about a target decides, and what no rule is about is allowed, except, to clients
 * on other machines, the addresses of an {@link AddressGroup}: those are open only to a rule that is about addresses, and to the one
 * target that no client chooses.
 */
public final class TargetRules {

    /** No rule at all. */
    public static final TargetRules DEFAULT = new TargetRules(List.of(), null);

    private static final String KEY = "targets";

    private final List<TargetRule> rules;
    private final @Nullable HostPort fixed;

    private TargetRules(List<TargetRule> rules, @Nullable HostPort fixed) {
        this.rules = List.copyOf(rules);
        this.fixed = fixed;
    }

    /**
     * Rules as a config has them, for example {@code of("allow 10.1.0.0/16:443", "deny *:25")}.
     *
     * @throws IllegalArgumentException if one can't be read; the message says why
     */
    public static TargetRules of(String... texts) {
        List<TargetRule> rules = new ArrayList<>();
        for (String text : texts) {
            rules.add(TargetRule.parse(text));
        }
        return new TargetRules(rules, null);
    }

    /** Reads {@code targets} of an inbound. */
    static TargetRules read(Settings settings) {
        List<TargetRule> rules = new ArrayList<>();
        for (String text : settings.strings(KEY)) {
            try {
                rules.add(TargetRule.parse(text));
            } catch (IllegalArgumentException e) {
                settings.problem(KEY, "\"" + text + "\": " + e.getMessage());
            }
        }
        return new TargetRules(rules, null);
    }

    /** The same where every client is sent to this target: it is open to all of them, wherever it is, but for what a rule denies. */
    TargetRules withFixed(HostPort target) {
        return new TargetRules(rules, target);
    }

    /**
     * Why the target must not be asked for, as an operator is told; empty if it may.
     *
     * @param near whether the client is on this machine
     * @param later whether the addresses of a name will be looked up and judged here, so that they may still allow it
     */
    Optional<String> objection(HostPort target, boolean near, boolean later) {
        List<byte[]> known = Addresses.known(target.host());
        if (known.isEmpty()) {
            return objection(Addresses.name(target.host()), null, target.port(), near, later);
        }
        for (byte[] address : known) {
            Optional<String> objection = objection(target, address, near);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    /** Why a socket must not be opened to this address of the target; empty if it may. */
    Optional<String> objection(HostPort target, InetAddress address, boolean near) {
        return objection(target, address.getAddress(), near);
    }

    private Optional<String> objection(HostPort target, byte[] address, boolean near) {
        String name = target.isLiteral() ? "" : Addresses.name(target.host());
        boolean open = near || target.equals(fixed);
        for (byte[] meant : Addresses.meant(address)) {
            Optional<String> objection = objection(name, meant, target.port(), open, false);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> objection(String name, byte @Nullable [] address, int port, boolean open, boolean later) {
        Optional<AddressGroup> closed = open || address == null ? Optional.empty() : AddressGroup.of(address);
        for (TargetRule rule : rules) {
            if (rule.matches(name, address, port)) {
                if (!rule.allow()) {
                    return Optional.of("rule \"" + rule.text() + "\"");
                }
                if (closed.isEmpty() || rule.isAboutAddresses()) {
                    return Optional.empty();
                }
            } else if (later && address == null && rule.allow() && rule.isAboutAddresses()) {
                return Optional.empty(); // For now: the address decides.
            }
        }
        return closed.map(group ->
                group + " addresses are closed to clients on other machines (\"allow " + group + "\" would open them)");
    }

    /** The rules as they were written. */
    @Override
    public String toString() {
        return rules.stream().map(TargetRule::text).toList().toString();
    }
}
