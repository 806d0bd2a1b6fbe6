-- By how much QuickBooks' clock was ahead of ours when it told the time last, in milliseconds; null: it has not yet.
alter table poll_cursor add column if not exists clock_ahead bigint;
