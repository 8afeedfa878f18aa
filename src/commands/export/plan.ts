import type { ExportOrder } from "../../export/exports.ts";
import { spoolTable } from "../../export/table.ts";
import type { Clock } from "../../kernel/clock.ts";
import { optionsOwner } from "../../language/commands.ts";
import type { Question } from "../../language/question.ts";
import { calendarOf, knownZone } from "../../views/format.ts";
import { questionTitle } from "../../views/question-title.ts";
import type { Fact } from "../../views/view.ts";
import type { Asking, Turn } from "../answer.ts";
import { wantsNew } from "../reports/from-reading.ts";
import { failingSource, peopleSource, registrationSource } from "./people.ts";
import type { Asked, Contents, ReportSource, SourceParts } from "./source.ts";
import { failuresSource, usageSource } from "./tries.ts";

/** A question that can be answered by a file. */
export interface Plan {
  /** Title of the report. */
  readonly report: string;
  /** Of the file. */
  readonly name: string;
  readonly make: ExportOrder<unknown>["make"];
  /** What the file begins with; undefined until it is made. */
  told(): { readonly facts: readonly Fact[]; readonly readAt: Date } | undefined;
}

/** What is kept beside an export while it is pending. */
export interface Ordered {
  readonly question: Question;
  readonly plan: Plan;
}

interface PlanParts extends SourceParts {
  readonly clock: Clock;
}

/** Undefined where the question does not say which report, or which people. */
export function planOf(question: Question, turn: Turn, asking: Asking, parts: PlanParts): Plan | undefined {
  const { report: _report, ...options } = question.options;
  const asked: Asked = { options, turn, wantsNew: wantsNew(turn, asking) };
  const about = { question, turn, parts };
  switch (question.options.report) {
    case "usage":
      return planned(usageSource(asked, parts), about);
    case "failures":
      return planned(failuresSource(asked, parts), about);
    case "registration":
      return planned(registrationSource(asked, parts), about);
    case "people":
      if (options.filter === "failing") {
        return planned(failingSource(asked, parts), about);
      }
      return options.filter && planned(peopleSource(options.filter, asked, parts), about);
    default:
      return undefined;
  }
}

interface About {
  readonly question: Question;
  readonly turn: Turn;
  readonly parts: PlanParts;
}

function planned<Record>({ table, read }: ReportSource<Record>, about: About): Plan {
  const { question, turn, parts } = about;
  const { report: _report, ...options } = question.options;
  let contents: Contents | undefined;
  return {
    report: questionTitle({ command: optionsOwner(question), options }, turn.audience.words),
    name: fileName(question, turn),
    make: (spool, spooling) =>
      spoolTable(
        spool,
        table,
        async (write, signal) => {
          const exportedAt = parts.clock.now();
          const source = await parts.source();
          const { facts, ...head } = await read(write, signal);
          contents = { facts, ...head };
          return { exportedAt, source, ...head };
        },
        spooling,
      ),
    told: () => contents,
  };
}

/** "authpulse-people-without-mfa-2026-11-21.csv": the day is that of whoever asks. */
function fileName({ options }: Question, { audience }: Turn): string {
  const { report, filter, feature, method, period, scope } = options;
  const { year, month, day } = calendarOf(knownZone(audience.timeZone))(audience.now);
  const date = [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
  const said = [report, filter, feature, method, scope, period && PERIOD_NAMES[period], date];
  return `authpulse-${said.filter((part) => part !== undefined).join("-")}.csv`;
}

const PERIOD_NAMES = { D1: "1-day", D7: "7-days", D30: "30-days" } as const;
