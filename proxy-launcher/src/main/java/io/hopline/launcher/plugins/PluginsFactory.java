package io.hopline.launcher.plugins;

import com.google.inject.AbstractModule;
import com.google.inject.Binding;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.MapBinderBinding;
import com.google.inject.multibindings.MultibinderBinding;
import com.google.inject.multibindings.MultibindingsTargetVisitor;
import com.google.inject.multibindings.OptionalBinderBinding;
import com.google.inject.spi.DefaultBindingTargetVisitor;
import com.google.inject.spi.Element;
import com.google.inject.spi.ElementSource;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import io.hopline.api.AlpnProtocol;
import io.hopline.api.InboundFactory;
import io.hopline.api.OutboundFactory;
import io.hopline.api.PluginFault;
import io.hopline.api.ProtocolModule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Wires the modules; the injector does not outlive it. */
final class PluginsFactory {

    private PluginsFactory() {}

    static Plugins discover() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return discover(loader == null ? ClassLoader.getSystemClassLoader() : loader);
    }

    static Plugins discover(ClassLoader loader) {
        Places places = new Places(loader);
        List<ProtocolModule> modules = new ArrayList<>();
        try {
            ServiceLoader.load(ProtocolModule.class, loader).forEach(modules::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw PluginException.unloadable(places.broken(), e);
        }
        places.refuseTwins(modules);
        return of(modules);
    }

    static Plugins of(List<? extends Module> modules) {
        try {
            return wired(modules);
        } catch (CreationException e) {
            throw new PluginException("the plugins can't be wired: " + text(e.getErrorMessages()), e);
        } catch (ProvisionException e) {
            throw new PluginException("a plugin can't be made: " + text(e.getErrorMessages()), e);
        } catch (LinkageError e) {
            throw PluginException.unloadable(
                    modules.stream()
                            .filter(PluginsFactory::isBroken)
                            .findFirst()
                            .map(module -> PluginFault.where(module.getClass())),
                    e);
        }
    }

    private static Plugins wired(List<? extends Module> modules) {
        // Said once and by all together: Guice has one map of each kind to make then, not one for each module.
        List<Module> all = new ArrayList<>(modules);
        all.add(new Maps());
        List<Element> said = Elements.getElements(all);
        refuseClashes(said, modules);
        Injector injector = Guice.createInjector(Elements.getModule(said));
        return new Plugins(
                injector.getInstance(new Key<Map<String, InboundFactory>>() {}),
                injector.getInstance(new Key<Map<String, OutboundFactory>>() {}),
                injector.getInstance(new Key<Map<String, AlpnProtocol>>() {}));
    }

    private static boolean isBroken(Module module) {
        try {
            wired(List.of(module));
            return false;
        } catch (LinkageError e) {
            return true;
        } catch (RuntimeException e) {
            return false; // It may need the others.
        }
    }

    private static void refuseClashes(List<Element> said, List<? extends Module> modules) {
        for (Element element : said) {
            if (element instanceof Binding<?> binding) {
                refuseClashes(binding, said, modules);
            }
        }
    }

    private static <T> void refuseClashes(Binding<T> binding, List<Element> said, List<? extends Module> modules) {
        Map<String, Binding<?>> claims = new HashMap<>();
        for (Claim claim : binding.acceptTargetVisitor(new Claims<T>(said))) {
            Binding<?> other = claims.putIfAbsent(claim.name(), claim.binding());
            if (other != null) {
                throw new PluginException(claim.name() + " is claimed by two plugins, " + where(other, modules)
                        + " and " + where(claim.binding(), modules) + ": remove one of them");
            }
        }
    }

    /** The plugin that a binding comes from, which may have installed a module of its own for it. */
    private static String where(Binding<?> binding, List<? extends Module> modules) {
        List<String> names = ((ElementSource) binding.getSource()).getModuleClassNames();
        return modules.stream()
                .filter(module -> module.getClass().getName().equals(names.get(names.size() - 1)))
                .findFirst()
                .map(module -> PluginFault.where(module.getClass()))
                .orElseThrow();
    }

    private static String text(Collection<Message> messages) {
        return messages.stream().map(m -> m.getMessage().strip()).collect(Collectors.joining("; "));
    }

    /** The maps are there even if no plugin adds to one. */
    private static final class Maps extends AbstractModule {
        @Override
        protected void configure() {
            MapBinder.newMapBinder(binder(), String.class, InboundFactory.class);
            MapBinder.newMapBinder(binder(), String.class, OutboundFactory.class);
            MapBinder.newMapBinder(binder(), String.class, AlpnProtocol.class);
        }
    }

    /** @param name such as {@code outbound "socks5"} */
    private record Claim(String name, Binding<?> binding) {}

    /** What is added to a map. */
    private static final class Claims<T> extends DefaultBindingTargetVisitor<T, List<Claim>>
            implements MultibindingsTargetVisitor<T, List<Claim>> {

        private static final Map<Class<?>, String> KINDS = Map.of(
                InboundFactory.class, "inbound", OutboundFactory.class, "outbound", AlpnProtocol.class, "ALPN token");

        private final List<Element> said;

        Claims(List<Element> said) {
            this.said = said;
        }

        @Override
        public List<Claim> visit(MapBinderBinding<? extends T> map) {
            String kind = KINDS.get(map.getValueTypeLiteral().getRawType());
            return kind == null
                    ? List.of()
                    : map.getEntries(said).stream()
                            .map(entry -> new Claim(kind + " \"" + entry.getKey() + '"', entry.getValue()))
                            .toList();
        }

        @Override
        public List<Claim> visit(MultibinderBinding<? extends T> set) {
            return List.of();
        }

        @Override
        public List<Claim> visit(OptionalBinderBinding<? extends T> optional) {
            return List.of();
        }

        @Override
        protected List<Claim> visitOther(Binding<? extends T> other) {
            return List.of();
        }
    }
}
