package dev.tidings.adapters.rest;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.util.MimeType;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/** Teaches WebFlux this package's way of reading and writing, for this package's own types only. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration implements WebFluxConfigurer {

    private final WireJson json;

    RestConfiguration(WireJson json) {
        this.json = json;
    }

    @Override
    public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
        codecs.customCodecs().register(new JsonBodies<>(JsonObject.class, JsonBodies.MIB, json::object));
        codecs.customCodecs()
                .register(new JsonBodies<>(BatchBody.class, BatchBody.LARGEST_MIB * JsonBodies.MIB, BatchBody::new));
        codecs.customCodecs().register(new Answers(json));
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(new RequestContexts());
        resolvers.addCustomResolver(new IdempotencyKeys());
    }

    private static final class Answers extends JacksonJsonEncoder {

        Answers(WireJson json) {
            super(json.mapper());
        }

        @Override
        public boolean canEncode(ResolvableType type, @Nullable MimeType mimeType) {
            return type.toClass().getPackage() == RestConfiguration.class.getPackage()
                    && super.canEncode(type, mimeType);
        }
    }
}
