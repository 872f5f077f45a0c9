package dev.cermin.cli;

import dev.cermin.security.ApiKeys;
import dev.cermin.security.Roles;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        description = "Makes keys by which machines log in.",
        subcommands = KeysCommand.Create.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new CommandFailure("Make a key with: ./cermin keys create NAME");
    }

    @Command(
            name = "create",
            description = {
                "Makes a key: it alone goes to standard output, once; the settings that let it in go to standard error.",
                "It is revoked by taking the settings away."
            },
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Whose it is: small letters, digits, minus")
        private String name;

        @Option(names = "--tenant", paramLabel = "TENANT", description = "Whom it acts for; default: ${DEFAULT-VALUE}")
        private String tenant = "default";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                split = ",",
                description = "submitter, reviewer, auditor, admin, or several; default: submitter")
        private Set<String> roles = Set.of(Roles.SUBMITTER);

        @Override
        public Integer call() {
            if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
                throw new CommandFailure(
                        "Small letters, digits and minuses are expected as a name, not '%s'".formatted(name));
            }
            if (!Roles.ALL.containsAll(roles)) {
                throw new CommandFailure("Roles are %s, not %s".formatted(Roles.ALL, roles));
            }
            String key = ApiKeys.create();
            String prefix = "cermin.security.keys." + name;
            String variable = prefix.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            System.err.printf(
                    "# what lets it in, in config/application.properties; the key itself is nowhere else%n"
                            + "%s.sha256=%s%n%s.tenant=%s%n%s.roles=%s%n# or in the environment: %s_SHA256, _TENANT, _ROLES%n",
                    prefix,
                    ApiKeys.fingerprint(key),
                    prefix,
                    tenant,
                    prefix,
                    String.join(",", roles.stream().sorted().toList()),
                    variable);
            System.out.println(key);
            return ExitCodes.DONE;
        }
    }
}
