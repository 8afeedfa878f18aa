/** Steps of the schema for the states of a delivery, and for the pace at which replicas post. */
export const DELIVERY_MIGRATIONS = [
  {
    name: "delivery states",
    statements: [
      `ALTER TABLE authpulse.digest_deliveries
        ADD COLUMN attempts    integer NOT NULL DEFAULT 0,
        ADD COLUMN next_try    timestamptz,
        ADD COLUMN holder      text,
        ADD COLUMN lease_until timestamptz`,
      "UPDATE authpulse.digest_deliveries SET attempts = 1 WHERE numbers IS NOT NULL",
      `CREATE INDEX digest_deliveries_open ON authpulse.digest_deliveries (tenant_id, due_at)
        WHERE state IN ('due', 'claimed', 'posting')`,
      `CREATE TABLE authpulse.digest_heartbeats (
        tenant_id text        NOT NULL PRIMARY KEY,
        since     timestamptz NOT NULL,
        beat_at   timestamptz NOT NULL
      )`,
      `CREATE TABLE authpulse.post_pace (
        tenant_id text        NOT NULL,
        lane      text        NOT NULL,
        next_at   timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, lane)
      )`,
    ],
  },
];
