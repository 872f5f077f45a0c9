package dev.cermin.peers;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** Arguments: which prototype, loops, rows a loop, bytes a row, bytes a message. */
final class PrototypeMain {
    private PrototypeMain() {}

    public static void main(String... args) throws SQLException, ExecutionException, InterruptedException {
        Server server = Server.ofEnvironment();
        Prototype.Sizes sizes =
                new Prototype.Sizes(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        Prototype prototype = switch (args[0]) {
            case "transactions" -> new Transactions(server, sizes);
            case "arbiter" -> new Arbiter(server, sizes);
            case "share-groups" -> new ShareGroups(server, sizes);
            default -> throw new IllegalArgumentException("There is no prototype " + args[0]);
        };
        prototype.start();
        prototype.measure(Integer.parseInt(args[1]));
        prototype.stop();
        System.exit(0);
    }
}
