// What one would begin with: the SDK's samples in one file. It answers each message with a constant card. Like
// AuthPulse without a registration it checks nobody's token.
// node bare-bot.mjs <port> <file with the activity to answer with>
import { readFileSync } from "node:fs";
import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from "botbuilder";
import restify from "restify";

const [port, file] = process.argv.slice(2);
const { summary, attachments } = JSON.parse(readFileSync(file, "utf8"));

const credentials = new ConfigurationServiceClientCredentialFactory({ MicrosoftAppType: "MultiTenant" });
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}, credentials));
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity({ type: "message", summary, attachments });
  await next();
});

const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.get("/healthz", async (_request, response) => {
  response.send(200, {});
});
server.post("/api/messages", async (request, response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
server.listen(Number(port), "127.0.0.1");
