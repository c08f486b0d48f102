package dev.tidings.adapters.postgres;

import dev.tidings.adapters.Batch;
import dev.tidings.application.reports.ProviderNews.DeliveryReport;
import dev.tidings.application.reports.UnmatchedReports;
import dev.tidings.domain.notification.NotificationId;
import dev.tidings.domain.notification.ProviderName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

class PostgresUnmatchedReports implements UnmatchedReports {

    private static final String KEEP = """
            insert into unmatched_report (provider, provider_message_id, report, received_at)
            select provider, provider_message_id, report::jsonb, received_at
            from unnest(?, ?, ?, ?) as row (provider, provider_message_id, report, received_at)""";

    private static final String TAKE = """
            with found as (
                select unmatched.report_id, unmatched.provider, unmatched.report, sent.notification_id, sent.attempt
                from unmatched_report as unmatched
                join provider_message as sent using (provider, provider_message_id)
                order by report_id
                limit ?
                for update of unmatched skip locked),
            taken as (
                delete from unmatched_report where report_id = any (array(select report_id from found)))
            select * from found order by report_id""";

    private static final String FORGET = """
            delete from unmatched_report
            where report_id = any (array(select report_id from unmatched_report where received_at < ? limit ?))""";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcTemplate jdbc;

    PostgresUnmatchedReports(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void keep(List<Unmatched> reports, Instant now) {
        Batch.of(reports)
                .with("text", Unmatched::provider)
                .with(
                        "text",
                        unmatched -> Objects.requireNonNull(unmatched.report().providerMessageId()))
                .with("text", unmatched -> JSON.writeValueAsString(unmatched.report()))
                .with("timestamptz", _ -> now)
                .update(jdbc, KEEP);
    }

    @Override
    public List<Matched> take(int limit) {
        return jdbc.query(
                TAKE,
                (row, _) -> new Matched(
                        new ProviderName(row.getString("provider")),
                        JSON.readValue(row.getString("report"), DeliveryReport.class),
                        new NotificationId(row.getObject("notification_id", UUID.class)),
                        row.getInt("attempt")),
                limit);
    }

    @Override
    public int forget(Instant before, int limit) {
        return jdbc.update(FORGET, before.atOffset(ZoneOffset.UTC), limit);
    }
}
