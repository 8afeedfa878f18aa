/**
 * The promise that the audit is append-only, kept by the database itself. A line may lose the person whom it names,
 * with the id of that person's own chat, and only a purge that says so in its transaction deletes lines. Columns
 * are compared as a whole, so that one that is added later is guarded, too.
 */
const KEEP_AUDIT = `
  CREATE FUNCTION authpulse.keep_audit() RETURNS trigger LANGUAGE plpgsql AS $keep$
  BEGIN
    IF TG_OP = 'DELETE' AND current_setting('authpulse.retention', true) = 'on' THEN
      RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE'
      AND (NEW.who = OLD.who OR NEW.who = 'forgotten')
      AND (NEW.target IS NOT DISTINCT FROM OLD.target OR OLD.target IS NOT NULL AND NEW.target = 'forgotten')
      AND (NEW.conversation_id IS NOT DISTINCT FROM OLD.conversation_id
        OR NEW.conversation_id IS NULL AND NEW.who = 'forgotten' AND NEW.place = 'personal')
      AND to_jsonb(NEW) - 'who' - 'target' - 'conversation_id' = to_jsonb(OLD) - 'who' - 'target' - 'conversation_id'
    THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is append-only';
  END
  $keep$`;

/** Steps of the schema, taken after those of the digest. */
export const ACCESS_MIGRATIONS = [
  {
    name: "audit",
    statements: [
      `CREATE TABLE authpulse.audit (
        tenant_id       text        NOT NULL,
        id              bigint      GENERATED ALWAYS AS IDENTITY,
        at              timestamptz NOT NULL,
        who             text        NOT NULL,
        what            text        NOT NULL,
        command         text        NOT NULL,
        detail          text,
        target          text,
        place           text        NOT NULL,
        conversation_id text,
        outcome         text        NOT NULL,
        correlation_id  text        NOT NULL,
        PRIMARY KEY (tenant_id, id)
      )`,
      "CREATE INDEX audit_at ON authpulse.audit (tenant_id, at, id)",
      KEEP_AUDIT,
      `CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON authpulse.audit
        FOR EACH ROW EXECUTE FUNCTION authpulse.keep_audit()`,
      `CREATE TRIGGER keep_all_audit BEFORE TRUNCATE ON authpulse.audit
        FOR EACH STATEMENT EXECUTE FUNCTION authpulse.keep_audit()`,
    ],
  },
  {
    name: "removed and told places",
    statements: [
      `CREATE TABLE authpulse.removed_places (
        tenant_id       text        NOT NULL,
        conversation_id text        NOT NULL,
        removed_at      timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, conversation_id)
      )`,
      `CREATE TABLE authpulse.told_places (
        tenant_id       text        NOT NULL,
        conversation_id text        NOT NULL,
        notice          text        NOT NULL,
        team_id         text,
        told_at         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, conversation_id, notice)
      )`,
    ],
  },
  {
    name: "secrets",
    statements: [
      `CREATE TABLE authpulse.secrets (
        tenant_id text NOT NULL,
        name      text NOT NULL,
        value     text NOT NULL,
        PRIMARY KEY (tenant_id, name)
      )`,
    ],
  },
  {
    name: "digests without a name",
    statements: ["ALTER TABLE authpulse.digest_subscriptions ALTER COLUMN set_by DROP NOT NULL"],
  },
];
