-- What the overview counts every time: rows of a noun since a moment, and businesses by stage. A city has forty thousand actors.

create index need_created on need (project_id, created_at);
create index offer_created on offer (project_id, created_at);
create index idea_created on idea (project_id, created_at);
create index actor_created on actor (project_id, created_at);
create index actor_stage on actor (project_id, side, stage);
