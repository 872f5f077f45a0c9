package dev.cermin.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The ports of one run. Those that nobody asked for by number are the last run's while they are free, else any. */
record Ports(int postgres, int kafka, int controller) {

    static Ports choose(Path home, StoresRequest request) throws IOException {
        Path file = home.resolve("stores.ports");
        Properties last = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                last.load(in);
            }
        }
        // held open together, so that no two come out the same
        List<ServerSocket> held = new ArrayList<>();
        Ports ports;
        try {
            ports = new Ports(
                    choose(held, "Postgres", request.postgresPort(), last.getProperty("postgres")),
                    choose(held, "Kafka", request.kafkaPort(), last.getProperty("kafka")),
                    choose(held, "Kafka controller", request.kafka() ? 0 : StoresRequest.NOT_WANTED, null));
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        if (request.postgres()) {
            last.setProperty("postgres", Integer.toString(ports.postgres()));
        }
        if (request.kafka()) {
            last.setProperty("kafka", Integer.toString(ports.kafka()));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            last.store(out, null);
        }
        return ports;
    }

    private static int choose(List<ServerSocket> held, String purpose, int wanted, String last) throws IOException {
        if (wanted == StoresRequest.NOT_WANTED) {
            return wanted;
        }
        if (wanted > 0) {
            if (!tryBind(held, wanted)) {
                throw new PortInUseException(wanted, purpose);
            }
            return wanted;
        }
        if (last != null && last.matches("[1-9][0-9]{0,4}")) {
            int remembered = Integer.parseInt(last);
            if (remembered <= 65_535 && tryBind(held, remembered)) {
                return remembered;
            }
        }
        if (!tryBind(held, 0)) {
            throw new StoresException("No port of 127.0.0.1 is free for the embedded " + purpose
                    + ". Close programs that hold many connections, and start again.");
        }
        return held.get(held.size() - 1).getLocalPort();
    }

    private static boolean tryBind(List<ServerSocket> held, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1);
        } catch (IOException e) {
            socket.close();
            return false;
        }
        held.add(socket);
        return true;
    }
}
