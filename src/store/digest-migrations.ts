/** Steps of the schema, taken after those of the numbers. */
export const DIGEST_MIGRATIONS = [
  {
    name: "digest subscriptions",
    statements: [
      `CREATE TABLE authpulse.digest_subscriptions (
        tenant_id        text        NOT NULL,
        conversation_id  text        NOT NULL,
        service_url      text        NOT NULL,
        bot_id           text        NOT NULL,
        kind             text        NOT NULL,
        team_id          text,
        weekday          integer     NOT NULL,
        local_time       text        NOT NULL,
        time_zone        text        NOT NULL,
        extras           jsonb       NOT NULL,
        locale           text        NOT NULL,
        set_by           text        NOT NULL,
        set_at           timestamptz NOT NULL,
        state            text        NOT NULL,
        paused_until     timestamptz,
        suspended_reason text,
        next_due         timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, conversation_id)
      )`,
    ],
  },
  {
    name: "digest deliveries",
    statements: [
      `CREATE TABLE authpulse.digest_deliveries (
        tenant_id       text        NOT NULL,
        conversation_id text        NOT NULL,
        week            text        NOT NULL,
        kind            text        NOT NULL,
        started_at      timestamptz NOT NULL,
        due_at          timestamptz NOT NULL,
        numbers         jsonb,
        state           text        NOT NULL,
        ended_at        timestamptz,
        activity_id     text,
        reason          text,
        PRIMARY KEY (tenant_id, conversation_id, week, kind, started_at)
      )`,
      // The promise that a week is posted once, kept by the database itself.
      `CREATE UNIQUE INDEX digest_deliveries_weekly
        ON authpulse.digest_deliveries (tenant_id, conversation_id, week) WHERE kind = 'weekly'`,
    ],
  },
];
