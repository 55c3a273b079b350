package io.hopline.fuzz;

import io.hopline.api.Outbound;
import io.hopline.api.guard.InboundGuard;
import io.hopline.fuzz.World.Dials;
import io.hopline.launcher.config.InboundPlan;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client that says what a fuzzer made up, to an inbound as the launcher puts it together. */
final class Client {

    private static final List<Dials> DIALS = List.of(Dials.values());
    private static final int PATIENCE_MILLIS = 60_000;

    private final World world;
    private final Line line;
    private final Input input;

    /**
     * @param chain what the inbound goes on through, on what it is given
     * @param whenDialed hears of what was dialed
     */
    Client(InboundPlan plan, Function<Outbound, Outbound> chain, byte[] said, Consumer<Line> whenDialed) {
        input = Input.of(said);
        world = new World(input.choose(DIALS), whenDialed);
        line = world.line();
        InboundGuard guard = new InboundGuard(plan.guard());
        plan.to(chain.apply(world), guard).accept(line, World.session(line, guard));
        world.work();
    }

    /** Says it all, then nothing more. */
    void run(Runnable afterEach) {
        for (byte[] piece : input.pieces()) {
            line.say(piece);
            world.work();
            afterEach.run();
        }
        world.dialed();
        afterEach.run();
        if (input.flag(3)) {
            line.end();
            world.work();
            afterEach.run();
        }
        world.pass(PATIENCE_MILLIS);
        world.end(line, true);
    }

    World world() {
        return world;
    }

    Line line() {
        return line;
    }
}
