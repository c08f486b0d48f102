package dev.tidings.domain.recipient;

import java.net.IDN;

/**
 * An address that a relay will take: an ASCII dot-atom local part of at most 64 characters, and a domain of at most
 * 253; 254 in all (RFC 5321, 4.5.3.1). An internationalised domain is kept in its ASCII form. Quoted local parts and
 * SMTPUTF8 local parts are refused: few relays carry them.
 */
public record EmailAddress(String value) implements Address {

    private static final String SIMULATED = "@simulator.example";

    private static final int LONGEST_LABEL = 63;
    private static final String ATOM = "!#$%&'*+/=?^_`{|}~-";

    public EmailAddress {
        int at = value.lastIndexOf('@');
        if (at < 1 || value.length() > 320) {
            throw malformed();
        }
        String local = value.substring(0, at);
        String domain = ascii(value.substring(at + 1));
        if (local.length() > 64 || local.length() + domain.length() > 253 || !isDotAtom(local) || !isHostName(domain)) {
            throw malformed();
        }
        value = local + "@" + domain;
    }

    private static boolean isDotAtom(String local) {
        int atom = 0;
        for (int i = 0; i <= local.length(); i++) {
            if (i == local.length() || local.charAt(i) == '.') {
                if (atom == 0) {
                    return false;
                }
                atom = 0;
            } else if (isAlphanumeric(local.charAt(i)) || ATOM.indexOf(local.charAt(i)) >= 0) {
                atom++;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isHostName(String domain) {
        int start = 0;
        for (int i = 0; i <= domain.length(); i++) {
            if (i == domain.length() || domain.charAt(i) == '.') {
                if (i == start
                        || i - start > LONGEST_LABEL
                        || domain.charAt(start) == '-'
                        || domain.charAt(i - 1) == '-') {
                    return false;
                }
                start = i + 1;
            } else if (!isAlphanumeric(domain.charAt(i)) && domain.charAt(i) != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("must be an email address such as ada@example.org");
    }

    @Override
    public boolean isSimulated() {
        return value.endsWith(SIMULATED);
    }

    @Override
    public String toString() {
        return value;
    }
}
