package dev.cermin.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** An application for tests to kill: starts the stores, says which processes they are, and lives until then. */
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        EmbeddedStores stores = Stores.start(home);
        System.out.println(
                "STORES " + stores.pid() + " " + Stores.postmaster(home).pid());
        while (System.in.read() >= 0) {
            // the test's end closes the pipe, should it fail to kill
        }
        stores.close();
    }
}
