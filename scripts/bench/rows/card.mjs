// A view becomes the JSON of a card: AuthPulse's renderer beside the templating library as its documentation uses it,
// a template made and filled for each call. Both fill the same templates with the same data.
import { deepStrictEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Template } from "adaptivecards-templating";
import { settingsOf, startTenant, temporaryFolder } from "../bots.mjs";
import { withAnswers } from "../core.mjs";
import { alternated } from "../pairs.mjs";
import { seed, TENANT_ID } from "../seed.mjs";

export const title = "card: a view becomes JSON";

const QUESTIONS = ["usage", "failures", "registration", "methods", "overview", "campaign"];

export async function measure({ root, load, quick, rounds }) {
  const views = await realViews({ root, load, quick });
  const { createRenderer } = await load("render/renderer.js");
  const { cardData } = await load("render/card-data.js");
  const templates = new Map(
    views.map(({ kind }) => [kind, JSON.parse(readFileSync(join(root, "cards", `${kind}.json`), "utf8"))]),
  );
  const renderer = createRenderer();
  const inputs = views.map((view) => ({ template: templates.get(view.kind), data: cardData(view) }));
  for (const [index, { template, data }] of inputs.entries()) {
    const card = new Template(template).expand({ $root: data });
    deepStrictEqual(renderer.card(views[index]), withoutNull(card));
  }

  const times = quick ? 3 : 60;
  let drawn = 0;
  // Another title makes another view.
  const first = () => {
    drawn += 1;
    return views.map((view) => ({ ...view, title: `${view.title} ${drawn}` }));
  };
  const drawAll = (all) => {
    for (const view of all) {
      renderer.card(view);
    }
  };
  const expandAll = () => {
    for (const { template, data } of inputs) {
      new Template(template).expand({ $root: data });
    }
  };
  const drawing = () => {
    const fresh = Array.from({ length: times }, first);
    return timed(times, (time) => drawAll(fresh[time]));
  };
  const again = () => timed(times * 20, () => drawAll(views));
  const expanding = () => timed(times, expandAll);
  for (const warm of [drawing, again, expanding]) {
    warm();
  }
  const rate = (milliseconds) => (views.length * 1000) / milliseconds;
  const compared = async (row, ours, target, note) => {
    const pairs = await alternated(
      rounds,
      () => rate(ours()),
      () => rate(expanding()),
    );
    return { row, reference: "new Template(t).expand(d)", unit: "cards/s", ...pairs, target, note };
  };
  return [
    await compared(
      "card: a first rendering",
      drawing,
      { atLeast: 1.4 },
      `the cards of ${QUESTIONS.join(", ")} in turn`,
    ),
    await compared("card: the same view again", again, { atLeast: 20 }),
  ];
}

/** The views of questions about a sample tenant. */
async function realViews({ root, load, quick }) {
  const folder = await temporaryFolder();
  const tenant = await startTenant({ root, people: quick ? 100 : 2500, tenantId: TENANT_ID });
  try {
    const settings = settingsOf(tenant, join(folder.path, "data"));
    await seed(load, settings);
    const views = [];
    await withAnswers(load, settings, async ({ viewOf }) => {
      for (const question of QUESTIONS) {
        views.push(await viewOf(question));
      }
    });
    return views;
  } finally {
    await tenant.stop();
    await folder.remove();
  }
}

/** Milliseconds that one of so many times takes. */
function timed(times, work) {
  const began = performance.now();
  for (let time = 0; time < times; time += 1) {
    work(time);
  }
  return (performance.now() - began) / times;
}

/** The library leaves null where an object's condition does not hold; AuthPulse takes it out. */
function withoutNull(card) {
  return JSON.parse(JSON.stringify(card, (_name, value) => value ?? undefined));
}
