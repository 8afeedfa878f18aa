/** Steps of the schema for what Graph counts by day, taken after those for people. */
export const DAY_MIGRATIONS = [
  {
    name: "counts by day",
    statements: [
      `CREATE TABLE authpulse.daily_counts (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        report     text        NOT NULL,
        day        date        NOT NULL,
        read_at    timestamptz NOT NULL,
        counts     jsonb       NOT NULL,
        PRIMARY KEY (tenant_id, graph_host, report, day)
      )`,
    ],
  },
];
