package dev.tidings.application.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.application.doubles.Drafts;
import dev.tidings.domain.access.ServiceId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestContextTest {

    @Test
    void it_is_read_back_from_what_is_kept_with_an_event() {
        assertThat(RequestContext.of(Drafts.CONTEXT.metadata())).isEqualTo(Drafts.CONTEXT);
    }

    @Test
    void what_is_absent_is_not_kept() {
        RequestContext bare = new RequestContext(new ServiceId("accounts"), null, null);

        assertThat(bare.metadata()).isEqualTo(Map.of("serviceId", "accounts"));
        assertThat(RequestContext.of(bare.metadata())).isEqualTo(bare);
    }
}
