import type { Call } from "./call.ts";
import { linkTo } from "./collection.ts";

const NEXT = "@odata.nextLink";
const FOREIGN_ORIGIN = "https://graph.fabrikam.example";

/** The answer as a fault would have it; the same where the fault is none of the body or its links. */
export function spoil(call: Call, body: object): object {
  switch (call.fault?.kind) {
    case "wrong-shape":
      return { ...body, value: "rows" };
    case "wrong-row":
      return { ...body, value: [{ id: "00000000-0000-4000-8000-000000000000" }] };
    case "empty":
      return { ...without(body, NEXT), value: [] };
    case "repeated-link":
      return { ...body, [NEXT]: `${call.origin}${call.path}?${call.search}` };
    case "endless-links":
      return { ...body, [NEXT]: linkTo(call, 0, call.now) };
    case "foreign-link": {
      const link = new URL(linkTo(call, 0, call.now));
      return { ...body, [NEXT]: `${call.fault.origin ?? FOREIGN_ORIGIN}${link.pathname}${link.search}` };
    }
    default:
      return body;
  }
}

/** What a proxy or a sign-in page answers instead of JSON. */
export const SIGN_IN_PAGE =
  "<!DOCTYPE html><title>Sign in</title><p>Sign in to your network to continue.</p>";

function without(body: object, name: string): object {
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}
