-- The id is known before the row is written: it is part of what the encrypted column is bound to.
create sequence if not exists instance_id start with 1000 increment by 1;

-- One connected company. "configuration" is JSON without its secrets, "secrets" is the encrypted JSON of those.
create table if not exists instance (
    id            bigint                   not null primary key,
    revision      bigint                   not null, -- grows with every change, so that a cached copy is known to be old
    name          varchar                  not null,
    tags          varchar                  not null, -- JSON array
    token_hash    varchar                  not null, -- SHA-256, hex; the token itself is told once
    realm_id      varchar                  not null,
    configuration varchar                  not null,
    secrets       varchar                  not null,
    polls         boolean                  not null, -- events on, and polled: derived from configuration, for the claims
    enabled       boolean                  not null,
    created_at    timestamp with time zone not null,
    deleted_at    timestamp with time zone,
    constraint instance_token unique (token_hash)
);
create index if not exists instance_company on instance (realm_id);

create table if not exists oauth_token (
    instance_id        bigint                   not null primary key references instance,
    version            bigint                   not null, -- grows by one with every pair stored
    access_token       varchar                  not null, -- encrypted
    refresh_token      varchar                  not null, -- encrypted
    expires_at         timestamp with time zone not null,
    refresh_expires_at timestamp with time zone,
    refresh_started_at timestamp with time zone,          -- somebody is spending the refresh token
    refresh_started_by varchar,
    refresh_retry_at   timestamp with time zone,          -- not before, after an answer that was no answer
    refresh_lost_at    timestamp with time zone,          -- spent without an answer: the stored refresh token may be dead
    broken             varchar                            -- why the user has to connect again
);

-- What the installation remembers of itself: its two secrets (hashed), a check value of its encryption key.
create table if not exists installation (
    name    varchar not null primary key,
    content varchar not null
);
