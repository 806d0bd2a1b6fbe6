create table if not exists poll_cursor (
    instance_id  bigint                   not null references instance,
    resource     varchar                  not null,
    created_at   timestamp with time zone not null,
    start_at     timestamp with time zone,          -- nothing before it is told, on QuickBooks' clock; null: not known yet
    read_until   timestamp with time zone,          -- what QuickBooks changed before is on disk; null: nothing read
    due_at       timestamp with time zone not null,
    claim        bigint,                            -- the poll that reads it now; every write of that poll names it
    leased_by    varchar,                           -- the node that reads it now
    leased_until timestamp with time zone not null,
    last_poll_at timestamp with time zone,
    last_error   varchar,
    failures     integer                  not null, -- in a row
    calls        bigint                   not null, -- to QuickBooks, ever
    paused_at    timestamp with time zone,          -- after too many failures in a row
    constraint poll_cursor_key primary key (instance_id, resource)
);
create index if not exists poll_cursor_due on poll_cursor (resource, due_at);
