-- What the routes of any node offer, so that a node without such a route takes in what webhooks tell of it.
create table if not exists offered_resource (
    name           varchar                  not null primary key,
    entity         varchar                  not null,
    hides_inactive boolean                  not null,
    captured       boolean                  not null,
    seldom         boolean                  not null,
    seen_at        timestamp with time zone not null -- by a node that offers it; not offered any more ten minutes later
);
