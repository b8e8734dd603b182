-- Who works in a project and with whom, and the colour of its pages (`#rrggbb`; without one, that of the house).
alter table project add column team text collate "C";
alter table project add column partners text collate "C";
alter table project add column colour text collate "C";
