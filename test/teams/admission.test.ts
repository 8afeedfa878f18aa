import { AsyncLocalStorage } from "node:async_hooks";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Admission, createAdmission, type TurnLimits } from "../../src/teams/admission.ts";

interface Entered {
  /** Lets in, now or later; else refused. */
  readonly isIn: boolean;
  readonly answer: Promise<string> | undefined;
}

interface Gate {
  readonly admission: Admission;
  /** What has begun and not ended, in that order. */
  readonly inside: string[];
  /** What onChange was told last. */
  readonly told: () => readonly [running: number, waiting: number];
  /** Asks to be let in. */
  enter(name: string, lane?: string): Entered;
  /** Ends what is inside, and lets the next ones begin. */
  end(name: string): Promise<void>;
}

const LIMITS: TurnLimits = { running: 2, waiting: 3, open: 100, refusals: 1 };

function gate(limits: Partial<TurnLimits> = {}, open: () => number = () => 0): Gate {
  let told: readonly [number, number] = [0, 0];
  const inside: string[] = [];
  const ends = new Map<string, () => void>();
  const admission = createAdmission({
    limits: { ...LIMITS, ...limits },
    open,
    onChange: (...numbers) => {
      told = numbers;
    },
  });
  return {
    admission,
    inside,
    told: () => told,
    enter(name, lane) {
      const answer = admission.admit(lane, async () => {
        inside.push(name);
        await new Promise<void>((resolve) => ends.set(name, resolve));
        inside.splice(inside.indexOf(name), 1);
        return name;
      });
      return { isIn: answer !== undefined, answer };
    },
    async end(name) {
      ends.get(name)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve = (_value: T): void => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe("an admission", () => {
  test("lets in as many as there are places, and the next one when one leaves", async () => {
    const { enter, end, inside, told } = gate();
    const answers = ["a", "b", "c", "d"].map((name) => enter(name));

    const before = [...inside];
    await end("a");

    expect(before).toEqual(["a", "b"]);
    expect(inside).toEqual(["b", "c"]);
    expect(told()).toEqual([2, 1]);
    await expect(answers[0]?.answer).resolves.toBe("a");
  });

  test("refuses at once what comes when the queue is full", () => {
    const { enter, told } = gate();

    const answers = ["a", "b", "c", "d", "e", "f"].map((name) => enter(name));

    expect(answers.map(({ isIn }) => isIn)).toEqual([true, true, true, true, true, false]);
    expect(told()).toEqual([2, 3]);
  });

  test("has turns of a lane follow each other while others pass them", async () => {
    const { enter, end, inside } = gate();
    enter("first", "chat");
    enter("second", "chat");
    enter("third", "chat");

    enter("other", "another chat");
    const before = [...inside];
    await end("first");
    await end("other");

    expect(before).toEqual(["first", "other"]);
    expect(inside).toEqual(["second"]);
  });

  test("lets nobody of a lane overtake who waits in it", async () => {
    const { enter, end, inside } = gate({ running: 1 });
    enter("other");
    enter("first", "chat");

    enter("second", "chat");
    await end("other");

    expect(inside).toEqual(["first"]);
  });

  test("gives the place on when the work leaves it early, and only once", async () => {
    const { admission, enter, inside, told } = gate({ running: 1 });
    let leave = (): void => undefined;
    const ended = deferred<void>();
    const answer = admission.admit("chat", async (leaveNow) => {
      leave = leaveNow;
      await ended.promise;
    });
    enter("next", "chat");

    leave();
    leave();
    await new Promise((resolve) => setImmediate(resolve));
    ended.resolve(undefined);
    await answer;

    expect(inside).toEqual(["next"]);
    expect(told()).toEqual([1, 0]);
  });

  test("gives on the place of work that fails", async () => {
    const { admission, told } = gate();

    const answer = admission.admit("chat", () => Promise.reject(new Error("broken")));

    await expect(answer).rejects.toThrow("broken");
    expect(told()).toEqual([0, 0]);
  });

  test("lets nobody in while too much goes on after its turn", () => {
    let open = 5;
    const { enter } = gate({ open: 5 }, () => open);

    const refused = enter("a");
    open = 4;

    expect(refused.isIn).toBe(false);
    expect(enter("b").isIn).toBe(true);
  });

  test("begins what waited as a part of its own request", async () => {
    const { admission, enter, end } = gate({ running: 1 });
    const request = new AsyncLocalStorage<string>();
    request.run("one", () => enter("a"));

    const seen = request.run("other", () => admission.admit(undefined, async () => request.getStore()));
    await request.run("one", () => end("a"));

    await expect(seen).resolves.toBe("other");
  });

  test("refuses so many with a message at once", async () => {
    const { admission } = gate({ refusals: 1 });
    const said = deferred<boolean>();

    const refusal = admission.refuse(() => said.promise);
    const another = await admission.refuse(() => Promise.resolve(true));
    said.resolve(true);

    expect(another).toBe(false);
    await expect(refusal).resolves.toBe(true);
    await expect(admission.refuse(() => Promise.resolve(true))).resolves.toBe(true);
  });

  test("has no more at its door than it can let in, or refuse with a message", () => {
    const { admission, enter } = gate({ running: 2, waiting: 1, refusals: 1 });
    enter("a");

    const [first, ...others] = Array.from({ length: 5 }, () => admission.arrive());
    first?.();
    first?.();
    const next = [admission.arrive(), admission.arrive()];

    expect(others.map((decided) => decided !== undefined)).toEqual([true, true, false, false]);
    expect(next.map((decided) => decided !== undefined)).toEqual([true, false]);
  });

  test("lets nobody but those to be refused come while too much goes on after its turn", () => {
    const { admission } = gate({ refusals: 1, open: 5 }, () => 5);

    const arrived = [admission.arrive(), admission.arrive()];

    expect(arrived.map((decided) => decided !== undefined)).toEqual([true, false]);
  });

  test("never has more inside than places, keeps the order of a lane, and loses nobody", async () => {
    const step = fc.tuple(fc.constantFrom("come", "go"), fc.integer({ min: 0, max: 4 }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { letIn, begun, most } = await follow(steps);

        expect(most).toBeLessThanOrEqual(3);
        expect([...begun].sort()).toEqual([...letIn].sort());
        for (const lane of ["1", "2", "3", "4"]) {
          const ofLane = begun.filter((name) => name.startsWith(lane));
          expect(ofLane).toEqual([...ofLane].sort());
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Lets people of five lanes come and go, of which the first stands for none; ends when everybody has gone. */
async function follow(steps: readonly (readonly [step: string, number: number])[]) {
  const { enter, end, inside } = gate({ running: 3, waiting: 5 });
  const letIn: string[] = [];
  const begun: string[] = [];
  let most = 0;
  const look = (): void => {
    most = Math.max(most, inside.length);
    begun.push(...inside.filter((name) => !begun.includes(name)));
  };
  for (const [index, [step, number]] of steps.entries()) {
    const name = `${number} ${String(index).padStart(2, "0")}`;
    if (step === "go") {
      await end(inside[number % 3] ?? "");
    } else if (enter(name, number === 0 ? undefined : `${number}`).isIn) {
      letIn.push(name);
    }
    look();
  }
  while (inside[0] !== undefined) {
    await end(inside[0]);
    look();
  }
  return { letIn, begun, most };
}
