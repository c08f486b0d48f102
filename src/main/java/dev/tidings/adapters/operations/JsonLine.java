package dev.tidings.adapters.operations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;
import tools.jackson.databind.json.JsonMapper;

/** How a line of the log is written for machines: one JSON object, whose fields are described in docs/operations.md. */
public final class JsonLine extends LogstashEncoder {

    private String service = "tidings";
    private String node = "";

    public JsonLine() {
        LogstashFieldNames names = new LogstashFieldNames();
        names.setTimestamp("timestamp");
        names.setLogger("logger");
        names.setThread("thread");
        names.setVersion("[ignore]");
        names.setLevelValue("[ignore]");
        setFieldNames(names);
        setTimeZone("UTC");
        setIncludeContext(false);
        setIncludeTags(false);
        addIncludeMdcKeyName("correlation_id");
        addIncludeMdcKeyName("traceId");
        addIncludeMdcKeyName("spanId");
        addMdcKeyFieldName("traceId=trace_id");
        addMdcKeyFieldName("spanId=span_id");
        setThrowableConverter(shortened());
        MaskingJsonGeneratorDecorator masking = new MaskingJsonGeneratorDecorator();
        masking.addValueMasker(new MaskedJson());
        masking.start();
        getFormatter().addDecorator(masking);
    }

    private static ShortenedThrowableConverter shortened() {
        ShortenedThrowableConverter converter = new ShortenedThrowableConverter();
        converter.setMaxDepthPerThrowable(40);
        converter.addExclude("^reactor\\.");
        converter.addExclude("^io\\.netty\\.");
        converter.start();
        return converter;
    }

    public void setService(String service) {
        this.service = service;
    }

    /** Blank: the host's name. */
    public void setNode(String node) {
        this.node = node;
    }

    @Override
    public void start() {
        setCustomFields(new JsonMapper()
                .writeValueAsString(Map.of("service", service, "node", node.isBlank() ? host() : node)));
        super.start();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
