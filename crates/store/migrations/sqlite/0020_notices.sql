-- Whether and how people were told what is stored about them.
-- The text for the other database is the same but for the collation.

-- The day on which somebody was told, and how; both or neither.
alter table person add column informed_on text;
alter table person add column informed_by text;
-- Who is still to be told is asked for on every visit of the list, and of many people few are left.
create index person_to_inform on person (project_id, created_at, id) where informed_on is null;
