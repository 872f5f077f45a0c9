package dev.cermin.flow.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that may be called: who submits a task names one, and would else reach whatever this machine reaches.
 * Immutable.
 */
public final class AllowedHosts {
    /** Of an address, in characters. */
    public static final int MAX_LENGTH = 2_000;

    private static final Pattern ENTRY = Pattern.compile("(\\*\\.)?([a-z0-9_.-]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?");

    private final List<Entry> entries;

    /** @param port -1: the scheme's own */
    private record Entry(String host, boolean below, int port) {
        boolean allows(String name, int called, boolean usual) {
            boolean named = below ? name.endsWith("." + host) : name.equals(host);
            return named && (port < 0 ? usual : port == called);
        }
    }

    private AllowedHosts(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * @param allowed {@code hooks.example.com}, {@code *.example.com} for all names below it, either with {@code :8443} for
     *     that port; without one, the scheme's own is meant
     * @throws IllegalArgumentException for anything else
     */
    public static AllowedHosts of(Collection<String> allowed) {
        List<Entry> entries = new ArrayList<>();
        for (String each : allowed) {
            Matcher entry = ENTRY.matcher(each.strip().toLowerCase(Locale.ROOT));
            if (!entry.matches()) {
                throw new IllegalArgumentException(
                        "cermin.webhooks.allowed-hosts has '%s'; a host such as hooks.example.com, *.example.com or hooks.example.com:8443 is expected"
                                .formatted(each));
            }
            int port = entry.group(3) == null ? -1 : Integer.parseInt(entry.group(3));
            entries.add(new Entry(entry.group(2), entry.group(1) != null, port));
        }
        return new AllowedHosts(entries);
    }

    /**
     * An address as a task gives it.
     *
     * @throws IllegalArgumentException where it is none, or may not be called; the message quotes no more than its host
     */
    public URI require(String callback) {
        URI address = parse(callback);
        String host = host(address);
        int usual = usualPort(address);
        int port = port(address);
        if (entries.stream().noneMatch(entry -> entry.allows(host, port, port == usual))) {
            throw new IllegalArgumentException(
                    "%s, port %d, may not be called; whoever runs Cermin allows it by cermin.webhooks.allowed-hosts"
                            .formatted(host, port));
        }
        return address;
    }

    /**
     * What is an address at all, whether it may be called or not.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static URI parse(String callback) {
        URI address = null;
        try {
            address = callback.length() > MAX_LENGTH ? null : new URI(callback);
        } catch (URISyntaxException e) {
            // its message would quote the query, which may hold a token
            address = null;
        }
        boolean right = address != null
                && ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()))
                && address.getHost() != null
                && address.getRawUserInfo() == null;
        if (!right) {
            throw new IllegalArgumentException(
                    "An address such as https://hooks.example.com/cermin is expected, of http or https, without user and password, at most %d characters long"
                            .formatted(MAX_LENGTH));
        }
        return address;
    }

    /** Where a call goes, however that is spelled: host in small letters, and port. */
    public static String place(URI address) {
        return host(address) + ":" + port(address);
    }

    private static String host(URI address) {
        return address.getHost().toLowerCase(Locale.ROOT);
    }

    private static int port(URI address) {
        return address.getPort() < 0 ? usualPort(address) : address.getPort();
    }

    private static int usualPort(URI address) {
        return address.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** The address without its query, in which tokens travel. */
    public static String shown(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return address.getScheme() + "://" + address.getHost() + port + path;
    }
}
