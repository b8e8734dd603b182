-- How people prove who they are: passwords, codes of an app, passkeys, recovery codes; what is known of their devices.
-- The text for the other database is the same but for the collation.

-- What a device is called, and what was shown when it signed in (link, recovery, password, two). The program before
-- knew links alone.
alter table session add column name text;
alter table session add column proof text not null default 'link';

create table credential (
    user_id text not null,
    -- Argon2id in the PHC form, which carries its own parameters and salt.
    password_hash text,
    -- The secret shared with an app that makes codes; pending until a first code was right.
    totp_secret text,
    totp_pending text,
    -- The last half minute whose code was used: a code is good once.
    totp_step bigint not null,
    changed_at bigint not null,
    constraint credential_user_id_key primary key (user_id),
    -- Nobody can sign in as somebody who is gone.
    constraint credential_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);

create table recovery_code (
    user_id text not null,
    code_hash text not null,
    created_at bigint not null,
    used_at bigint,
    constraint recovery_code_user_id_code_hash_key primary key (user_id, code_hash),
    constraint recovery_code_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);

create table passkey (
    id text not null constraint passkey_id_key primary key,
    user_id text not null,
    -- What the device calls the key; the public half with its counter is JSON.
    credential_id text not null constraint passkey_credential_id_key unique,
    credential text not null,
    name text not null,
    created_at bigint not null,
    last_used_at bigint,
    constraint passkey_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);
create index passkey_user on passkey (user_id);

-- A question put to a device and not answered yet: kept here, because any of several programs may get the answer.
create table ceremony (
    token_hash text not null constraint ceremony_token_hash_key primary key,
    -- Whose key is made; none while nobody has signed in.
    user_id text,
    state text not null,
    expires_at bigint not null,
    constraint ceremony_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);
create index ceremony_user on ceremony (user_id);
create index ceremony_expires on ceremony (expires_at);

-- Attempts that failed, by the hash of what was tried: neither an address nor a network stands here.
create table sign_in_throttle (
    key text not null constraint sign_in_throttle_key_key primary key,
    failures bigint not null,
    last_at bigint not null
);
create index sign_in_throttle_last on sign_in_throttle (last_at);
