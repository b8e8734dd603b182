-- Who agreed to what, as events with their evidence; who must not be taken in again.
-- The text for the other database is the same but for the collation.

create table consent (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C" not null,
    -- The human at the actor, when it is about that human alone.
    person_id text collate "C",
    purpose text collate "C" not null,
    act text collate "C" not null,
    channel text collate "C" not null,
    said_by text collate "C" not null,
    said_on text collate "C" not null,
    language text collate "C" not null,
    -- The hash of the words that were agreed to; none where something was taken back or refused.
    text_version text collate "C",
    -- Where the paper lies.
    note text collate "C",
    -- No reference: the evidence tells also of who has gone since. None where it was said by a link.
    recorded_by text collate "C",
    recorded_at bigint not null,
    constraint consent_project_id_id_key primary key (project_id, id),
    constraint consent_text_version_check check (act <> 'given' or text_version is not null),
    -- What somebody said goes with who said it, and not before.
    constraint consent_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade,
    constraint consent_person_fkey foreign key (project_id, person_id) references person (project_id, id) on delete cascade
);
create index consent_actor on consent (project_id, actor_id, purpose);
create index consent_person on consent (project_id, person_id);
-- What was taken back and may still stand on paper.
create index consent_printed on consent (project_id, purpose) where act = 'withdrawn';

-- What was taken out of print, and since which edition: one line for each word taken back.
create table print_removal (
    project_id text collate "C" not null,
    consent_id text collate "C" not null,
    edition text collate "C" not null,
    removed_by text collate "C",
    removed_at bigint not null,
    constraint print_removal_project_id_consent_id_key primary key (project_id, consent_id),
    constraint print_removal_consent_fkey foreign key (project_id, consent_id) references consent (project_id, id) on delete cascade
);

-- Who objected, as keyed hashes of mail addresses, telephone numbers, names with addresses. No reference to an actor:
-- it outlives erasing, and is there when the same shop comes with the next file.
create table objection (
    project_id text collate "C" not null,
    id text collate "C" not null,
    -- mail, phone or place.
    kind text collate "C" not null,
    hash text collate "C" not null,
    recorded_by text collate "C",
    recorded_at bigint not null,
    constraint objection_project_id_id_key primary key (project_id, id),
    constraint objection_project_id_hash_key unique (project_id, hash),
    constraint objection_project_fkey foreign key (project_id) references project (id) on delete restrict
);

-- The key of those hashes, one for the installation. It goes with every backup: without it a restored copy would not
-- know anybody again.
create table objection_key (
    id bigint not null constraint objection_key_id_key primary key,
    secret text collate "C" not null,
    constraint objection_key_id_check check (id = 1)
);

-- Until now a page was public because somebody pressed a button; from now on because somebody agreed. What has no
-- evidence is taken off; its owners are asked, and it is public again with their yes.
update actor set published = false, version = version + 1 where published;
