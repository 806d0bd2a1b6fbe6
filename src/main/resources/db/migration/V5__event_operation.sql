-- What was done, where event_type says less: merged, emailed, voided. Null: as event_type says.
alter table event add column if not exists operation varchar;
