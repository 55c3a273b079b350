package io.hopline.launcher.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hopline.api.ProtocolModule;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where on the class path the modules are, which ServiceLoader does not tell. */
record Places(ClassLoader loader) {

    private static final String SERVICES = "META-INF/services/io.hopline.api.ProtocolModule";

    /** Of two versions of a module one is taken, nobody knows which, and the other is not spoken of. */
    void refuseTwins(List<ProtocolModule> modules) {
        for (ProtocolModule module : modules) {
            String name = module.getClass().getName();
            Set<String> jars = having(name.replace('.', '/').concat(".class")).keySet();
            if (jars.size() > 1) {
                throw new PluginException("there is more than one " + name + ", in " + String.join(" and in ", jars)
                        + ": remove all but one of them");
            }
        }
    }

    /** The first module that is named and can't be made, and its jar. */
    Optional<String> broken() {
        for (Map.Entry<String, URL> services : having(SERVICES).entrySet()) {
            Optional<String> broken = read(services.getValue())
                    .lines()
                    .map(line -> line.split("#", 2)[0].strip())
                    .filter(name -> !name.isEmpty() && isBroken(name))
                    .findFirst();
            if (broken.isPresent()) {
                return broken.map(name -> name + " (" + services.getKey() + ")");
            }
        }
        return Optional.empty();
    }

    private boolean isBroken(String module) {
        try {
            Class.forName(module, true, loader).getConstructor().newInstance();
            return false;
        } catch (ReflectiveOperationException | LinkageError e) {
            return true;
        }
    }

    /** By the jars that have it. */
    private Map<String, URL> having(String resource) {
        Map<String, URL> urls = new LinkedHashMap<>();
        try {
            for (URL url : Collections.list(loader.getResources(resource))) {
                String text = url.toString();
                urls.put(text.startsWith("jar:") ? text.substring("jar:".length(), text.lastIndexOf("!/")) : text, url);
            }
        } catch (IOException e) {
            throw new PluginException("the plugins can't be found: " + e, e);
        }
        return urls;
    }

    private static String read(URL file) {
        try (InputStream in = file.openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
