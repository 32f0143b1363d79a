import assert from "node:assert/strict";
import { ServiceBusClient } from "@azure/service-bus";
import { take, drainAll, peekAll } from "./waiting.mjs";

export async function manyConnections(client, connectionString) {
  const width = 20;
  for (let i = 0; i < 200; i += width) {
    await Promise.all([...Array(width).keys()].map(async () => {
      const fresh = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs: 10_000 } });
      await fresh.createSender("plain").sendMessages({ body: "hello" });
      await fresh.close();
    }));
  }
  await drainAll(client.createReceiver("plain"), 200);
}

export async function wrongKey(client, connectionString) {
  const other = new ServiceBusClient(connectionString.replace(/SharedAccessKey=[^;]*/, "SharedAccessKey=d3Jvbmc="), { retryOptions: { maxRetries: 0 } });
  await assert.rejects(other.createSender("plain").sendMessages({ body: 1 }), (e) => e.code === "UnauthorizedAccess");
  await other.close();
}

// The broker drops the connection when the second message is stored and before it is acknowledged.
export async function reconnect(client) {
  const sender = client.createSender("once");
  const receiver = client.createReceiver("once");
  await sender.sendMessages({ body: "before", messageId: "r1" });
  await drainAll(receiver, 1);
  await sender.sendMessages({ body: "after", messageId: "r2" });
  const [message] = await take(receiver, 1);
  assert.equal(message.body, "after");
  await receiver.completeMessage(message);
  assert.equal((await peekAll(receiver)).length, 0);
}
