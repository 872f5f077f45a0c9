package dev.cermin.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which gateway a command talks to. */
final class GatewayOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:CERMIN_URL:-http://127.0.0.1:8080}",
            description = "The gateway; default: CERMIN_URL, else http://127.0.0.1:8080")
    private URI url;

    GatewayClient client() {
        return new GatewayClient(url);
    }
}
