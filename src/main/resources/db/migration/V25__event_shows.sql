-- What every state of a record shows once it was done: voided, deactivated. It is told in the first state that shows it.
alter table event add column if not exists shows varchar;
