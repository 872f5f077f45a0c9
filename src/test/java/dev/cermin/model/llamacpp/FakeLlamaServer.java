package dev.cermin.model.llamacpp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A process that listens, loads for a while, answers, and dies when it is told to. */
final class FakeLlamaServer {
    private FakeLlamaServer() {}

    /** A program that starts this. */
    static Path script(Path folder) throws IOException {
        Path script = folder.resolve("fake-llama-server");
        Files.writeString(script, """
                #!/bin/sh
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp '%s' %s "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        FakeLlamaServer.class.getName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> given = List.of(args);
        System.out.println("arguments: " + given);
        System.out.println("key: " + System.getenv("LLAMA_API_KEY"));
        if (given.contains("--broken")) {
            System.out.println("error: failed to load model");
            System.exit(3);
        }
        if (given.contains("--once")) {
            Path mark = Path.of(value(given, "--once"));
            if (Files.exists(mark)) {
                System.out.println("error: it ran once already");
                System.exit(4);
            }
            Files.createFile(mark);
        }
        if (given.contains("--stubborn")) {
            // a handler that never ends: what asks politely isn't heard
            Runtime.getRuntime().addShutdownHook(new Thread(FakeLlamaServer::forever));
        }
        long loaded = System.currentTimeMillis()
                + (given.contains("--load-ms") ? Long.parseLong(value(given, "--load-ms")) : 0);
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(value(given, "--port"))), 0);
        server.createContext("/health", exchange -> {
            boolean ready = System.currentTimeMillis() >= loaded;
            answer(
                    exchange,
                    ready ? 200 : 503,
                    ready ? "{\"status\":\"ok\"}" : "{\"error\":{\"message\":\"Loading model\"}}");
        });
        server.createContext("/props", exchange -> answer(exchange, 200, "{\"total_slots\":3}"));
        server.createContext(
                "/pid",
                exchange -> answer(
                        exchange, 200, "{\"pid\":" + ProcessHandle.current().pid() + "}"));
        server.createContext("/v1/chat/completions", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (body.contains("please die")) {
                Runtime.getRuntime().halt(9);
            }
            answer(
                    exchange,
                    200,
                    "{\"id\":\"1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                            + "{\"role\":\"assistant\",\"content\":\"here I am\"}}],\"usage\":{\"prompt_tokens\":1,"
                            + "\"completion_tokens\":2,\"total_tokens\":3}}");
        });
        server.start();
        System.out.println("listening");
        Thread.currentThread().join();
    }

    private static void forever() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String value(List<String> given, String option) {
        return given.get(given.indexOf(option) + 1);
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
