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
        codecs.customCodecs().register(new JsonObjects(json));
        codecs.customCodecs().register(new Answers(json));
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(new RequestContexts());
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
