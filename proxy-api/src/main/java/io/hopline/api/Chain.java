package io.hopline.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Hops over one another, the nearest first; no hops at all means straight to the target.
 *
 * @param hops what {@link #objections} has nothing against
 */
public record Chain(List<Hop> hops) {

    public Chain {
        hops = List.copyOf(hops);
        List<String> objections = objections(hops);
        if (!objections.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", objections));
        }
    }

    public static Chain of(Hop... hops) {
        return new Chain(List.of(hops));
    }

    /** Why hops in this order can't work, a sentence each that names the hop; empty if they can. */
    public static List<String> objections(List<Hop> hops) {
        List<String> objections = new ArrayList<>();
        for (int i = 1; i < hops.size(); i++) {
            HopRef hop = HopRef.of(i + 1, hops.get(i));
            HopRef beneath = HopRef.of(i, hops.get(i - 1));
            if (hops.get(i).opensSockets()) {
                objections.add(hop + " opens sockets itself, so it can only be the first of a chain");
            }
            if (!hops.get(i - 1).carriesStreams()) {
                objections.add(hop + " can't be reached: " + beneath + " carries no streams");
            }
            hop.server()
                    .flatMap(hops.get(i - 1)::objection)
                    .ifPresent(why -> objections.add(hop + " can't be reached over " + beneath + ": " + why));
        }
        for (int i = 0; i < hops.size(); i++) {
            if (hops.get(i).isShared()) {
                objections.addAll(telling(hops.subList(0, i + 1)));
            }
        }
        return objections;
    }

    /** Why these sockets can't be beneath it, a sentence for each hop that minds; empty if they can, or if it opens its own. */
    public List<String> objections(Hop sockets) {
        if (!sockets.tellsClient() || hops.isEmpty() || hops.get(0).opensSockets()) {
            return List.of();
        }
        return IntStream.range(0, hops.size())
                .filter(i -> hops.get(i).isShared())
                .mapToObj(i -> tells(HopRef.of(0, sockets), HopRef.of(i + 1, hops.get(i))))
                .toList();
    }

    /** The last of them is shared, so neither it nor what is beneath may tell. */
    private static List<String> telling(List<Hop> hops) {
        HopRef shared = HopRef.of(hops.size(), hops.get(hops.size() - 1));
        return IntStream.range(0, hops.size())
                .filter(i -> hops.get(i).tellsClient())
                .mapToObj(i -> tells(HopRef.of(i + 1, hops.get(i)), shared))
                .toList();
    }

    private static String tells(HopRef teller, HopRef shared) {
        return "clients share the sessions of " + shared + ", so " + (teller.equals(shared) ? "it" : teller)
                + " can't tell the address of one; leave its proxy-protocol out, or use another hop type than "
                + shared.type();
    }

    /** Why the last hop can't open a stream to the target, a sentence that names it; empty if it can, or there are no hops. */
    public Optional<String> objection(HostPort target) {
        return hops.isEmpty()
                ? Optional.empty()
                : hops.get(hops.size() - 1)
                        .objection(target)
                        .map(why -> target + " can't be reached over "
                                + HopRef.of(hops.size(), hops.get(hops.size() - 1)) + ": " + why);
    }

    /** Folds the hops into one outbound; {@code direct} opens the sockets where no hop does. */
    public Outbound over(Outbound direct) {
        Outbound outbound = direct;
        for (int i = 0; i < hops.size(); i++) {
            outbound = hops.get(i).over(outbound, HopRef.of(i + 1, hops.get(i)));
        }
        return outbound;
    }

    /** The addresses of its hops' servers. */
    public List<HostPort> servers() {
        return hops.stream().map(Hop::server).flatMap(Optional::stream).toList();
    }

    /** Whether the names of targets are looked up here, and not by the last hop's server. */
    public boolean looksUp() {
        return hops.isEmpty() || hops.get(hops.size() - 1).opensSockets();
    }

    /**
     * What keeps the chain from having an ability that some outbounds have besides dialing; empty if it has it.
     *
     * @param direct as in {@link #over}
     * @return the hop behind which it is lost, or {@code direct} if it was never there
     */
    public Optional<String> lacking(Class<? extends Outbound> ability, Outbound direct) {
        Outbound outbound = direct;
        Optional<String> lacking = ability.isInstance(direct) ? Optional.empty() : Optional.of("direct");
        for (int i = 0; i < hops.size(); i++) {
            HopRef hop = HopRef.of(i + 1, hops.get(i));
            boolean before = ability.isInstance(outbound);
            outbound = hops.get(i).over(outbound, hop);
            if (ability.isInstance(outbound)) {
                lacking = Optional.empty();
            } else if (before) {
                lacking = Optional.of(hop.toString());
            }
        }
        return lacking;
    }

    /** One readable line without secrets, for example {@code https+connect://proxy.corp:443 -> socks5://10.0.0.5:1080}. */
    @Override
    public String toString() {
        return hops.isEmpty() ? "direct" : hops.stream().map(Hop::describe).collect(Collectors.joining(" -> "));
    }
}
