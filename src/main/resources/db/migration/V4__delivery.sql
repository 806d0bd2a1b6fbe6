-- What is owed. A row leaves when the receiver has answered 2xx.
create table if not exists delivery (
    id              bigint                   not null primary key, -- the first event id of its run
    last_event_id   bigint                   not null,
    instance_id     bigint                   not null,
    resource        varchar                  not null,
    status          varchar                  not null,
    attempts        integer                  not null,
    next_attempt_at timestamp with time zone not null, -- while it is being sent: when the lease on it runs out
    claim           bigint,                            -- the try that sends it now; its settling names it
    claimed_by      varchar,                           -- the node that sends it now
    created_at      timestamp with time zone not null,
    last_error      varchar,
    constraint delivery_status_known check (status in ('due', 'queued'))
);
-- Each instance's queue in the order in which it is due; also the way from one instance to the next.
create index if not exists delivery_lane on delivery (status, instance_id, next_attempt_at, id);
