package dev.cermin.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** A command that runs within the services: {@link Launch} starts what it needs, then {@code call()} is run there. */
abstract class ServiceCommand implements Callable<Integer> {

    /** Which embedded stores it needs, where none are configured. */
    abstract Stores stores();

    /** Where its data lies; usually where the user's does. */
    Path home(Path usual) {
        return usual;
    }

    /** Settings for this command, below those that the user gives by environment or system property. */
    abstract Map<String, String> settings();

    enum Stores {
        NONE(false, false),
        BOTH(true, true),
        POSTGRES(true, false),
        KAFKA(false, true);

        final boolean postgres;
        final boolean kafka;

        Stores(boolean postgres, boolean kafka) {
            this.postgres = postgres;
            this.kafka = kafka;
        }
    }
}
