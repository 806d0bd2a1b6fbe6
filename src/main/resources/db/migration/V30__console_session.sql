-- Who is logged in to the console. Names and types are Spring Session's, which is the only one to read and write them.
create table if not exists console_session (
    primary_id            char(36) not null,
    session_id            char(36) not null,
    creation_time         bigint not null,
    last_access_time      bigint not null,
    max_inactive_interval int not null,
    expiry_time           bigint not null,
    principal_name        varchar(100),
    constraint console_session_pk primary key (primary_id)
);
create unique index if not exists console_session_by_id on console_session (session_id);
create index if not exists console_session_expired on console_session (expiry_time);
create index if not exists console_session_by_principal on console_session (principal_name);

create table if not exists console_session_attributes (
    session_primary_id char(36) not null,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea not null,
    constraint console_session_attributes_pk primary key (session_primary_id, attribute_name),
    constraint console_session_attributes_of foreign key (session_primary_id) references console_session (primary_id) on delete cascade
);
