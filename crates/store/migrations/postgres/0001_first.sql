-- The first schema. The text for SQLite is the same but for `collate "C"` behind every text column,
-- so that both databases compare and sort by bytes.
--
-- Keys are (project_id, id) and references carry the project along: a link across projects cannot exist.
-- Every on-delete is a decision: `cascade` for parts that mean nothing alone, `restrict` for everything
-- that somebody would miss. A project is never removed by accident: all its rows restrict it.

create table project (
    id text collate "C" not null constraint project_id_key primary key,
    slug text collate "C" not null constraint project_slug_key unique,
    name text collate "C" not null,
    label text collate "C",
    area text collate "C",
    term_from text collate "C",
    term_to text collate "C",
    carrier text collate "C",
    client text collate "C",
    funding text collate "C",
    aims text collate "C",
    -- No reference: the quarter references the project, and a circle of references cannot be filled row by row.
    home_quarter_id text collate "C",
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);

create table quarter (
    project_id text collate "C" not null,
    id text collate "C" not null,
    name text collate "C" not null,
    code text collate "C",
    -- GeoJSON MultiPolygon in WGS 84.
    outline text collate "C" not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint quarter_project_id_id_key primary key (project_id, id),
    constraint quarter_project_id_name_key unique (project_id, name),
    constraint quarter_project_id_code_key unique (project_id, code),
    constraint quarter_project_fkey foreign key (project_id) references project (id) on delete restrict
);

create table actor (
    project_id text collate "C" not null,
    id text collate "C" not null,
    name text collate "C" not null,
    -- Folded name: the order of the directory, the same on both databases and without a collation.
    name_sort text collate "C" not null,
    -- Folded name and street: what the search box of the directory looks in.
    search_text text collate "C" not null,
    side text collate "C" not null,
    branch text collate "C",
    street text collate "C",
    house_number text collate "C",
    postcode text collate "C",
    city text collate "C",
    lat double precision,
    lon double precision,
    quarter_id text collate "C",
    carrier text collate "C",
    -- JSON list of language tags.
    languages text collate "C" not null,
    note text collate "C",
    stage text collate "C" not null,
    published boolean not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint actor_project_id_id_key primary key (project_id, id),
    constraint actor_position_check check ((lat is null) = (lon is null)),
    constraint actor_project_fkey foreign key (project_id) references project (id) on delete restrict,
    -- A quarter in which somebody has a seat is not removed: draw it anew instead.
    constraint actor_quarter_fkey foreign key (project_id, quarter_id) references quarter (project_id, id) on delete restrict
);
-- The directory: filter, order, count and facets of 40,000 actors without touching the table.
create index actor_directory on actor (project_id, name_sort, id, side, branch, quarter_id, stage, published, search_text);
-- Looked at when a quarter is removed or its actors are counted.
create index actor_quarter on actor (project_id, quarter_id);
-- Facets when nothing is searched for.
create index actor_facets on actor (project_id, side, branch);
-- The public directory, without walking over everybody who is not in it.
create index actor_published on actor (project_id, name_sort, id) where published;

create table area_served (
    project_id text collate "C" not null,
    actor_id text collate "C" not null,
    quarter_id text collate "C" not null,
    constraint area_served_project_id_actor_id_quarter_id_key primary key (project_id, actor_id, quarter_id),
    -- A statement about both: without the actor or the quarter it says nothing.
    constraint area_served_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade,
    constraint area_served_quarter_fkey foreign key (project_id, quarter_id) references quarter (project_id, id) on delete cascade
);
-- Actors that serve a quarter.
create index area_served_quarter on area_served (project_id, quarter_id);

create table premises (
    project_id text collate "C" not null,
    id text collate "C" not null,
    street text collate "C",
    house_number text collate "C",
    postcode text collate "C",
    city text collate "C",
    -- Folded street and number: the order of a walk's list.
    street_sort text collate "C" not null,
    lat double precision,
    lon double precision,
    quarter_id text collate "C",
    actor_id text collate "C",
    used_as text collate "C" not null,
    observed_on text collate "C",
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint premises_project_id_id_key primary key (project_id, id),
    constraint premises_position_check check ((lat is null) = (lon is null)),
    constraint premises_project_fkey foreign key (project_id) references project (id) on delete restrict,
    constraint premises_quarter_fkey foreign key (project_id, quarter_id) references quarter (project_id, id) on delete restrict,
    -- The history of the premises stays when an owner goes: the actor must be moved out first.
    constraint premises_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete restrict
);
-- The list by street.
create index premises_street on premises (project_id, street_sort, id);
-- Looked at when a quarter or an actor is removed.
create index premises_quarter on premises (project_id, quarter_id);
create index premises_actor on premises (project_id, actor_id);

create table premises_observation (
    project_id text collate "C" not null,
    id text collate "C" not null,
    premises_id text collate "C" not null,
    observed_on text collate "C" not null,
    used_as text collate "C" not null,
    constraint premises_observation_project_id_id_key primary key (project_id, id),
    -- One look a day: a file read twice sees nothing new.
    constraint premises_observation_project_id_premises_id_observed_on_key unique (project_id, premises_id, observed_on),
    constraint premises_observation_premises_fkey foreign key (project_id, premises_id) references premises (project_id, id) on delete cascade
);

create table person (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C" not null,
    name text collate "C" not null,
    function text collate "C",
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint person_project_id_id_key primary key (project_id, id),
    -- A person is known for a function at the actor and goes with it.
    constraint person_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade
);
create index person_actor on person (project_id, actor_id);

create table contact_channel (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C" not null,
    person_id text collate "C",
    medium text collate "C" not null,
    value text collate "C" not null,
    visibility text collate "C" not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint contact_channel_project_id_id_key primary key (project_id, id),
    constraint contact_channel_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade,
    -- Whoever leaves takes the own number along.
    constraint contact_channel_person_fkey foreign key (project_id, person_id) references person (project_id, id) on delete cascade
);
create index contact_channel_actor on contact_channel (project_id, actor_id);
create index contact_channel_person on contact_channel (project_id, person_id);

create table need (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C",
    text text collate "C" not null,
    -- Folded text: what the search box looks in.
    search_text text collate "C" not null,
    language text collate "C" not null,
    units bigint not null,
    radius_m bigint,
    times text collate "C",
    -- JSON list of language tags.
    languages text collate "C" not null,
    lat double precision,
    lon double precision,
    state text collate "C" not null,
    published boolean not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint need_project_id_id_key primary key (project_id, id),
    constraint need_position_check check ((lat is null) = (lon is null)),
    constraint need_project_fkey foreign key (project_id) references project (id) on delete restrict,
    -- What somebody asked for outlives a tidy-up of the directory: it must be moved or withdrawn first.
    constraint need_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete restrict
);
-- The cards wall: newest first (ids sort by the time they were made).
create index need_state on need (project_id, state, id);
create index need_actor on need (project_id, actor_id, id);

create table need_kind (
    project_id text collate "C" not null,
    need_id text collate "C" not null,
    kind text collate "C" not null,
    constraint need_kind_project_id_need_id_kind_key primary key (project_id, need_id, kind),
    constraint need_kind_need_fkey foreign key (project_id, need_id) references need (project_id, id) on delete cascade
);
create index need_kind_kind on need_kind (project_id, kind);

create table offer (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C",
    text text collate "C" not null,
    search_text text collate "C" not null,
    language text collate "C" not null,
    capacity bigint not null,
    per text collate "C" not null,
    effort_min bigint,
    times text collate "C",
    -- JSON list of language tags.
    languages text collate "C" not null,
    lat double precision,
    lon double precision,
    state text collate "C" not null,
    published boolean not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint offer_project_id_id_key primary key (project_id, id),
    constraint offer_position_check check ((lat is null) = (lon is null)),
    constraint offer_project_fkey foreign key (project_id) references project (id) on delete restrict,
    constraint offer_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete restrict
);
create index offer_state on offer (project_id, state, id);
create index offer_actor on offer (project_id, actor_id, id);

create table offer_kind (
    project_id text collate "C" not null,
    offer_id text collate "C" not null,
    kind text collate "C" not null,
    constraint offer_kind_project_id_offer_id_kind_key primary key (project_id, offer_id, kind),
    constraint offer_kind_offer_fkey foreign key (project_id, offer_id) references offer (project_id, id) on delete cascade
);
create index offer_kind_kind on offer_kind (project_id, kind);

create table competence (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C" not null,
    kind text collate "C" not null,
    words text collate "C",
    created_at bigint not null,
    constraint competence_project_id_id_key primary key (project_id, id),
    constraint competence_project_id_actor_id_kind_key unique (project_id, actor_id, kind),
    constraint competence_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade
);

create table idea (
    project_id text collate "C" not null,
    id text collate "C" not null,
    actor_id text collate "C",
    text text collate "C" not null,
    state text collate "C" not null,
    version bigint not null,
    created_at bigint not null,
    updated_at bigint not null,
    constraint idea_project_id_id_key primary key (project_id, id),
    constraint idea_project_fkey foreign key (project_id) references project (id) on delete restrict,
    constraint idea_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete restrict
);
create index idea_actor on idea (project_id, actor_id, id);

create table user_account (
    id text collate "C" not null constraint user_account_id_key primary key,
    name text collate "C" not null,
    email text collate "C" constraint user_account_email_key unique,
    operator boolean not null,
    created_at bigint not null,
    removed_at bigint
);

create table membership (
    project_id text collate "C" not null,
    user_id text collate "C" not null,
    role text collate "C" not null,
    actor_id text collate "C",
    created_at bigint not null,
    removed_at bigint,
    constraint membership_project_id_user_id_key primary key (project_id, user_id),
    constraint membership_project_fkey foreign key (project_id) references project (id) on delete restrict,
    constraint membership_user_fkey foreign key (user_id) references user_account (id) on delete cascade,
    -- Somebody speaks for the institution: end the membership first.
    constraint membership_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete restrict
);
create index membership_user on membership (user_id);
create index membership_actor on membership (project_id, actor_id);

create table sign_in_link (
    id text collate "C" not null constraint sign_in_link_id_key primary key,
    token_hash text collate "C" not null constraint sign_in_link_token_hash_key unique,
    user_id text collate "C" not null,
    purpose text collate "C" not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint sign_in_link_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);
create index sign_in_link_user on sign_in_link (user_id);

create table session (
    id text collate "C" not null constraint session_id_key primary key,
    token_hash text collate "C" not null constraint session_token_hash_key unique,
    user_id text collate "C" not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    expires_at bigint not null,
    revoked_at bigint,
    constraint session_user_fkey foreign key (user_id) references user_account (id) on delete cascade
);
create index session_by_user on session (user_id);

create table idempotency_key (
    who text collate "C" not null,
    key text collate "C" not null,
    at bigint not null,
    outcome text collate "C" not null,
    constraint idempotency_key_who_key_key primary key (who, key)
);
-- Old keys are removed by age.
create index idempotency_key_at on idempotency_key (at);

create table import_run (
    project_id text collate "C" not null,
    id text collate "C" not null,
    kind text collate "C" not null,
    -- JSON list of file names.
    files text collate "C" not null,
    at bigint not null,
    -- No reference: the account may be erased, the import stays explained by its time and files.
    by_user text collate "C",
    state text collate "C" not null,
    -- JSON object of the totals.
    counts text collate "C" not null,
    reverted_at bigint,
    constraint import_run_project_id_id_key primary key (project_id, id),
    constraint import_run_project_fkey foreign key (project_id) references project (id) on delete restrict
);

create table import_change (
    project_id text collate "C" not null,
    import_id text collate "C" not null,
    noun text collate "C" not null,
    -- No reference: the row may be gone, and the noun says in which table it was.
    row_id text collate "C" not null,
    change text collate "C" not null,
    -- The row's version after the import; a higher one was made by a person.
    version bigint not null,
    -- JSON object of the values before; none when the import made the row.
    earlier text collate "C",
    constraint import_change_project_id_import_id_noun_row_id_key primary key (project_id, import_id, noun, row_id),
    constraint import_change_import_fkey foreign key (project_id, import_id) references import_run (project_id, id) on delete cascade
);

create table provenance (
    project_id text collate "C" not null,
    noun text collate "C" not null,
    source_key text collate "C" not null,
    row_id text collate "C" not null,
    -- JSON object: the values as they were imported last; a value that differs now was changed by a person.
    imported text collate "C" not null,
    constraint provenance_project_id_noun_source_key_key primary key (project_id, noun, source_key),
    constraint provenance_project_fkey foreign key (project_id) references project (id) on delete restrict
);
create index provenance_row on provenance (project_id, noun, row_id);

create table difference (
    project_id text collate "C" not null,
    id text collate "C" not null,
    noun text collate "C" not null,
    row_id text collate "C" not null,
    field text collate "C" not null,
    ours text collate "C" not null,
    theirs text collate "C" not null,
    import_id text collate "C" not null,
    resolved_at bigint,
    constraint difference_project_id_id_key primary key (project_id, id),
    -- One question per field and import.
    constraint difference_project_id_import_id_noun_row_id_field_key unique (project_id, import_id, noun, row_id, field),
    constraint difference_import_fkey foreign key (project_id, import_id) references import_run (project_id, id) on delete cascade
);

create table job (
    id text collate "C" not null constraint job_id_key primary key,
    project_id text collate "C",
    kind text collate "C" not null,
    payload text collate "C" not null,
    run_at bigint not null,
    attempts bigint not null,
    claimed_at bigint,
    done_at bigint,
    error text collate "C",
    constraint job_project_fkey foreign key (project_id) references project (id) on delete restrict
);
-- What is due next; finished work is not in the way.
create index job_due on job (run_at, id) where done_at is null;
create index job_project on job (project_id);

create table change_log (
    seq bigint not null constraint change_log_seq_key primary key,
    -- No references: the log tells also of what is gone.
    project_id text collate "C",
    noun text collate "C" not null,
    row_id text collate "C" not null,
    change text collate "C" not null,
    at bigint not null
);

-- One row that every writer locks last: numbers become visible in the order of the commits.
create table change_head (
    id bigint not null constraint change_head_id_key primary key,
    seq bigint not null,
    constraint change_head_id_check check (id = 1)
);
insert into change_head (id, seq) values (1, 0);

create table audit_entry (
    -- The number of the change it belongs to.
    seq bigint not null constraint audit_entry_seq_key primary key,
    project_id text collate "C",
    at bigint not null,
    by_user text collate "C",
    by_role text collate "C" not null,
    resource text collate "C" not null,
    action text collate "C" not null,
    noun text collate "C" not null,
    row_id text collate "C" not null,
    sealed_seq bigint constraint audit_entry_sealed_seq_key unique,
    hash text collate "C"
);
-- What waits for its seal.
create index audit_entry_unsealed on audit_entry (seq) where sealed_seq is null;
