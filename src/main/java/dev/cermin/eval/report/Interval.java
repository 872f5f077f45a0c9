package dev.cermin.eval.report;

/** A 95 % confidence interval, of shares between 0 and 1 or of their difference between -1 and 1. */
public record Interval(double low, double high) {}
