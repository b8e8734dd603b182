-- Data that is kept and not worked with, and looks at what has been kept long enough. The text for the other database
-- is the same but for the collation.

create table restriction (
    project_id text not null,
    id text not null,
    actor_id text not null,
    -- One person of the actor; none where it is about the actor with all that belongs to it.
    person_id text,
    state text not null,
    reason text not null,
    -- The day on which it ends; none where it lasts until somebody lifts it.
    until text,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint restriction_project_id_id_key primary key (project_id, id),
    -- It says something about them alone.
    constraint restriction_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade,
    constraint restriction_person_fkey foreign key (project_id, person_id) references person (project_id, id) on delete cascade
);
create index restriction_actor on restriction (project_id, actor_id, state);
create index restriction_person on restriction (project_id, person_id, state);

create table retention_run (
    id text not null constraint retention_run_id_key primary key,
    -- None for what belongs to no project.
    project_id text,
    at bigint not null,
    -- done, stopped or agreed
    state text not null,
    -- People it would touch, and all there are.
    persons bigint not null,
    of_persons bigint not null,
    -- JSON object: how many rows of each class.
    counts text not null,
    by_user text,
    constraint retention_run_project_fkey foreign key (project_id) references project (id) on delete restrict
);
create index retention_run_project on retention_run (project_id, at);
