package dev.cermin.security;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The services with a login: people by {@link Issuer}, and a machine for each role of two tenants. */
public final class WithLogin implements QuarkusTestProfile {
    /** Of the key {@code key}; the names of the keys are TENANT-ROLE. */
    static String key(String tenant, String role) {
        return ApiKeys.PREFIX + "of-" + tenant + "-" + role;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new TreeMap<>();
        for (String tenant : List.of("acme", "bolt")) {
            for (String role : Roles.ALL) {
                String name = "cermin.security.keys." + tenant + "-" + role;
                settings.put(name + ".sha256", ApiKeys.fingerprint(key(tenant, role)));
                settings.put(name + ".tenant", tenant);
                settings.put(name + ".roles", role);
            }
        }
        settings.put("cermin.openai.api-key", "sesame");
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Issuer.class));
    }
}
