-- Links that do one thing about one actor, for people without an account.
-- The text for the other database is the same but for the collation.

-- When somebody showed that the address is theirs.
alter table contact_channel add column confirmed_at bigint;

create table action_link (
    project_id text collate "C" not null,
    id text collate "C" not null,
    -- The link itself is not stored.
    token_hash text collate "C" not null,
    actor_id text collate "C" not null,
    person_id text collate "C",
    action text collate "C" not null,
    -- What is asked: JSON list of purposes.
    purposes text collate "C" not null,
    -- The address that is to be confirmed.
    contact_channel_id text collate "C",
    -- No reference: it is listed also when who made it has gone since.
    created_by text collate "C",
    created_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint,
    constraint action_link_project_id_id_key primary key (project_id, id),
    constraint action_link_token_hash_key unique (token_hash),
    -- A link speaks for an actor, a human or an address, and is good for nothing without.
    constraint action_link_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade,
    constraint action_link_person_fkey foreign key (project_id, person_id) references person (project_id, id) on delete cascade,
    constraint action_link_contact_channel_fkey foreign key (project_id, contact_channel_id)
        references contact_channel (project_id, id) on delete cascade
);
create index action_link_actor on action_link (project_id, actor_id);
create index action_link_person on action_link (project_id, person_id);
create index action_link_contact_channel on action_link (project_id, contact_channel_id);

-- What was done by a link. Opening one is no use: nothing is written then.
create table action_link_use (
    project_id text collate "C" not null,
    id text collate "C" not null,
    link_id text collate "C" not null,
    -- The form that was sent: it acts once.
    form_hash text collate "C" not null,
    did text collate "C" not null,
    -- What somebody wrote to the coordinators.
    words text collate "C",
    at bigint not null,
    constraint action_link_use_project_id_id_key primary key (project_id, id),
    constraint action_link_use_project_id_link_id_form_hash_key unique (project_id, link_id, form_hash),
    constraint action_link_use_link_fkey foreign key (project_id, link_id) references action_link (project_id, id) on delete cascade
);
-- What came lately.
create index action_link_use_at on action_link_use (project_id, at);
