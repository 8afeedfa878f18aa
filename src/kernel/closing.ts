/** What has been opened, so that it is closed in the opposite order. */
export interface Closing {
  /** `what` is how a log names it while its end is waited for. */
  add(what: string, close: () => Promise<void>): void;
  /** Closes everything, the latest first; a second call waits for the first. */
  closeAll(): Promise<void>;
  /** What is being closed right now. */
  waitingFor(): string | undefined;
}

/**
 * What fails to close does not keep the rest open: `closeAll` rejects with the first fault once all is closed.
 */
export function createClosing(): Closing {
  const opened: { readonly what: string; readonly close: () => Promise<void> }[] = [];
  let waitingFor: string | undefined;
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const faults: unknown[] = [];
    for (let next = opened.pop(); next; next = opened.pop()) {
      waitingFor = next.what;
      await next.close().catch((thrown: unknown) => faults.push(thrown));
    }
    waitingFor = undefined;
    if (faults.length > 0) {
      throw faults[0];
    }
  }

  return {
    add: (what, close) => void opened.push({ what, close }),
    closeAll() {
      closing ??= closeAll();
      return closing;
    },
    waitingFor: () => waitingFor,
  };
}
