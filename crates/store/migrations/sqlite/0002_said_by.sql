-- Cards keep the name that stands on them. The text for the other database is the same but for the collation.
--
-- A name that is nobody of the directory was lost before; it stands here until somebody finds out who is meant.
-- Never public: it may be the name of a person.
alter table need add column said_by text;
alter table offer add column said_by text;
alter table idea add column said_by text;
