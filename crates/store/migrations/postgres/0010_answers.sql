-- What businesses said when they were asked: for one kind of resource, or whether they take part at all.
-- The text for the other database is the same but for the collation.

create table answer (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C" not null,
    -- Empty where it is about taking part at all: absent values would not be equal in a key.
    kind text collate "C" not null,
    said text collate "C" not null,
    told_on text collate "C" not null,
    -- "Call again" from this day on.
    again_on text collate "C",
    created_at bigint not null,
    constraint answer_project_id_id_key primary key (project_id, id),
    -- One word a day on one thing: a form sent twice changes nothing.
    constraint answer_project_id_actor_id_kind_told_on_key unique (project_id, actor_id, kind, told_on),
    -- What somebody said goes with who said it.
    constraint answer_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade
);
