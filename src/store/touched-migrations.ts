/** Steps of the schema for people whom failures touched, taken after those for counts of people. */
export const TOUCHED_MIGRATIONS = [
  {
    name: "people touched by failures",
    statements: ["ALTER TABLE authpulse.usage_snapshots ADD COLUMN usage_people jsonb"],
  },
];
