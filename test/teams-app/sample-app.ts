import { en } from "../../src/reference/words/en.ts";
import { MANIFEST_FOLDER, type Packaged, packageTeamsApp } from "../../src/teams-app/package.ts";
import { type PackagingTools, packagingTools } from "../../src/teams-app/tools.ts";

export const BOT_ID = "3d2f6a10-5b7c-4e8d-9a01-2b3c4d5e6f70";
export const WEBSITE = "https://intranet.contoso.com/authpulse";

export const APP = {
  id: "7c1b9f52-0e4d-4a36-8f27-6d5e4c3b2a19",
  botId: BOT_ID,
  name: "AuthPulse",
  developer: "Contoso",
  website: WEBSITE,
  privacy: `${WEBSITE}/privacy`,
  terms: `${WEBSITE}/terms`,
};

export async function tools(): Promise<PackagingTools> {
  const installed = await packagingTools();
  if (!installed) {
    throw new Error("the packages for development are not installed");
  }
  return installed;
}

/** The package of the sample app, from the product's own template and icons. */
export async function packagedSample(folder: URL = MANIFEST_FOLDER, version = "0.1.0"): Promise<Packaged> {
  return packageTeamsApp({ app: APP, version, words: en, folder, tools: await tools() });
}
