package dev.tidings.domain.recipient;

import java.net.IDN;
import java.util.regex.Pattern;

/**
 * An address that a relay will take: an ASCII dot-atom local part of at most 64 characters, and a domain of at most
 * 253; 254 in all (RFC 5321, 4.5.3.1). An internationalised domain is kept in its ASCII form. Quoted local parts and
 * SMTPUTF8 local parts are refused: few relays carry them.
 */
public record EmailAddress(String value) implements Address {

    private static final String SIMULATED = "@simulator.example";

    private static final Pattern LOCAL =
            Pattern.compile("[\\p{Alnum}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{Alnum}!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN = Pattern.compile(
            "(\\p{Alnum}([\\p{Alnum}-]{0,61}\\p{Alnum})?\\.)*\\p{Alnum}([\\p{Alnum}-]{0,61}\\p{Alnum})?");

    public EmailAddress {
        int at = value.lastIndexOf('@');
        if (at < 1 || value.length() > 320) {
            throw malformed();
        }
        String local = value.substring(0, at);
        String domain = ascii(value.substring(at + 1));
        if (local.length() > 64
                || local.length() + domain.length() > 253
                || !LOCAL.matcher(local).matches()
                || !DOMAIN.matcher(domain).matches()) {
            throw malformed();
        }
        value = local + "@" + domain;
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
