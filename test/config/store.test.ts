import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, loadConfig, settingsReport } from "../../src/config.ts";

const TENANT = "7f1e6f52-3c1b-4c8e-9a55-0d2f4f1c6a01";

function loaded(url: string): ReturnType<typeof loadConfig> {
  return loadConfig({ AZURE_TENANT_ID: TENANT, DATABASE_URL: url }, "serve");
}

function databaseUrl(url: string): Config["databaseUrl"] {
  const result = loaded(url);
  return "config" in result ? result.config.databaseUrl : settingsReport(result.problems);
}

describe("DATABASE_URL", () => {
  test.each(["", "  "])("is not needed: '%s' is the embedded database in its folder", (url) => {
    const result = loaded(url);

    expect(result).toMatchObject({ config: { dataDirectory: join(process.cwd(), ".data") } });
    expect(result).not.toHaveProperty("config.databaseUrl");
  });

  test.each([
    "postgres://user:secret@db.example.com:5432/authpulse?sslmode=verify-full",
    "postgresql://db.example.com",
    "POSTGRES://user@[::1]/authpulse",
    "postgres://user%40tenant:p%40ss%2Fw%23rd%25@db.example.com/auth%20pulse",
    "postgres:///authpulse?host=/var/run/postgresql",
    "postgres://user:secret@/authpulse?host=/var/run/postgresql",
  ])("takes %s as it is", (url) => {
    expect(databaseUrl(` ${url} `)).toBe(url);
  });

  test.each([
    ["another scheme", "mysql://user:canary@db.example.com/authpulse"],
    ["no scheme", "user:canary@db.example.com/authpulse"],
    ["the words of libpq", "host=db.example.com password=canary"],
    ["a port that is none", "postgres://user:canary@db.example.com:port/authpulse"],
    ["an @ in a password after a slash", "postgres://user:12/canary@db.example.com/authpulse"],
    ["a question mark in a password", "postgres://user:12?canary@db.example.com/authpulse"],
    ["a hash in a password", "postgres://user:12#canary@db.example.com/authpulse"],
    ["a per cent sign in a password", "postgres://user:canary%@db.example.com/authpulse"],
  ])("refuses %s, with what to write, and does not print it", (_what, url) => {
    const result = loaded(url);

    expect(result).toMatchObject({ problems: [{ setting: "DATABASE_URL" }] });
    const report = "problems" in result ? settingsReport(result.problems) : "";
    expect(report).toMatch(/postgres:\/\/user:password@host:5432\/database.*%40 for @.*embedded database/);
    expect(report).not.toMatch(/canary|example\.com/);
  });
});
