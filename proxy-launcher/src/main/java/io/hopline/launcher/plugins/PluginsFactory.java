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
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import io.hopline.api.AlpnProtocol;
import io.hopline.api.InboundFactory;
import io.hopline.api.OutboundFactory;
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
        List<ProtocolModule> modules = new ArrayList<>();
        try {
            ServiceLoader.load(ProtocolModule.class).forEach(modules::add);
        } catch (ServiceConfigurationError e) {
            throw new PluginException("a plugin can't be loaded: " + e.getMessage(), e);
        }
        return of(modules);
    }

    static Plugins of(List<? extends Module> modules) {
        try {
            List<Module> configured = new ArrayList<>(List.of(new Maps()));
            Map<String, Module> claims = new HashMap<>();
            for (Module module : modules) {
                // Each configure() runs once: what it said is looked through for clashes, then handed on.
                List<Element> said = Elements.getElements(module);
                claim(said, module, claims);
                configured.add(Elements.getModule(said));
            }
            Injector injector = Guice.createInjector(configured);
            return new Plugins(
                    injector.getInstance(new Key<Map<String, InboundFactory>>() {}),
                    injector.getInstance(new Key<Map<String, OutboundFactory>>() {}),
                    injector.getInstance(new Key<Map<String, AlpnProtocol>>() {}));
        } catch (CreationException e) {
            throw new PluginException("the plugins can't be wired: " + text(e.getErrorMessages()), e);
        } catch (ProvisionException e) {
            throw new PluginException("a plugin can't be made: " + text(e.getErrorMessages()), e);
        }
    }

    private static void claim(List<Element> said, Module module, Map<String, Module> claims) {
        for (Element element : said) {
            if (element instanceof Binding<?> binding) {
                for (String name : names(binding, said)) {
                    Module other = claims.putIfAbsent(name, module);
                    if (other != null) {
                        throw new PluginException(name + " is claimed by two plugins, " + where(other) + " and "
                                + where(module) + ": remove one of them");
                    }
                }
            }
        }
    }

    private static <T> List<String> names(Binding<T> binding, List<Element> said) {
        return binding.acceptTargetVisitor(new Names<T>(said));
    }

    private static String where(Module module) {
        var source = module.getClass().getProtectionDomain().getCodeSource();
        return module.getClass().getName() + (source == null ? "" : " (" + source.getLocation() + ")");
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

    /** What one module adds to a map, such as {@code outbound "socks5"}. */
    private static final class Names<T> extends DefaultBindingTargetVisitor<T, List<String>>
            implements MultibindingsTargetVisitor<T, List<String>> {

        private static final Map<Class<?>, String> KINDS = Map.of(
                InboundFactory.class, "inbound", OutboundFactory.class, "outbound", AlpnProtocol.class, "ALPN token");

        private final List<Element> said;

        Names(List<Element> said) {
            this.said = said;
        }

        @Override
        public List<String> visit(MapBinderBinding<? extends T> map) {
            String kind = KINDS.get(map.getValueTypeLiteral().getRawType());
            return kind == null
                    ? List.of()
                    : map.getEntries(said).stream()
                            .map(entry -> kind + " \"" + entry.getKey() + '"')
                            .toList();
        }

        @Override
        public List<String> visit(MultibinderBinding<? extends T> set) {
            return List.of();
        }

        @Override
        public List<String> visit(OptionalBinderBinding<? extends T> optional) {
            return List.of();
        }

        @Override
        protected List<String> visitOther(Binding<? extends T> other) {
            return List.of();
        }
    }
}
