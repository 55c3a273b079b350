package io.hopline.api.transport;

import io.hopline.api.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where one of a server's keys comes from. */
interface KeySource {

    /** @throws IOException if there is no such key any more; the message names the file and says why */
    ServerKey read() throws IOException;

    /** What it is read from. */
    List<Path> files();

    /** One that stays as it is. */
    static KeySource fixed(ServerKey key) {
        return new KeySource() {
            @Override
            public ServerKey read() {
                return key;
            }

            @Override
            public List<Path> files() {
                return List.of();
            }
        };
    }

    /**
     * One in files, as {@link KeyMaterial#read} reads them.
     *
     * @param names host names that it is shown for; none means those in the certificate
     */
    record Stored(Path certificate, Optional<Path> key, Optional<Secret> password, List<String> names)
            implements KeySource {

        public Stored {
            names = List.copyOf(names);
        }

        @Override
        public ServerKey read() throws IOException {
            KeyMaterial material = KeyMaterial.read(certificate, key, password);
            return names.isEmpty() ? ServerKey.of(material) : new ServerKey(material, names);
        }

        @Override
        public List<Path> files() {
            return Stream.concat(Stream.of(certificate), key.stream()).toList();
        }
    }
}
