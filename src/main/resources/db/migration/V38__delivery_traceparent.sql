-- The poll or webhook that brought a notification, in W3C's words; written only while traces are told to somebody.
alter table delivery add column if not exists traceparent varchar;
