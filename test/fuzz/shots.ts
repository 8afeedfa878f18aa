import fc from "fast-check";
import { BREAKDOWNS, COMMAND_IDS, FEATURES, FILTERS, REPORTS, SCOPES } from "../../src/language/question.ts";
import { PERIODS } from "../../src/ports/usage.ts";
import { METHOD_FAMILIES } from "../../src/reference/methods.ts";
import { VIEWERS } from "../../src/sample-tenant/viewers.ts";
import { FORM_INPUTS, VERBS } from "../../src/views/view.ts";
import { TENANT } from "../support/activities.ts";
import { sealed } from "../support/running-bot.ts";

/** Where nothing may ever be posted: every activity of another tenant names a conversation that begins so. */
export const FOREIGN_CHAT = "a:foreign";
const FOREIGN_TENANT = "8a2f7063-4d2c-4d9f-8b66-1e3a5a2d7b02";

/** Any UTF-16, also halves of characters. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), {
    maxLength: 30,
  })
  .map((units) => String.fromCharCode(...units));

const hugeText = fc.constantFrom(1_000, 20_000).map((length) => "usage ".repeat(length / 6));

const deep = fc.integer({ min: 1, max: 400 }).map((depth) => {
  let value: unknown = "end";
  for (let level = 0; level < depth; level += 1) {
    value = level % 2 ? [value] : { value };
  }
  return value;
});

/** Own properties of these names, as JSON can bring them. */
const withPrototypeKeys = fc
  .constantFrom("__proto__", "constructor", "prototype", "toString")
  .map((name): unknown => JSON.parse(`{"${name}":{"isAdmin":true,"tenantId":"${TENANT}"},"id":"x"}`));

/** Anything that JSON can bring in a place where it was not expected. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  anyText,
  withPrototypeKeys,
  { arbitrary: deep, weight: 1 },
  { arbitrary: hugeText, weight: 1 },
);

/** Mostly what it should be. */
function mostly<T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<unknown> = odd): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: right, weight: 12 }, { arbitrary: wrong, weight: 1 });
}

const words = fc.constantFrom(
  ...[
    "help",
    "who am i",
    "sspr usage by method",
    "mfa registration",
    "overview",
    "digest",
    "digest subscribe",
  ],
  ...[
    "digest week 46",
    "digest pause",
    "digest send now",
    "user adele@contoso.example",
    "people not registered",
  ],
  ...[
    "failures by reason",
    "trend 12 weeks",
    "export usage",
    "audit 30 days",
    "not capable",
    "7 days",
    "only sms",
  ],
);

const text = fc.oneof(
  words,
  fc.tuple(words, anyText).map((parts) => parts.join(" ")),
  words.map((said) => `<at>AuthPulse</at> ${said}`),
  anyText,
  hugeText,
  fc.constant(""),
);

const positive = fc.integer({ min: -1, max: 1_200 });
const options = fc.record(
  {
    by: mostly(fc.constantFrom(...BREAKDOWNS)),
    feature: mostly(fc.constantFrom(...FEATURES)),
    method: mostly(fc.constantFrom(...METHOD_FAMILIES)),
    period: mostly(fc.constantFrom(...PERIODS)),
    scope: mostly(fc.constantFrom(...SCOPES)),
    weeks: mostly(positive),
    filter: mostly(fc.constantFrom(...FILTERS)),
    user: mostly(fc.oneof(anyText, fc.constant("adele@contoso.example"))),
    report: mostly(fc.constantFrom(...REPORTS)),
    week: mostly(positive),
  },
  { requiredKeys: [] },
);
const question = fc.record({
  command: mostly(fc.constantFrom(...COMMAND_IDS)),
  options: mostly(fc.oneof(fc.constant({}), options)),
});

const formText = fc.oneof(
  anyText,
  fc.constantFrom("1", "13:00", "Europe/Berlin", "25:99", "advice,advice", "__proto__"),
);
const form = fc.record(Object.fromEntries(FORM_INPUTS.map((id) => [id, mostly(formText)])), {
  requiredKeys: [],
});

const chats = ["a:personal", "19:channel@thread.tacv2;messageid=1", "19:group@thread.v2"] as const;
const button = fc
  .record({
    verb: mostly(fc.constantFrom(...VERBS)),
    data: mostly(
      fc
        .record(
          { v: mostly(fc.constant(1)), question, base: question, form },
          { requiredKeys: ["v", "question", "form"] },
        )
        .map(({ form: values, ...data }) => ({ ...data, ...values })),
    ),
    sealedFor: fc.oneof(fc.constantFrom(...chats), fc.constant(undefined)),
  })
  .map(({ verb, data, sealedFor }) => {
    const pressed = { title: "x", verb: verb as string, data };
    return sealedFor === undefined ? pressed : sealed(pressed, sealedFor);
  });

const pressed = button.map(({ verb, data }) => ({
  action: { type: "Action.Execute", verb, data },
  trigger: "manual",
}));
const submitted = button.map(({ verb, data }) =>
  typeof data === "object" && data !== null ? { ...data, verb } : data,
);

/** Nobody among them holds a permission. */
const from = fc.record(
  {
    id: mostly(fc.constantFrom("29:nobody", "28:authpulse")),
    name: mostly(fc.constant("Alex Kim"), anyText),
    aadObjectId: mostly(fc.oneof(fc.constant(VIEWERS.noRole.id), fc.uuid())),
    tenantId: mostly(fc.constant(TENANT)),
  },
  { requiredKeys: ["id"] },
);

const place = fc.constantFrom(...chats).map((id) => ({
  conversation: {
    id,
    tenantId: TENANT,
    conversationType: id.startsWith("a:") ? "personal" : id.includes("tacv2") ? "channel" : "groupChat",
  },
  channelData: { tenant: { id: TENANT }, team: { id: "19:team@thread.tacv2" } },
}));
const foreignPlace = fc
  .tuple(fc.constantFrom(FOREIGN_TENANT, "", TENANT), fc.constantFrom(FOREIGN_TENANT, `${TENANT}x`, null))
  .map(([first, second]) => ({
    conversation: { id: `${FOREIGN_CHAT}`, conversationType: "personal", tenantId: second ?? FOREIGN_TENANT },
    channelData: { tenant: { id: first } },
  }));

const TYPES = [
  "message",
  "invoke",
  "installationUpdate",
  "conversationUpdate",
  "messageReaction",
  "typing",
  "event",
];

/** One activity: whole, with something odd in it, or of another tenant. */
function activity(serviceUrl: string): fc.Arbitrary<object> {
  const kinds = fc.oneof(
    fc.record({ type: fc.constant("message"), text }),
    fc.record({
      type: fc.constant("message"),
      value: mostly(submitted),
      replyToId: fc.constantFrom("m1", undefined),
    }),
    fc.record({
      type: fc.constant("invoke"),
      name: mostly(
        fc.constant("adaptiveCard/action"),
        fc.constantFrom("fileConsent/invoke", "signin/tokenExchange"),
      ),
      value: mostly(pressed),
      replyToId: fc.constantFrom("m1", undefined),
    }),
    fc.record({
      type: mostly(fc.constantFrom(...TYPES)),
      action: mostly(fc.constantFrom("add", "remove", "add-upgrade")),
      membersAdded: mostly(fc.constantFrom([], [{ id: "28:authpulse" }], [{ id: null }])),
      text,
    }),
  );
  const around = fc.record({
    id: mostly(fc.uuid()),
    from: mostly(from),
    where: fc.oneof({ arbitrary: place, weight: 6 }, { arbitrary: foreignPlace, weight: 1 }),
    locale: mostly(fc.constantFrom("en-GB", "de-DE"), anyText),
    entities: mostly(fc.constantFrom([], [{ type: "clientInfo", timezone: "Europe/Berlin" }], [null, 1])),
  });
  const spoilt = fc.dictionary(
    fc.constantFrom(
      "type",
      "from",
      "conversation",
      "channelData",
      "recipient",
      "serviceUrl",
      "value",
      "entities",
    ),
    odd,
    { maxKeys: 2 },
  );
  return fc
    .tuple(
      kinds,
      around,
      fc.oneof({ arbitrary: fc.constant({}), weight: 6 }, { arbitrary: spoilt, weight: 1 }),
    )
    .map(([kind, { where, ...rest }, changes]) => ({
      channelId: "msteams",
      serviceUrl,
      recipient: { id: "28:authpulse" },
      ...where,
      ...rest,
      ...kind,
      ...changes,
    }));
}

/** The body of one POST: mostly an activity, sometimes other JSON, or none. */
export function shots(serviceUrl: string): fc.Arbitrary<string> {
  return fc.oneof(
    { arbitrary: activity(serviceUrl).map((value) => JSON.stringify(value)), weight: 30 },
    { arbitrary: odd.map((value) => JSON.stringify(value)), weight: 1 },
    { arbitrary: anyText, weight: 1 },
  );
}
