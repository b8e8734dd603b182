-- What the public may see, and nothing else: the module `public` reads from these alone.
-- Made anew after every migration, so that they follow the tables.
drop view if exists public_actor;
drop view if exists public_need;
drop view if exists public_offer;
drop view if exists public_quarter;

create view public_actor as
select project_id, id, name, name_sort, side, branch, street, house_number, postcode, city, lat, lon, languages, quarter_id
from actor
where published and stage <> 'gone';

create view public_need as
select n.project_id, n.id, n.text, n.language, n.units, n.actor_id, a.name as actor_name
from need n
join actor a on a.project_id = n.project_id and a.id = n.actor_id and a.published
where n.published and n.state = 'open';

create view public_offer as
select o.project_id, o.id, o.text, o.language, o.actor_id, a.name as actor_name
from offer o
join actor a on a.project_id = o.project_id and a.id = o.actor_id and a.published
where o.published and o.state = 'open';

create view public_quarter as
select project_id, id, name, outline
from quarter;
