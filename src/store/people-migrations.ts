/** Steps of the schema for counts of people, taken after those of the digest. */
export const PEOPLE_MIGRATIONS = [
  {
    name: "people snapshots",
    statements: [
      `CREATE TABLE authpulse.people_snapshots (
        tenant_id      text        NOT NULL,
        graph_host     text        NOT NULL,
        reader         text        NOT NULL,
        read_at        timestamptz NOT NULL,
        took           integer     NOT NULL,
        pages          integer     NOT NULL,
        rows_read      integer     NOT NULL,
        scopes         jsonb       NOT NULL,
        exclude_groups jsonb,
        notes          jsonb,
        PRIMARY KEY (tenant_id, graph_host, reader)
      )`,
      // It had members alone; one reading of Graph brings back what it had, and more.
      "DROP TABLE authpulse.registration_snapshots",
    ],
  },
  {
    name: "how long readings of usage took",
    statements: ["ALTER TABLE authpulse.usage_snapshots ADD COLUMN took integer"],
  },
  {
    name: "reasons of failures for each period",
    statements: ["ALTER TABLE authpulse.usage_snapshots ADD COLUMN usage_sums jsonb"],
  },
  {
    name: "people history",
    statements: [
      `CREATE TABLE authpulse.people_history (
        tenant_id      text        NOT NULL,
        graph_host     text        NOT NULL,
        reader         text        NOT NULL,
        day            date        NOT NULL,
        read_at        timestamptz NOT NULL,
        scope          text        NOT NULL,
        counts         jsonb       NOT NULL,
        exclude_groups jsonb,
        PRIMARY KEY (tenant_id, graph_host, reader, day)
      )`,
    ],
  },
];
