import type { SeenAnswer } from "../../graph/recording.ts";

/** What the answers of one endpoint say of themselves. */
export interface AnswerShape {
  /** How many answers had each status, those of repeated tries too. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly contentTypes: readonly string[];
  /** `seconds`, `date`, `absent` where an answer asked to wait or to come later, or `of another form`. */
  readonly retryAfter: readonly string[];
  /** Names of headers that tell of limits. */
  readonly limitHeaders: readonly string[];
  /** Seconds that Graph's clock is ahead of this one; negative behind. Absent where it named no time. */
  readonly clockAhead?: number;
}

const BUSY = new Set([429, 503, 504]);
const LIMIT_HEADERS = [
  "x-ms-throttle-limit-percentage",
  "x-ms-throttle-scope",
  "ratelimit-limit",
  "ratelimit-remaining",
];
const OTHER = "of another form";

export function answerShapeOf(answers: readonly SeenAnswer[]): AnswerShape {
  const statuses: Record<string, number> = {};
  for (const { status } of answers) {
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  const distinct = (texts: readonly (string | undefined)[]): readonly string[] => [
    ...new Set(texts.filter((text) => text !== undefined)),
  ];
  const clockAhead = answers.map(aheadOf).find((seconds) => seconds !== undefined);
  return {
    statuses,
    contentTypes: distinct(answers.map(({ header }) => contentTypeOf(header("content-type")))),
    retryAfter: distinct(answers.filter(({ status }) => BUSY.has(status)).map(retryAfterOf)),
    limitHeaders: LIMIT_HEADERS.filter((name) => answers.some(({ header }) => header(name) !== undefined)),
    ...(clockAhead !== undefined && { clockAhead }),
  };
}

function contentTypeOf(text: string | undefined): string | undefined {
  return text === undefined || /^[\w/+.;= -]{1,160}$/.test(text) ? text : OTHER;
}

function retryAfterOf({ header }: SeenAnswer): string {
  const text = header("retry-after");
  if (text === undefined) {
    return "absent";
  }
  if (/^\d+$/.test(text)) {
    return "seconds";
  }
  return Number.isNaN(Date.parse(text)) ? OTHER : "date";
}

function aheadOf({ header, at }: SeenAnswer): number | undefined {
  const date = Date.parse(header("date") ?? "");
  return Number.isNaN(date) ? undefined : Math.round((date - at.getTime()) / 1000);
}
