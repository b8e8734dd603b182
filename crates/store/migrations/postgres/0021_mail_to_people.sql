-- Mail to people without an account: a message goes to an account, or to an address by which an actor or one of its
-- people is reached.
-- The text for the other database makes the table anew.

alter table outbox add column contact_channel_id text collate "C";
alter table outbox add constraint outbox_recipient_check check ((user_id is null) <> (contact_channel_id is null));
-- What was written to somebody is forgotten with the address, and that goes with its person or actor.
alter table outbox add constraint outbox_contact_channel_fkey foreign key (project_id, contact_channel_id)
    references contact_channel (project_id, id) on delete cascade;
create index outbox_contact_channel on outbox (project_id, contact_channel_id);
