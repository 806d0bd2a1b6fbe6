-- Objects that live as far as was told, and of which the log has no event any more: their last one was older than
-- events.retention. They go with their cursor: what is not polled is not compared.
create table if not exists known_object (
    instance_id bigint  not null,
    resource    varchar not null,
    object_id   varchar not null, -- the bare Id
    constraint known_object_key primary key (instance_id, resource, object_id),
    constraint known_object_polled foreign key (instance_id, resource) references poll_cursor on delete cascade
);

-- Gaps whose deletions are not found yet: poll_cursor.gap_from to gap_until.
create table if not exists gap_comparison (
    instance_id  bigint                   not null,
    resource     varchar                  not null,
    gap_until    timestamp with time zone,          -- the end of what is compared now; null: not begun
    stage        varchar                  not null,
    reached      varchar                  not null, -- how far in this stage
    found        bigint                   not null, -- deletions so far
    failures     integer                  not null, -- in a row
    last_error   varchar,
    due_at       timestamp with time zone not null,
    claim        bigint,                            -- the comparison that is under way; every write of it names it
    leased_by    varchar,                           -- the node that compares
    leased_until timestamp with time zone not null,
    constraint gap_comparison_key primary key (instance_id, resource),
    constraint gap_comparison_polled foreign key (instance_id, resource) references poll_cursor on delete cascade,
    constraint gap_comparison_stage check (stage in ('log', 'known', 'count', 'list', 'ask'))
);
create index if not exists gap_comparison_due on gap_comparison (due_at);

-- What a comparison has still to find in QuickBooks.
create table if not exists gap_object (
    instance_id bigint  not null,
    resource    varchar not null,
    object_id   varchar not null,
    failures    integer not null, -- of calls that asked for it
    constraint gap_object_key primary key (instance_id, resource, object_id),
    constraint gap_object_compared foreign key (instance_id, resource) references gap_comparison on delete cascade
);
create index if not exists gap_object_next on gap_object (instance_id, resource, failures, object_id);

alter table poll_cursor add column if not exists gap_deletions bigint;                  -- found by the last comparison
alter table poll_cursor add column if not exists gap_next_at timestamp with time zone;  -- no comparison begins before

insert into gap_comparison (instance_id, resource, stage, reached, found, failures, due_at, leased_until)
select instance_id, resource, 'log', '', 0, 0, timestamp with time zone '1970-01-01 00:00:00+00', timestamp with time zone '1970-01-01 00:00:00+00'
from poll_cursor where gap_from is not null and gap_compared_at is null
on conflict do nothing;
