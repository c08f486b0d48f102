package dev.tidings.adapters.rest;

import dev.tidings.application.Fields;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

@Schema(description = "Requests for many notifications.")
record BatchRequest(
        @ArraySchema(minItems = 1, maxItems = BatchRequest.MOST, schema = @Schema(implementation = Item.class))
        List<Item> notifications) {

    static final int MOST = 1_000;
    static final String KEY = "idempotency_key";

    @Schema(description = "A request for one notification of a batch: as for one alone.", allOf = SendRequest.class)
    record Item(
            @Schema(
                    description = "Under which this one may be repeated: 1 to 255 printable characters of ASCII.",
                    maxLength = IdempotencyKey.LONGEST,
                    example = "order-42-shipped")
            @Nullable String idempotencyKey) {}

    static List<JsonNode> itemsOf(JsonObject body) {
        Fields fields = new Fields();
        List<JsonNode> items = body.list("notifications", MOST, fields);
        body.nothingElse(fields);
        fields.check();
        return items;
    }
}
