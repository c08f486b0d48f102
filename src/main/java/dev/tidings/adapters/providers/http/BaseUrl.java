package dev.tidings.adapters.providers.http;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where a provider is: http or https, a host, perhaps a path; no slash at its end. */
public record BaseUrl(URI value) {

    public BaseUrl {
        boolean right = ("https".equals(value.getScheme()) || "http".equals(value.getScheme()))
                && value.getHost() != null
                && value.getRawUserInfo() == null
                && value.getRawQuery() == null
                && value.getRawFragment() == null;
        if (!right) {
            throw new IllegalArgumentException("base-url must be an address such as https://api.example.com");
        }
    }

    /** @throws IllegalArgumentException with words for whoever configured it */
    public static BaseUrl of(String text) {
        String stripped = text.strip();
        while (stripped.endsWith("/")) {
            stripped = stripped.substring(0, stripped.length() - 1);
        }
        return new BaseUrl(URI.create(stripped));
    }

    /** @param path from its slash on; what is put into it must be a {@link #segment} */
    public URI at(String path) {
        return URI.create(value + path);
    }

    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
