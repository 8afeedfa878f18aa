import { PROBLEM_CODES } from "../../src/kernel/problem.ts";
import { usageView } from "../../src/reports/usage/usage-view.ts";
import type { Audience } from "../../src/views/audience.ts";
import { helpView } from "../../src/views/help.ts";
import { misunderstoodView, notInThisVersionView, welcomeView } from "../../src/views/notice.ts";
import { problemView } from "../../src/views/problem.ts";
import { progressView } from "../../src/views/progress.ts";
import type { View } from "../../src/views/view.ts";
import { whoAmIView } from "../../src/views/whoami.ts";
import { BY_METHOD, MODEL_ROWS, NOW, SUGGESTIONS, snapshotOf } from "../views/samples.ts";

/** One view of every builder, with all that a view of it may carry. */
export function everyView(audience: Audience, foreign = "alex.kim@contoso.com"): View[] {
  const question = BY_METHOD;
  const reading = { misunderstood: true, suggestions: [], unknownWords: [foreign] } as const;
  const asked = { question, audience };
  return [
    usageView({ snapshot: snapshotOf(MODEL_ROWS), ...asked }),
    usageView({
      ...asked,
      snapshot: snapshotOf(MODEL_ROWS, {
        period: "D1",
        reader: "legacy",
        readAt: new Date(NOW.getTime() - 86_400_000),
        notes: [{ kind: "legacy-instead-of-events" }, { kind: "events-in-the-future", count: 1 }],
      }),
      corrections: [{ said: foreign, read: "usage" }],
      refined: true,
      refreshed: true,
      nextReadAt: NOW,
      onlyYou: true,
      base: question,
    }),
    usageView({ snapshot: snapshotOf([]), ...asked }),
    usageView({
      snapshot: snapshotOf(MODEL_ROWS),
      question: { command: "usage", options: { by: "feature" } },
      audience,
    }),
    ...PROBLEM_CODES.map((code) =>
      problemView({
        ...asked,
        code,
        facts: {
          retryAt: new Date(NOW.getTime() + 40_000),
          status: 503,
          graphCode: foreign,
          permission: foreign,
        },
        correlationId: "7f3a9c21",
        lastReadAt: NOW,
        account: foreign,
      }),
    ),
    progressView({ pages: 12, rows: 11_840, waitingUntil: NOW, ...asked }),
    progressView({ pages: 0, rows: 0, ...asked, onlyYou: true, base: question }),
    helpView({ available: SUGGESTIONS, audience, allowed: true }),
    whoAmIView({ tenantId: "t", userId: "u", name: foreign, allowed: false, roles: [], audience }),
    misunderstoodView({ reading, suggestions: SUGGESTIONS, audience }),
    notInThisVersionView({ words: foreign, available: SUGGESTIONS, ...asked }),
    welcomeView({ place: "team", suggestions: SUGGESTIONS, audience }),
  ];
}
