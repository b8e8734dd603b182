-- SQLite: whether outgoing mail waits, because this is a restored copy or because somebody asked for it.

-- One row, or none: then mail goes out. It belongs to this copy alone and is in no backup.
create table mail_hold (
    id bigint not null constraint mail_hold_id_key primary key,
    since bigint not null,
    reason text not null,
    constraint mail_hold_id_check check (id = 1)
);
