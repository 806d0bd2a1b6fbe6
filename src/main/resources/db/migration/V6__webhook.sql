create sequence if not exists unreadable_webhook_id;
-- What Intuit has signed and nobody could read, the newest only: for an operator to look at.
create table if not exists unreadable_webhook (
    id          bigint                   not null primary key,
    received_at timestamp with time zone not null,
    reason      varchar                  not null,
    body        bytea                    not null -- as it came, or the part that could not be read
);
