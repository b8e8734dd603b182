-- SQLite: what an import left out, what it must give back, and files that wait for a yes.

-- The key of the file's row, and what the file had said about it before: given back when the import is taken back.
alter table import_change add column source_key text;
alter table import_change add column said_before text;

create table import_refusal (
    project_id text not null,
    import_id text not null,
    -- The order of the report.
    position bigint not null,
    file text not null,
    line bigint not null,
    field text not null,
    reason text not null,
    constraint import_refusal_project_id_import_id_position_key primary key (project_id, import_id, position),
    -- What was left out is a part of the report of its import.
    constraint import_refusal_import_fkey foreign key (project_id, import_id) references import_run (project_id, id) on delete cascade
);

-- In the database, so that another server of the same installation can show what one has received.
create table import_upload (
    project_id text not null,
    id text not null,
    kind text not null,
    file text not null,
    content blob not null,
    by_user text,
    at bigint not null,
    constraint import_upload_project_id_id_key primary key (project_id, id),
    constraint import_upload_project_fkey foreign key (project_id) references project (id) on delete restrict
);
-- What nobody has confirmed is removed by age.
create index import_upload_at on import_upload (at);
