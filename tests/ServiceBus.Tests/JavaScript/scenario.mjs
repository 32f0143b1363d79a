// Runs one scenario of the official client against a broker: node scenario.mjs <name> <connection string>.
import assert from "node:assert/strict";
import { ServiceBusClient } from "@azure/service-bus";
import * as messages from "./messages.mjs";
import * as sessions from "./sessions.mjs";
import * as connections from "./connections.mjs";

const [name, connectionString] = process.argv.slice(2);
const scenario = { ...messages, ...sessions, ...connections }[name];
assert.ok(scenario, `there is no scenario ${name}`);

const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 3, retryDelayInMs: 50, timeoutInMs: 20_000 } });
try {
  await scenario(client, connectionString);
  console.log("passed");
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await client.close();
}
process.exit();
