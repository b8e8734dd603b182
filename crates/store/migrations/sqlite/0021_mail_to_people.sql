-- Mail to people without an account: a message goes to an account, or to an address by which an actor or one of its
-- people is reached.
-- The table is made anew, because SQLite takes no reference of two columns otherwise; the text for the other database is
-- the same but for the collation.

create table outbox_kept as select * from outbox;
drop table outbox;
create table outbox (
    id text not null constraint outbox_id_key primary key,
    -- None for mail about the account itself.
    project_id text,
    -- Whose account it goes to, or none.
    user_id text,
    kind text not null,
    basis text not null,
    -- What caused it, in words of the program: of one cause comes one message, however often it is told.
    cause text not null constraint outbox_cause_key unique,
    language text not null,
    -- Which device, or what was changed; gone when the message has ended. Links are made when it leaves and never stand here.
    detail text,
    state text not null,
    -- Why it was refused, or why the last attempt did not work.
    reason text,
    attempts bigint not null,
    created_at bigint not null,
    due_at bigint not null,
    -- After this moment what it says is worth nothing.
    good_until bigint,
    claimed_at bigint,
    ended_at bigint,
    -- Which address of somebody without an account it goes to, or none.
    contact_channel_id text,
    constraint outbox_recipient_check check ((user_id is null) <> (contact_channel_id is null)),
    constraint outbox_project_fkey foreign key (project_id) references project (id) on delete restrict,
    -- What was written to somebody is forgotten with the account …
    constraint outbox_user_fkey foreign key (user_id) references user_account (id) on delete cascade,
    -- … or with the address, and that goes with its person or actor.
    constraint outbox_contact_channel_fkey foreign key (project_id, contact_channel_id)
        references contact_channel (project_id, id) on delete cascade
);
insert into outbox (id, project_id, user_id, kind, basis, cause, language, detail, state, reason, attempts, created_at, due_at, good_until, claimed_at, ended_at)
select id, project_id, user_id, kind, basis, cause, language, detail, state, reason, attempts, created_at, due_at, good_until, claimed_at, ended_at from outbox_kept;
drop table outbox_kept;
-- What is to be sent next; what has ended is not in the way.
create index outbox_due on outbox (due_at, id) where ended_at is null;
-- The log is forgotten by age.
create index outbox_ended on outbox (ended_at) where ended_at is not null;
create index outbox_project on outbox (project_id, created_at);
create index outbox_user on outbox (user_id);
create index outbox_contact_channel on outbox (project_id, contact_channel_id);
