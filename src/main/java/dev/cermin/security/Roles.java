package dev.cermin.security;

import java.util.List;

/** What a caller may be; {@link Permissions} says what each may do. As constants, for annotations too. */
public final class Roles {
    /** Submits tasks of its tenant, cancels them, and gets what comes of them. */
    public static final String SUBMITTER = "submitter";

    /** Reads its tenant's traces, labels them, comments, and decides where a loop waits for a person. */
    public static final String REVIEWER = "reviewer";

    /** Reads its tenant's traces, verifies and exports them, and sees who read them. */
    public static final String AUDITOR = "auditor";

    /** All of it, for every tenant. */
    public static final String ADMIN = "admin";

    /** All of them, in this order. */
    public static final List<String> ALL = List.of(SUBMITTER, REVIEWER, AUDITOR, ADMIN);

    private Roles() {}
}
