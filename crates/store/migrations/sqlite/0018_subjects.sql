-- Rights of those whose data is stored: erasing that lasts, an audit trail that can forget, erasing that waits for a
-- second look. The text for the other database is the same but for the collation. The keys are made by the program.

-- The key under which the trail names somebody. It goes on through a hash that leads one way alone, a step every thirty
-- days: who has the key of a span finds the later ones and none before. Without the row nobody is named any more.
create table audit_key (
    user_id text not null constraint audit_key_user_id_key primary key,
    key text not null,
    -- Which span of thirty days it is for, counted from 1970.
    span bigint not null,
    -- The key goes with whom it names.
    constraint audit_key_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);

-- Who saw or changed something between two moments.
create index audit_entry_row on audit_entry (project_id, row_id, at);
-- What was said about one row: looked for when it is erased, and when somebody asks what is known.
create index import_change_row on import_change (project_id, noun, row_id);

-- The key of the marks below. It is in every backup, so that a mark is found again in a copy of yesterday.
create table erasure_key (
    id bigint not null constraint erasure_key_id_key primary key,
    key text not null,
    constraint erasure_key_id_check check (id = 1)
);

-- What was erased: no more than a mark made of the id with that key.
create table erasure (
    mark text not null constraint erasure_mark_key primary key,
    kind text not null,
    at bigint not null,
    -- When the bytes were gone from the files as well.
    cleared_at bigint
);
create index erasure_uncleared on erasure (at) where cleared_at is null;

-- An erasing of many, or of a whole project: it waits a day, or until somebody else has looked at it.
create table erasure_request (
    project_id text not null,
    id text not null,
    -- JSON list: whose data.
    targets text not null,
    persons bigint not null,
    state text not null,
    -- No references: accounts may be erased before it is done.
    by_user text,
    confirmed_by text,
    due_at bigint not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint erasure_request_project_id_id_key primary key (project_id, id),
    constraint erasure_request_project_fkey foreign key (project_id) references project (id) on delete restrict
);

-- When a contact person has left the actor: three months later their data goes.
alter table person add column left_on text;
