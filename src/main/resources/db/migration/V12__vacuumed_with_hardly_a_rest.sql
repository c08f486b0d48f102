-- At PostgreSQL's own pace, 10 new pages and then 2 ms of rest, vacuum is slower than pages come in at full load, and what
-- it comes to after the next checkpoint is written to the log as a whole.
do $$
declare
    busy text;
begin
    foreach busy in array array['domain_event_entry', 'notification_content', 'source_message', 'recipient',
                                'recent_message', 'notification_view', 'delivery_queue'] loop
        execute format('alter table %I set (autovacuum_vacuum_cost_limit = 4000)', busy);
    end loop;
end
$$;
-- Claims look for their rows by places and keys; what the statistics say changes little there.
alter table delivery_queue set (autovacuum_analyze_scale_factor = 1);
