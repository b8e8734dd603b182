-- Mail to people: queued in the transaction of what causes it, and kept as a log when it has ended; and the language in which
-- somebody is written to.
-- The text for the other database is the same but for the collation.

-- The language in which the person last signed in; none before the first time.
alter table user_account add column language text collate "C";

create table outbox (
    id text collate "C" not null constraint outbox_id_key primary key,
    -- None for mail about the account itself.
    project_id text collate "C",
    -- Whose account it goes to. None is for recipients of other kinds, which are still to come.
    user_id text collate "C",
    kind text collate "C" not null,
    basis text collate "C" not null,
    -- What caused it, in words of the program: of one cause comes one message, however often it is told.
    cause text collate "C" not null constraint outbox_cause_key unique,
    language text collate "C" not null,
    -- Which device, or what was changed; gone when the message has ended. Links are made when it leaves and never stand here.
    detail text collate "C",
    state text collate "C" not null,
    -- Why it was refused, or why the last attempt did not work.
    reason text collate "C",
    attempts bigint not null,
    created_at bigint not null,
    due_at bigint not null,
    -- After this moment what it says is worth nothing.
    good_until bigint,
    claimed_at bigint,
    ended_at bigint,
    constraint outbox_project_fkey foreign key (project_id) references project (id) on delete restrict,
    -- What was written to somebody is forgotten with the account.
    constraint outbox_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);
-- What is to be sent next; what has ended is not in the way.
create index outbox_due on outbox (due_at, id) where ended_at is null;
-- The log is forgotten by age.
create index outbox_ended on outbox (ended_at) where ended_at is not null;
create index outbox_project on outbox (project_id, created_at);
create index outbox_user on outbox (user_id);
