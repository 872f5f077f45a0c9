package dev.cermin.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which gateway a command talks to. */
final class GatewayOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:CERMIN_URL:-http://127.0.0.1:8080}",
            description = "The gateway; default: CERMIN_URL, else http://127.0.0.1:8080")
    private URI url;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    GatewayClient client() {
        try {
            return new GatewayClient(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
