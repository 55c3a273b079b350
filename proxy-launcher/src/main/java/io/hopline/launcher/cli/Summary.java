package io.hopline.launcher.cli;

import io.hopline.api.HostPort;
import io.hopline.launcher.Hopline;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;

/** What a config serves: a line for each inbound and one for each chain. */
final class Summary {

    private Summary() {}

    /** As the config says it. */
    static void print(HoplineConfig config, PrintWriter out) {
        print(config, plan -> plan.listen().stream().map(HostPort::toString).toList(), out);
    }

    /** With the addresses that were really bound. */
    static void print(HoplineConfig config, Hopline server, PrintWriter out) {
        print(
                config,
                plan -> server.addresses().getOrDefault(plan.name(), List.of()).stream()
                        .map(address -> HostPort.of(address).toString())
                        .toList(),
                out);
    }

    private static void print(HoplineConfig config, Function<InboundPlan, List<String>> addresses, PrintWriter out) {
        int width = config.inbounds().stream()
                .mapToInt(plan -> plan.name().length())
                .max()
                .orElse(1);
        for (InboundPlan plan : config.inbounds()) {
            out.printf(
                    "inbound  %-" + width + "s  %s on %s -> %s%n",
                    plan.name(),
                    plan.describe(),
                    String.join(", ", addresses.apply(plan)),
                    plan.outbound().name());
        }
        config.outbounds().forEach((name, chain) -> out.printf("outbound %-" + width + "s  %s%n", name, chain));
        out.flush();
    }
}
