package dev.tidings.adapters.providers.msg91;

import dev.tidings.adapters.providers.Vendor.Order;
import dev.tidings.adapters.providers.http.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** How MSG91 is called, whatever for. */
final class Msg91Call {

    private Msg91Call() {}

    static Order post(String authKey, URI url, Map<String, Object> body) {
        return new Order.Call(HttpRequest.newBuilder(url)
                .header("authkey", authKey)
                .header("Content-Type", Json.TYPE)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
    }
}
