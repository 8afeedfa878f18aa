const SECONDS = /^\d+$/;
/** Some thirty years: with more, times would end where a Date does. */
const MOST_SECONDS = 999_999_999;
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds that a Retry-After header asks for, in both forms of RFC 9110 section 10.2.3; 0 for a
 * date in the past, undefined when there is no header or it says nothing we understand.
 */
export function parseRetryAfter(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? "";
  if (SECONDS.test(text)) {
    return Math.min(Number(text), MOST_SECONDS) * 1000;
  }
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
