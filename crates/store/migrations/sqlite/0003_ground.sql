-- SQLite: the ground of a project's map, as one archive of vector tiles in parts.
-- In the database, so that several servers share it and one backup holds everything.

create table ground (
    project_id text not null constraint ground_project_id_key primary key,
    -- SHA-256 of the archive: the same map is not stored, nor fetched, a second time.
    etag text not null,
    size bigint not null,
    -- Who must be named beside the map.
    attribution text,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint ground_project_fkey foreign key (project_id) references project (id) on delete restrict
);

create table ground_part (
    project_id text not null,
    part bigint not null,
    content blob not null,
    constraint ground_part_project_id_part_key primary key (project_id, part),
    -- A part of an archive that is not there means nothing.
    constraint ground_part_ground_fkey foreign key (project_id) references ground (project_id) on delete cascade
);
