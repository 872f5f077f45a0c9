package dev.cermin.verify.code.inside;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** Keeps what the compiler writes in memory, where no code of the answer can change it, and loads it from there. */
final class ClassFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> bytes = new HashMap<>();
    private final Map<String, String> sources = new TreeMap<>();

    ClassFiles(JavaFileManager others) {
        super(others);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
        sources.put(name, sibling == null ? "" : sibling.getName());
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        bytes.put(name, to);
        return new Written(name, kind, to);
    }

    /** Whether any class is of that source. */
    boolean holds(String source) {
        return sources.values().stream().anyMatch(name -> name.endsWith(source));
    }

    /** The top-level classes of a source. */
    Set<String> topLevel(String source) {
        return sources.entrySet().stream()
                .filter(of -> of.getValue().endsWith(source) && of.getKey().indexOf('$') < 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> names() {
        return bytes.keySet();
    }

    /** JUnit's classes come first, whatever the answer calls its own. */
    ClassLoader loader() {
        return new Loader(bytes);
    }

    private static final class Written extends SimpleJavaFileObject {
        private final OutputStream to;

        Written(String name, Kind kind, OutputStream to) {
            super(URI.create("bytes:///" + name.replace('.', '/') + kind.extension), kind);
            this.to = to;
        }

        @Override
        public OutputStream openOutputStream() {
            return to;
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> bytes;

        Loader(Map<String, ByteArrayOutputStream> bytes) {
            super(ClassFiles.class.getClassLoader());
            this.bytes = bytes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream found = bytes.get(name);
            if (found == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, found.toByteArray(), 0, found.size());
        }
    }
}
