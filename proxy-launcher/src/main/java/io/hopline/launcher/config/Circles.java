package io.hopline.launcher.config;

import io.hopline.api.HostPort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Inbounds whose chains or fixed targets lead back to them, straight or through others, so that their first client would be served in a
 * circle until their guard or some limit ends it. Only what is certain is told.
 */
public record Circles(List<InboundPlan> inbounds) {

    /** The circle in which this inbound is the first of the config, as its names with arrows; empty if there is none. */
    public Optional<String> from(InboundPlan first) {
        Deque<InboundPlan> way = new ArrayDeque<>(List.of(first));
        return leadsBack(way, first)
                ? Optional.of(Stream.concat(way.stream(), Stream.of(first))
                        .map(InboundPlan::name)
                        .collect(Collectors.joining(" -> ")))
                : Optional.empty();
    }

    private boolean leadsBack(Deque<InboundPlan> way, InboundPlan first) {
        for (InboundPlan next : next(way.getLast())) {
            if (next.equals(first)) {
                return true;
            }
            // What lies before it in the config was the first itself; what is on the way is a circle without it.
            if (inbounds.indexOf(next) > inbounds.indexOf(first) && !way.contains(next)) {
                way.addLast(next);
                if (leadsBack(way, first)) {
                    return true;
                }
                way.removeLast();
            }
        }
        return false;
    }

    /** The inbounds that each of its clients is taken to. */
    private List<InboundPlan> next(InboundPlan plan) {
        List<InboundPlan> all = new ArrayList<>();
        List<HostPort> servers = new ArrayList<>(plan.outbound().chain().servers());
        plan.entry().fixedTarget().ifPresent(servers::add);
        for (HostPort server : servers) {
            Optional<InboundPlan> ours = inbounds.stream()
                    .filter(other -> other.listen().stream().anyMatch(listen -> Exposure.reaches(server, listen)))
                    .findFirst();
            ours.ifPresent(all::add);
            // Behind a server elsewhere, or an inbound that goes on elsewhere, addresses mean other machines.
            if (ours.isEmpty() || !ours.get().outbound().chain().looksUp()) {
                return all;
            }
        }
        return all;
    }
}
