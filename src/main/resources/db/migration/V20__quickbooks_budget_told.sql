-- What an operator was told of the month's calls, so that several nodes tell it once.
create table if not exists quickbooks_budget_told (
    period  date    not null, -- the first of the month, or a day
    scope   varchar not null, -- a company's realm; empty: all companies
    stage   varchar not null,
    ceiling bigint  not null, -- another one is another story
    constraint quickbooks_budget_told_once primary key (period, scope, stage, ceiling)
);
