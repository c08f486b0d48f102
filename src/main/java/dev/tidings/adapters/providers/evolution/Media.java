package dev.tidings.adapters.providers.evolution;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What an Evolution API wants to know of a file that it is to fetch, as its address tells.
 *
 * @param type image, video or document
 */
record Media(String type, String mimeType) {

    static Optional<Media> of(URI address) {
        String name = fileName(address).toLowerCase(Locale.ROOT);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "jpg", "jpeg" -> Optional.of(new Media("image", "image/jpeg"));
            case "png" -> Optional.of(new Media("image", "image/png"));
            case "webp" -> Optional.of(new Media("image", "image/webp"));
            case "mp4" -> Optional.of(new Media("video", "video/mp4"));
            case "pdf" -> Optional.of(new Media("document", "application/pdf"));
            case "csv" -> Optional.of(new Media("document", "text/csv"));
            default -> Optional.empty();
        };
    }

    static String fileName(URI address) {
        String path = address.getPath() == null ? "" : address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
