package dev.cermin.redact;

import static dev.cermin.redact.SecretRule.token;

import dev.cermin.redact.SecretRule.Before;
import dev.cermin.redact.SecretRule.Drawn;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys, tokens and passwords, by families as scanners of repositories know them (the prefixes are their issuers', as in
 * gitleaks's or GitHub's lists of secret scanning). One pass over the text finds where any family's word stands.
 */
final class Secrets implements Finder {
    static final Finder FINDER = new Secrets();

    private static final String KEY_BLOCK = "private-key";
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final int LONGEST_TITLE = 60;

    /** Words are looked up by their first three characters, whatever their case. */
    private static final int SLOTS = 2048;

    private static final String NAMED =
            "[\\w-]{0,24}[\\\\\"'`\\])]{0,4}\\s{0,3}(?:=>|:=|==?|:)\\s{0,3}[\\\\\"'`(]{0,3}";
    private static final String VALUE = "([\\w.+/=~!@#$%^&*-]{8,96}+)";

    private final SecretRule[][] bySlot = new SecretRule[SLOTS][];

    private Secrets() {
        for (SecretRule rule : rules()) {
            int slot = slot(rule.word(), 0);
            SecretRule[] there = bySlot[slot];
            List<SecretRule> more = new ArrayList<>(there == null ? List.of() : List.of(there));
            more.add(rule);
            bySlot[slot] = more.toArray(SecretRule[]::new);
        }
    }

    private static List<SecretRule> rules() {
        List<SecretRule> rules = new ArrayList<>();
        for (String word : List.of("AKIA", "ASIA", "ABIA", "ACCA")) {
            rules.add(token("aws-key", word, word + "[A-Z0-9]{16}(?![A-Za-z0-9])"));
        }
        for (String word : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            rules.add(token("github-token", word, word + "[A-Za-z0-9]{36,}+"));
        }
        rules.add(token("github-token", "github_pat_", "github_pat_\\w{22,}+"));
        for (String word : List.of("glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-")) {
            rules.add(token("gitlab-token", word, word + "[\\w.-]{20,}+"));
        }
        for (String word : List.of("xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xapp-")) {
            rules.add(token("slack-token", word, Pattern.quote(word) + "[\\w.-]{10,}+"));
        }
        rules.add(token("slack-webhook", "hooks.slack.com/", "hooks\\.slack\\.com/[a-z]{1,20}/([\\w+/-]{20,}+)"));
        for (String word : List.of("sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_prod_", "rk_prod_")) {
            rules.add(token("stripe-key", word, word + "[A-Za-z0-9]{10,}+"));
        }
        rules.add(token("webhook-secret", "whsec_", "whsec_[A-Za-z0-9+/]{24,}+={0,2}"));
        rules.add(token("model-key", "sk-", "sk-[\\w-]{20,}+").when(Drawn.RANDOM));
        rules.add(token("google-key", "AIza", "AIza[\\w-]{35}(?![\\w-])"));
        rules.add(token("google-token", "ya29.", "ya29\\.[\\w.-]{20,}+"));
        rules.add(token("google-token", "GOCSPX-", "GOCSPX-[\\w-]{20,}+"));
        rules.add(token("npm-token", "npm_", "npm_[A-Za-z0-9]{36,}+"));
        rules.add(token("pypi-token", "pypi-", "pypi-AgE[\\w-]{50,}+"));
        rules.add(token("docker-token", "dckr_", "dckr_[a-z]{2,5}_[\\w-]{20,}+"));
        rules.add(token("huggingface-token", "hf_", "hf_[A-Za-z0-9]{30,}+"));
        for (String word : List.of("dop_v1_", "doo_v1_", "dor_v1_")) {
            rules.add(token("digitalocean-token", word, word + "[a-f0-9]{64}"));
        }
        for (String word : List.of("hvs.", "hvb.", "hvr.")) {
            rules.add(token("vault-token", word, Pattern.quote(word) + "[\\w-]{24,}+"));
        }
        rules.add(token("sendgrid-key", "SG.", "SG\\.[\\w-]{16,64}+\\.[\\w-]{32,}+"));
        for (String word : List.of("shpat_", "shpca_", "shppa_", "shpss_")) {
            rules.add(token("shopify-token", word, word + "[a-fA-F0-9]{32}"));
        }
        rules.add(token("databricks-token", "dapi", "dapi[a-f0-9]{32}(?:-\\d)?(?![A-Za-z0-9])"));
        for (String word : List.of("glsa_", "glc_", "lin_api_", "rubygems_", "sntrys_", "sntryu_", "pul-", "PMAK-")) {
            rules.add(token("api-key", word, word + "[\\w+/=-]{24,}+").when(Drawn.RANDOM));
        }
        for (String word : List.of("NRAK-", "dp.pt.", "dp.st.", "pscale_", "ATATT3", "ATCTT3", "tskey-", "sq0")) {
            rules.add(token("api-key", word, Pattern.quote(word) + "[\\w.=-]{20,}+")
                    .when(Drawn.RANDOM));
        }
        rules.add(token("telegram-token", ":AA", "(?<=\\d{8,12}):(AA[\\w-]{32,34})(?![\\w-])")
                .after(Before.ANYTHING));
        rules.add(token("azure-key", "AccountKey=", "AccountKey=([A-Za-z0-9+/]{40,}+={0,2})"));
        rules.add(token("azure-key", "SharedAccessKey=", "SharedAccessKey=([A-Za-z0-9+/]{40,}+={0,2})"));
        rules.add(token(KEY_BLOCK, "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1[A-Z0-9]{58}"));
        rules.add(token("json-web-token", "eyJ", "eyJ[\\w-]{10,}+\\.eyJ[\\w-]{10,}+\\.[\\w-]{10,}+")
                .after(Before.NO_TOKEN));
        rules.add(token("bearer-token", "bearer", "(?i)bearer\\s{1,4}([\\w.~+/-]{16,200}+={0,2})")
                .when(Drawn.DIGIT));
        rules.add(token(
                        "authorization",
                        "authorization",
                        "(?i)authorization[\\\\\"']{0,3}\\s{0,3}[:=]\\s{0,3}[\\\\\"']{0,3}(?:[a-z]{1,20}\\s{1,3})?([\\w.~+/=-]{12,200}+)")
                .when(Drawn.DIGIT));
        rules.add(token("url-password", "://", "://[^\\s/?#@:\"'<>\\[\\]]{0,128}+:([^\\s/?#@\"'<>\\[\\]]{1,256}+)@")
                .after(Before.ANYTHING));
        for (String word : List.of("api_key", "api-key", "apikey", "api key", "secret", "token", "credential")) {
            rules.add(assigned("secret", word, Drawn.RANDOM));
        }
        for (String word : List.of("access_key", "access-key", "accesskey", "auth_key", "authkey", "private_key")) {
            rules.add(assigned("secret", word, Drawn.RANDOM));
        }
        for (String word : List.of("password", "passwd", "passphrase", "pwd")) {
            rules.add(assigned("password", word, Drawn.MIXED));
        }
        return rules;
    }

    private static SecretRule assigned(String name, String word, Drawn drawn) {
        return token(name, word, "(?i)" + word + NAMED + VALUE)
                .after(Before.ANYTHING)
                .when(drawn);
    }

    @Override
    @SuppressWarnings("IdentityHashMapUsage") // rules are what they are by themselves
    public void find(String text, List<Span> found) {
        Map<SecretRule, Matcher> matchers = new IdentityHashMap<>(0);
        int at = 0;
        int last = text.length() - 3;
        while (at <= last) {
            SecretRule[] rules = bySlot[slot(text, at)];
            Span span = rules == null ? null : first(text, at, rules, matchers);
            if (span == null) {
                at++;
            } else {
                found.add(span);
                at = Math.max(at + 1, span.end());
            }
        }
        keyBlocks(text, found);
    }

    private static @Nullable Span first(String text, int at, SecretRule[] rules, Map<SecretRule, Matcher> matchers) {
        for (SecretRule rule : rules) {
            if (rule.stands(text, at)) {
                Span span = rule.find(at, text, matchers.computeIfAbsent(rule, each -> each.matcher(text)));
                if (span != null) {
                    return span;
                }
            }
        }
        return null;
    }

    private static int slot(String text, int at) {
        return (31 * (31 * folded(text.charAt(at)) + folded(text.charAt(at + 1))) + folded(text.charAt(at + 2)))
                & (SLOTS - 1);
    }

    private static int folded(char c) {
        return c | 0x20;
    }

    /** From a private key's first line to its last; to the text's end where that is missing. */
    private static void keyBlocks(String text, List<Span> found) {
        int from = 0;
        while (true) {
            int begin = text.indexOf(BEGIN, from);
            if (begin < 0) {
                return;
            }
            int title = text.indexOf("-----", begin + BEGIN.length());
            from = begin + BEGIN.length();
            if (title < 0) {
                return;
            }
            if (title - from <= LONGEST_TITLE && text.substring(from, title).contains("PRIVATE KEY")) {
                int end = text.indexOf(END, title);
                int close = end < 0 ? -1 : text.indexOf("-----", end + END.length());
                int to = close < 0 || close - end > END.length() + LONGEST_TITLE ? text.length() : close + 5;
                found.add(new Span(begin, to, KEY_BLOCK));
                from = to;
            }
        }
    }
}
