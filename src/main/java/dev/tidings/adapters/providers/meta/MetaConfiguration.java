package dev.tidings.adapters.providers.meta;

import dev.tidings.application.reports.CallbackReader;
import dev.tidings.application.reports.CallbackReaders;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MetaConfiguration {

    /**
     * @param appSecret signs what Meta posts; without it no report is believed
     * @param verifyToken by which Meta makes sure that we want its reports; without it nobody does
     */
    @ConfigurationProperties("tidings.meta")
    record Settings(
            @DefaultValue("") String appSecret,
            @DefaultValue("") String verifyToken) {

        @Override
        public String toString() {
            return "MetaConfiguration.Settings";
        }
    }

    @Bean
    CallbackReaders metaCallbacks(Settings settings, InstantSource clock) {
        List<CallbackReader> readers = List.of(new MetaStatuses(settings, clock));
        return () -> readers;
    }
}
