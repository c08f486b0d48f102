-- Text and HTML of a mail, packed into a fraction of what they take, which is most of what a notification writes. What was
-- written before stays as it is. Mails come packed, so that PostgreSQL need not try. The new name keeps nodes of an older version
-- from claiming mails whose words they wouldn't find.
alter table notification_content rename column html_body to unpacked_html;
alter table notification_content
    alter column text_body drop not null,
    add column packed bytea,
    alter column packed set storage external;
