package dev.cermin.cli;

import dev.cermin.embedded.RunFile;
import io.quarkus.arc.Arc;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/** What commands ask of the running services. */
final class Services {
    private Services() {}

    static <T> T get(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    static String setting(String key) {
        return ConfigProvider.getConfig().getOptionalValue(key, String.class).orElse("");
    }

    /** Where the gateway answers. */
    static String url() {
        return "http://localhost:" + setting("quarkus.http.port");
    }

    /** Since the JVM began. */
    static Duration sinceStart() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /** Lets other commands of this home find the services. */
    static void announce() {
        RunFile.write(
                Path.of(setting("cermin.home")),
                url(),
                setting("quarkus.datasource.jdbc.url"),
                setting("kafka.bootstrap.servers"));
    }

    /**
     * The port to listen on.
     *
     * @param wanted given by the user, or 0: then 8080, or any other where that is taken
     * @throws CommandFailure where the user's port is taken
     */
    static int port(int wanted) {
        if (wanted != 0) {
            if (!free(wanted)) {
                throw new CommandFailure(
                        "Port %d is in use. Give another with --port, or stop what listens there".formatted(wanted));
            }
            return wanted;
        }
        return free(8080) ? 8080 : anyPort();
    }

    /** One that nobody listens on, another one each time: several may be started at once. */
    static int anyPort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new CommandFailure("No free port was found: " + e.getMessage());
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
