import assert from "node:assert/strict";
import { until, take, drainAll } from "./waiting.mjs";

const send = (client, queue, sessionId, ...bodies) => client.createSender(queue).sendMessages(bodies.map((body) => ({ body, sessionId })));

export async function sessionByName(client) {
  await send(client, "sessions", "a", 1, 2, 3);
  await send(client, "sessions", "b", 9);
  const receiver = await client.acceptSession("sessions", "a");
  assert.equal(receiver.sessionId, "a");
  assert.ok(receiver.sessionLockedUntilUtc > new Date());
  const received = await take(receiver, 3);
  assert.deepEqual(received.map((m) => [m.body, m.sessionId]), [[1, "a"], [2, "a"], [3, "a"]]);
  await Promise.all(received.map((m) => receiver.completeMessage(m)));
  await receiver.close();
  const other = await client.acceptSession("sessions", "b");
  await drainAll(other, 1);
  await other.close();
}

export async function nextSession(client) {
  const waiting = client.acceptNextSession("sessions");
  await send(client, "sessions", "n1", "one");
  const first = await waiting;
  assert.equal(first.sessionId, "n1");
  await send(client, "sessions", "n2", "two");
  const second = await client.acceptNextSession("sessions");
  assert.equal(second.sessionId, "n2");
  await drainAll(first, 1);
  await drainAll(second, 1);
  await first.close();
  await second.close();
}

export async function noNextSession(client, connectionString) {
  const { ServiceBusClient } = await import("@azure/service-bus");
  const impatient = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0, timeoutInMs: 5_000 } });
  await assert.rejects(impatient.acceptNextSession("sessions"), (e) => ["ServiceTimeout", "SessionCannotBeLocked"].includes(e.code));
  // Its connection stays open: the wait that has ended must not take the session.
  await send(client, "sessions", "late", 1);
  const receiver = await client.acceptNextSession("sessions");
  await drainAll(receiver, 1);
  await impatient.close();
}

export async function exclusiveSession(client) {
  await send(client, "sessions", "x", 1);
  const holder = await client.acceptSession("sessions", "x");
  await assert.rejects(client.acceptSession("sessions", "x"), (e) => e.code === "SessionCannotBeLocked");
  await holder.close();
  const next = await client.acceptSession("sessions", "x");
  const [message] = await take(next, 1);
  assert.equal(message.deliveryCount, 0);
  await next.completeMessage(message);
  await next.close();
}

export async function sessionState(client) {
  await send(client, "sessions", "s", 1);
  const receiver = await client.acceptSession("sessions", "s");
  assert.equal(await receiver.getSessionState(), null);
  await receiver.setSessionState({ step: 7 });
  assert.deepEqual(await receiver.getSessionState(), { step: 7 });
  await drainAll(receiver, 1);
  await receiver.close();
  const again = await client.acceptSession("sessions", "s");
  assert.deepEqual(await again.getSessionState(), { step: 7 });
  await again.setSessionState(null);
  await again.close();
}

export async function sessionOrder(client) {
  await send(client, "sessions", "o", ...Array(100).keys());
  const receiver = await client.acceptSession("sessions", "o");
  const seen = [];
  receiver.subscribe({ processMessage: async (m) => void seen.push(m.body), processError: async (e) => console.error(e.error) }, { maxConcurrentCalls: 1 });
  await until(() => seen.length === 100);
  assert.deepEqual(seen, [...Array(100).keys()]);
  await receiver.close();
}

export async function sessionLockExpiry(client) {
  await send(client, "shortsessions", "e", 1);
  const holder = await client.acceptSession("shortsessions", "e", { maxAutoLockRenewalDurationInMs: 0 });
  const [message] = await take(holder, 1);
  const next = await until(() => client.acceptSession("shortsessions", "e", { maxAutoLockRenewalDurationInMs: 0 }).catch(() => undefined));
  await assert.rejects(holder.completeMessage(message), (e) => e.code === "SessionLockLost");
  const [again] = await take(next, 1);
  assert.equal(again.deliveryCount, 1);
  await next.completeMessage(again);
  await next.close();
}

export async function renewSessionLock(client) {
  await send(client, "shortsessions", "r", 1);
  const receiver = await client.acceptSession("shortsessions", "r", { maxAutoLockRenewalDurationInMs: 0 });
  const before = receiver.sessionLockedUntilUtc;
  await until(async () => (await receiver.renewSessionLock()) && Date.now() > before.getTime() + 300);
  await drainAll(receiver, 1);
  await receiver.close();
}

export async function sessionPeekAndDefer(client) {
  await send(client, "sessions", "p", 1, 2);
  await send(client, "sessions", "q", 3);
  const receiver = await client.acceptSession("sessions", "p");
  assert.deepEqual((await receiver.peekMessages(10)).map((m) => m.body), [1, 2]);
  const [first] = await take(receiver, 1);
  await receiver.deferMessage(first);
  const [deferred] = await receiver.receiveDeferredMessages([first.sequenceNumber]);
  assert.equal(deferred.body, 1);
  await receiver.completeMessage(deferred);
  await drainAll(receiver, 1);
  await receiver.close();
  const other = await client.acceptSession("sessions", "q");
  await drainAll(other, 1);
  await other.close();
}

export async function sessionRequired(client) {
  await assert.rejects(client.createSender("sessions").sendMessages({ body: "homeless" }));
  await assert.rejects(client.createReceiver("sessions").receiveMessages(1, { maxWaitTimeInMs: 500 }));
}
