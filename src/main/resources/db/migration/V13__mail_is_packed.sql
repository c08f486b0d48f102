-- Text and HTML of a mail, packed into a fraction of what they take, which is most of what a notification writes. What was
-- written before stays as it is. Mails come packed, so that PostgreSQL need not try. The new name keeps nodes from before
-- from claiming mails whose words they wouldn't find. Whoever reads the table for long makes this fail, not everybody else wait.
set local lock_timeout = '5s';
alter table notification_content rename column html_body to unpacked_html;
alter table notification_content
    alter column text_body drop not null,
    add column packed bytea,
    alter column packed set storage external,
    add constraint notification_content_has_words check (text_body is not null or packed is not null) not valid;
