package dev.tidings.adapters.resilience;

import dev.tidings.application.delivery.CircuitBreakers;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResilienceConfiguration {

    @Bean
    CircuitBreakers circuitBreakers(InstantSource clock) {
        return new ResilientBreakers(clock);
    }
}
