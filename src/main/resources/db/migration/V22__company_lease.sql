-- Who reads what changed in a company in one call (change data capture). No row: its resources are read by queries alone.
create table if not exists company_lease (
    instance_id  bigint                   not null primary key references instance,
    claim        bigint,                            -- the poll that reads it now
    leased_by    varchar,                           -- the node that reads it now
    leased_until timestamp with time zone not null
);
insert into company_lease (instance_id, leased_until)
select distinct instance_id, timestamp with time zone '1970-01-01 00:00:00+00' from poll_cursor
on conflict do nothing;

alter table poll_cursor add column if not exists changed_at timestamp with time zone;  -- when something new was seen, on our clock
-- What change data capture told is on disk up to here, deletions too; read_until says it of what queries can tell.
alter table poll_cursor add column if not exists captured_until timestamp with time zone;
alter table poll_cursor add column if not exists query_until timestamp with time zone; -- not asked by change data capture before
alter table poll_cursor add column if not exists query_because varchar;
-- Deletions between these are not told by change data capture any more: they are found by comparing ids.
alter table poll_cursor add column if not exists gap_from timestamp with time zone;
alter table poll_cursor add column if not exists gap_until timestamp with time zone;
alter table poll_cursor add column if not exists gap_because varchar;
alter table poll_cursor add column if not exists gap_compared_at timestamp with time zone;
