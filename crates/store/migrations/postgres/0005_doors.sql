-- Doors of the town with their addresses and places, from open maps; and when the doors of actors are open.
-- The text for the other database is the same but for the collation.

create table address_point (
    project_id text collate "C" not null,
    -- Folded as they are looked up: "Graefestr." and "Graefestraße" are one street.
    street_key text collate "C" not null,
    number_key text collate "C" not null,
    -- Empty where the map does not know it: absent values would not be equal in a key.
    postcode_key text collate "C" not null,
    street text collate "C" not null,
    house_number text collate "C" not null,
    postcode text collate "C",
    city text collate "C",
    lat double precision not null,
    lon double precision not null,
    constraint address_point_project_id_street_key_number_key_postcode_key_key primary key (project_id, street_key, number_key, postcode_key),
    -- A project is never removed as long as it has anything.
    constraint address_point_project_fkey foreign key (project_id) references project (id) on delete restrict
);

-- In the grammar of OpenStreetMap or in any words: a text for people, read as a week where that is possible.
alter table actor add column opening_hours text collate "C";
