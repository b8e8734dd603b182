-- What coordinators decided about suggestions before anybody was asked.
-- The text for the other database is the same but for the collation.

create table verdict (
    project_id text collate "C" not null,
    id text collate "C" not null,
    need_id text collate "C" not null,
    -- One of the two: an offer, or a business that made none.
    offer_id text collate "C",
    actor_id text collate "C",
    decision text collate "C" not null,
    until text collate "C",
    reason text collate "C",
    created_at bigint not null,
    constraint verdict_project_id_id_key primary key (project_id, id),
    constraint verdict_giver_check check ((offer_id is null) <> (actor_id is null)),
    constraint verdict_need_fkey foreign key (project_id, need_id) references need (project_id, id) on delete cascade,
    constraint verdict_offer_fkey foreign key (project_id, offer_id) references offer (project_id, id) on delete cascade,
    constraint verdict_actor_fkey foreign key (project_id, actor_id) references actor (project_id, id) on delete cascade
);
-- One decision a pair: the newest holds.
create unique index verdict_need_offer on verdict (project_id, need_id, offer_id) where offer_id is not null;
create unique index verdict_need_actor on verdict (project_id, need_id, actor_id) where actor_id is not null;
create index verdict_need on verdict (project_id, need_id, id);
create index verdict_offer on verdict (project_id, offer_id);
create index verdict_actor on verdict (project_id, actor_id);
