package dev.tidings.acceptance;

import dev.tidings.testing.PrivateRabbit;
import java.util.Map;

/** On a real RabbitMQ. */
class OnRabbitTest extends WholeService {

    @Override
    Map<String, Object> properties() {
        return Map.of("tidings.broker.url", PrivateRabbit.shared().url());
    }
}
