-- What is public is read on pages that everybody opens: without walking over everything that is not.
create index need_published on need (project_id, id) where published;
create index offer_published on offer (project_id, id) where published;
