-- Who may do what at central, stated whole: what was granted before is taken back first. Run by
-- `deskapp central init` and `deskapp central migrate`, inside a transaction, by the owner of the
-- tables. Source: design sheet of sync, section 13 (S7).
--
-- The owner    keeps the tables and lets desks in; may not change what desks sent or what was done.
-- The applier  merges: reads everything, adds to the record of what was done.
-- A desk       adds to its own inbox and reads what its streams hold.
-- A report     reads counts.
--
-- Who decides a conflict or erases does so at a desk: it comes as a change like any other and is
-- merged by the applier, so that nobody needs a right at central for it.

DO $$
DECLARE
    held record;
    role text;
BEGIN
    FOR held IN SELECT policyname, tablename FROM pg_policies WHERE schemaname = 'deskapp' LOOP
        EXECUTE format('DROP POLICY %I ON %I', held.policyname, held.tablename);
    END LOOP;
    FOREACH role IN ARRAY ARRAY['deskapp_desk', 'deskapp_applier', 'deskapp_report'] LOOP
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA deskapp FROM %I', role);
        EXECUTE format('GRANT USAGE ON SCHEMA deskapp TO %I', role);
    END LOOP;
    FOR held IN
        SELECT c.relname, pg_get_userbyid(c.relowner) AS owner FROM pg_class AS c
        WHERE c.relnamespace = 'deskapp'::regnamespace AND c.relkind = 'r'
    LOOP
        -- Without a policy nobody sees a row, whatever is granted by mistake, not even the owner.
        -- PostgreSQL refuses COPY into such a table, by which the record of what was done is
        -- written: of these two nobody but the applier and the owner has any right.
        IF held.relname NOT IN ('audit', 'audit_before') THEN
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', held.relname);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', held.relname);
            EXECUTE format('CREATE POLICY owner ON %I TO %I USING (true)', held.relname, held.owner);
            EXECUTE format('CREATE POLICY applier ON %I TO deskapp_applier USING (true)',
                held.relname);
        END IF;
        IF held.relname IN ('audit', 'audit_before', 'sync_inbox', 'sync_batch') THEN
            EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %I FROM %I',
                held.relname, held.owner);
        END IF;
    END LOOP;
END $$;

GRANT SELECT ON sync_central, sync_stream, sync_mark, sync_member, feed TO deskapp_desk;
GRANT SELECT (desk_id, site, db_role, applied_seq, applied_chain, status) ON sync_desk
    TO deskapp_desk;
GRANT SELECT (desk_id, seq, chain) ON sync_inbox TO deskapp_desk;
GRANT INSERT (desk_id, seq, change_id, txn, hlc, actor, tbl, row_id, home_site, op, delta,
    delta_hash, base_rev, schema_ver, wall_ms, chain) ON sync_inbox TO deskapp_desk;
GRANT INSERT (desk_id, first_seq, last_seq, last_chain, signature, app_ver, schema_ver)
    ON sync_batch TO deskapp_desk;
GRANT SELECT (desk_id, seq, code, released_at) ON quarantine TO deskapp_desk;

GRANT SELECT ON ALL TABLES IN SCHEMA deskapp TO deskapp_applier;
GRANT INSERT, UPDATE ON sync_stream, sync_site, sync_mark, item, feed, quarantine, erased
    TO deskapp_applier;
GRANT INSERT, DELETE ON reference TO deskapp_applier;
GRANT UPDATE ON sync_desk TO deskapp_applier;
GRANT INSERT ON audit TO deskapp_applier;
GRANT INSERT, DELETE ON audit_before TO deskapp_applier;
GRANT DELETE ON item, sync_mark TO deskapp_applier;
GRANT UPDATE (delta), DELETE ON sync_inbox TO deskapp_applier;
GRANT DELETE ON sync_batch TO deskapp_applier;

CREATE POLICY all_ask ON sync_central TO deskapp_desk USING (true);
CREATE POLICY own ON sync_desk TO deskapp_desk USING (db_role = session_user);
CREATE POLICY own ON sync_member TO deskapp_desk USING (db_role = session_user);
CREATE POLICY own ON sync_inbox TO deskapp_desk
    USING (desk_id IN (SELECT desk_id FROM sync_desk WHERE db_role = session_user))
    WITH CHECK (desk_id IN (
        SELECT desk_id FROM sync_desk WHERE db_role = session_user AND status = 'active'));
CREATE POLICY own ON sync_batch FOR INSERT TO deskapp_desk
    WITH CHECK (desk_id IN (
        SELECT desk_id FROM sync_desk WHERE db_role = session_user AND status = 'active'));
CREATE POLICY own ON quarantine TO deskapp_desk
    USING (desk_id IN (SELECT desk_id FROM sync_desk WHERE db_role = session_user));
CREATE POLICY own ON sync_stream TO deskapp_desk
    USING (stream IN (SELECT stream FROM sync_member WHERE db_role = session_user));
CREATE POLICY own ON sync_mark TO deskapp_desk
    USING (stream IN (SELECT stream FROM sync_member WHERE db_role = session_user));
CREATE POLICY own ON feed TO deskapp_desk
    USING (stream IN (SELECT stream FROM sync_member WHERE db_role = session_user));

-- Of what desks sent only what was merged, and is past every recovery of central, may go.
CREATE POLICY merged_long_ago ON sync_inbox AS RESTRICTIVE FOR DELETE TO deskapp_applier
    USING (received_at < now() - interval '35 days' AND seq <= (
        SELECT d.applied_seq FROM sync_desk AS d WHERE d.desk_id = sync_inbox.desk_id));
CREATE POLICY merged_long_ago ON sync_batch AS RESTRICTIVE FOR DELETE TO deskapp_applier
    USING (received_at < now() - interval '35 days' AND last_seq <= (
        SELECT d.applied_seq FROM sync_desk AS d WHERE d.desk_id = sync_batch.desk_id));
-- A mark may go once every desk that exchanged since then has a newer one; see tidy.py.
CREATE POLICY long_ago ON sync_mark AS RESTRICTIVE FOR DELETE TO deskapp_applier
    USING (made_at < now() - interval '60 days');

-- What whoever plans and watches may read: counts, no name and no text.

DROP VIEW IF EXISTS report_day, report_site;
CREATE VIEW report_day AS
    SELECT home_site AS site, (at AT TIME ZONE 'Europe/London')::date AS day,
        count(*) AS changes, count(DISTINCT row_id) AS records, count(DISTINCT desk) AS desks
    FROM audit GROUP BY 1, 2;
CREATE VIEW report_site AS
    SELECT d.site, count(*) AS desks,
        count(*) FILTER (WHERE d.status = 'blocked') AS blocked,
        count(*) FILTER (WHERE d.status = 'lost') AS lost,
        max(d.last_seen_at) AS last_merged_at,
        coalesce(sum(i.waiting), 0)::bigint AS waiting, min(i.since) AS waiting_since,
        coalesce(sum(q.set_aside), 0)::bigint AS set_aside
    FROM sync_desk AS d
    CROSS JOIN LATERAL (SELECT count(*) AS waiting, min(received_at) AS since FROM sync_inbox
        WHERE desk_id = d.desk_id AND seq > d.applied_seq) AS i
    CROSS JOIN LATERAL (SELECT count(*) AS set_aside FROM quarantine
        WHERE desk_id = d.desk_id AND released_at IS NULL) AS q
    GROUP BY d.site;
GRANT SELECT ON report_day, report_site TO deskapp_report;
