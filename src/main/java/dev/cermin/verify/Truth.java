package dev.cermin.verify;

/** What could be proved of a statement. */
enum Truth {
    YES,
    NO,
    UNKNOWN
}
