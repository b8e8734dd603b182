-- What the public may see, and nothing else: the module `public` reads from these alone.
-- Made anew after every migration, so that they follow the tables; who is built on another goes first.
drop view if exists public_need;
drop view if exists public_offer;
drop view if exists public_channel;
drop view if exists public_actor;
drop view if exists public_quarter;
drop view if exists public_project;

create view public_project as
select id, slug, name, label, area, term_from, term_to, carrier, client, funding, aims, team, partners, colour, home_quarter_id, version
from project;

create view public_quarter as
select project_id, id, name, outline
from quarter;

create view public_actor as
select project_id, id, name, name_sort, side, branch, street, house_number, postcode, city, lat, lon, languages, quarter_id, opening_hours
from actor
where published and stage <> 'gone'
and not exists (select 1 from restriction r where r.project_id = actor.project_id and r.actor_id = actor.id
    and r.person_id is null and r.state = 'restricted');

create view public_channel as
select c.project_id, c.id, c.actor_id, c.medium, c.value
from contact_channel c
join public_actor a on a.project_id = c.project_id and a.id = c.actor_id
where c.visibility = 'public'
and not exists (select 1 from restriction r where r.project_id = c.project_id and r.person_id = c.person_id and r.state = 'restricted');

create view public_need as
select n.project_id, n.id, n.text, n.language, n.units, n.actor_id, a.name as actor_name
from need n
join public_actor a on a.project_id = n.project_id and a.id = n.actor_id
where n.published and n.state = 'open';

create view public_offer as
select o.project_id, o.id, o.text, o.language, o.actor_id, a.name as actor_name
from offer o
join public_actor a on a.project_id = o.project_id and a.id = o.actor_id
where o.published and o.state = 'open';
