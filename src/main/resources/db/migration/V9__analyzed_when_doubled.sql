-- What is only appended looks the same however much of it there is, so it is looked at again when there is twice as much:
-- a look takes a third of a second for each of these tables, and in a flood there was one twice a minute.
do $$
declare
    appended text;
begin
    foreach appended in array array['domain_event_entry', 'notification_content', 'source_message', 'recipient',
                                    'recent_message', 'notification_view'] loop
        execute format('alter table %I set (autovacuum_analyze_scale_factor = 1)', appended);
    end loop;
end
$$;
