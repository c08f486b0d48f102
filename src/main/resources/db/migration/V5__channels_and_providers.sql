-- What a message is about, the one provider that may have it, and what some providers need beside the text.
alter table notification_content
    add column type text,
    add column provider text,
    add column extras jsonb;
