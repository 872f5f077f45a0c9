package dev.cermin.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The class path, as the thread's own class loader and Cermin's see it. */
final class ClassPathSource implements Source {
    private static final String INDEX = "agents/index.txt";
    /** What the addresses of Cermin's own files begin with. */
    private static final String CERMIN = base();

    private static String base() {
        URL type = ClassPathSource.class.getResource("ClassPathSource.class");
        String inside = ClassPathSource.class.getName().replace('.', '/') + ".class";
        return type == null || !type.toString().endsWith(inside)
                ? ""
                : type.toString().substring(0, type.toString().length() - inside.length());
    }

    @Override
    public Optional<String> read(String path) {
        List<URL> all = resources(path);
        return all.stream()
                .filter(url -> !url.toString().startsWith(CERMIN))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(ClassPathSource::text);
    }

    @Override
    public List<String> agentNames() {
        TreeSet<String> names = new TreeSet<>();
        for (URL index : resources(INDEX)) {
            try {
                text(index).replace("\uFEFF", "").lines().map(String::strip).forEach(names::add);
            } catch (NotUtf8Exception e) {
                throw new AgentFileException(List.of(new Fault(index.toString(), e.line(), "", e.getMessage())));
            }
        }
        names.remove("");
        return List.copyOf(names);
    }

    @Override
    public String place(String path) {
        return "classpath:" + path;
    }

    @Override
    public boolean hasUnlisted() {
        return true;
    }

    /** In the order of the class path. */
    private static List<URL> resources(String path) {
        // by address, since to compare URLs may ask for their hosts
        Map<String, URL> all = new LinkedHashMap<>();
        ClassLoader own = ClassPathSource.class.getClassLoader();
        for (ClassLoader loader : loaders(Thread.currentThread().getContextClassLoader(), own)) {
            try {
                Collections.list(loader.getResources(path)).forEach(url -> all.putIfAbsent(url.toString(), url));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(all.values());
    }

    private static List<ClassLoader> loaders(@Nullable ClassLoader context, ClassLoader own) {
        List<ClassLoader> loaders = new ArrayList<>(2);
        if (context != null) {
            loaders.add(context);
        }
        loaders.add(own);
        return loaders;
    }

    private static String text(URL url) {
        try {
            URLConnection connection = url.openConnection();
            // a jar that is kept open can't be replaced on some systems
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                return NotUtf8Exception.text(in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
