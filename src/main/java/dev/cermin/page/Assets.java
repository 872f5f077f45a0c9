package dev.cermin.page;

import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Properties;
import java.util.zip.CRC32;

/** Where scripts and style sheets are; a new version has a new address, so that browsers may keep them. */
final class Assets {
    @TemplateGlobal
    static final String STYLE = own("cermin.css");

    @TemplateGlobal
    static final String SCRIPT = own("cermin.js");

    @TemplateGlobal
    static final String HTMX = jar("htmx.org", "dist/htmx.min.js");

    @TemplateGlobal
    static final String HTMX_SSE = jar("htmx-ext-sse", "sse.js");

    private Assets() {}

    private static String own(String name) {
        CRC32 sum = new CRC32();
        sum.update(bytes("/META-INF/resources/" + name));
        return "/" + name + "?" + BigInteger.valueOf(sum.getValue()).toString(36);
    }

    /** A web jar tells its version itself. */
    private static String jar(String name, String file) {
        Properties properties = new Properties();
        try (InputStream in = open("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/webjars/%s/%s/%s".formatted(name, properties.getProperty("version"), file);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = open(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = Assets.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException(
                    "No resource '%s' on the class path; the application is not whole".formatted(resource));
        }
        return in;
    }
}
