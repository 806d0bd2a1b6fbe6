-- Calls to QuickBooks' data API. Every node adds to these rows, some seconds after it made the calls.
create table if not exists quickbooks_call (
    called_on date             not null, -- in UTC, as Intuit's month is taken to be
    realm_id  varchar          not null,
    sandbox   boolean          not null,
    kind      varchar          not null,
    reason    varchar          not null,
    calls     bigint           not null, -- that went out, whatever was answered
    metered   bigint           not null, -- of them: answered 2xx, and not by the sandbox
    wanted    double precision not null, -- metered polls that there would have been if no interval were stretched
    constraint quickbooks_call_pk primary key (called_on, realm_id, sandbox, kind, reason)
);
