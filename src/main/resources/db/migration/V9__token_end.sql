-- OAuth 1.0: the token's secret, encrypted. Such a pair signs, and its refresh_token is empty. Null: OAuth 2.0.
alter table oauth_token add column if not exists token_secret varchar;
-- The end of the whole chain, however often its refresh token is used.
alter table oauth_token add column if not exists hard_expires_at timestamp with time zone;
alter table oauth_token add column if not exists broken_at timestamp with time zone;
-- The end that an operator was told of beforehand.
alter table oauth_token add column if not exists end_told_at timestamp with time zone;
