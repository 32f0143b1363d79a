import assert from "node:assert/strict";
import { until, take, drainAll, peekAll } from "./waiting.mjs";

export async function sendAndComplete(client) {
  const sender = client.createSender("plain");
  await sender.sendMessages({ body: { hello: "world" }, messageId: "m1", subject: "greeting", applicationProperties: { color: "green" } });
  const receiver = client.createReceiver("plain");
  const [message] = await take(receiver, 1);
  assert.deepEqual(message.body, { hello: "world" });
  assert.equal(message.messageId, "m1");
  assert.equal(message.subject, "greeting");
  assert.equal(message.applicationProperties.color, "green");
  assert.equal(message.deliveryCount, 0);
  assert.ok(message.lockToken);
  assert.ok(message.lockedUntilUtc > new Date());
  assert.ok(message.enqueuedTimeUtc instanceof Date);
  assert.ok(message.sequenceNumber.toNumber() > 0);
  await receiver.completeMessage(message);
  assert.equal((await peekAll(receiver)).length, 0);
}

export async function sendBatch(client) {
  const sender = client.createSender("plain");
  const batch = await sender.createMessageBatch();
  for (let i = 0; i < 50; i++) {
    assert.ok(batch.tryAddMessage({ body: `message ${i}`, messageId: `b${i}` }));
  }
  await sender.sendMessages(batch);
  const receiver = client.createReceiver("plain");
  const received = await take(receiver, 50);
  assert.deepEqual(received.map((m) => m.body), [...Array(50).keys()].map((i) => `message ${i}`));
  await Promise.all(received.map((m) => receiver.completeMessage(m)));
}

export async function receiveAndDelete(client) {
  await client.createSender("plain").sendMessages([{ body: 1 }, { body: 2 }]);
  const receiver = client.createReceiver("plain", { receiveMode: "receiveAndDelete" });
  assert.deepEqual((await take(receiver, 2)).map((m) => m.body), [1, 2]);
  assert.equal((await peekAll(receiver)).length, 0);
}

export async function largeMessage(client) {
  const body = "x".repeat(700_000);
  await client.createSender("plain").sendMessages({ body });
  const receiver = client.createReceiver("plain");
  const [message] = await take(receiver, 1);
  assert.equal(message.body, body);
  await receiver.completeMessage(message);
}

export async function abandon(client) {
  await client.createSender("plain").sendMessages({ body: "again" });
  const receiver = client.createReceiver("plain");
  const [first] = await take(receiver, 1);
  await receiver.abandonMessage(first, { note: "later" });
  const [second] = await take(receiver, 1);
  assert.equal(second.deliveryCount, 1);
  assert.equal(second.applicationProperties.note, "later");
  assert.ok(second.sequenceNumber.eq(first.sequenceNumber));
  await receiver.completeMessage(second);
}

export async function defer(client) {
  await client.createSender("plain").sendMessages({ body: "deferred" });
  const receiver = client.createReceiver("plain");
  const [message] = await take(receiver, 1);
  await receiver.deferMessage(message);
  const [peeked] = await peekAll(receiver);
  assert.equal(peeked.state, "deferred");
  const [again] = await receiver.receiveDeferredMessages(message.sequenceNumber);
  assert.equal(again.body, "deferred");
  await receiver.completeMessage(again);
  assert.equal((await peekAll(receiver)).length, 0);
}

export async function deadLetter(client) {
  await client.createSender("plain").sendMessages({ body: "bad", applicationProperties: { kept: 1 } });
  const receiver = client.createReceiver("plain");
  const [message] = await take(receiver, 1);
  await receiver.deadLetterMessage(message, { deadLetterReason: "broken", deadLetterErrorDescription: "it is broken", extra: "more" });
  const dead = client.createReceiver("plain", { subQueueType: "deadLetter" });
  const [peeked] = await dead.peekMessages(1);
  assert.equal(peeked.deadLetterReason, "broken");
  const [letter] = await take(dead, 1);
  assert.equal(letter.body, "bad");
  assert.equal(letter.deadLetterReason, "broken");
  assert.equal(letter.deadLetterErrorDescription, "it is broken");
  assert.equal(letter.applicationProperties.kept, 1);
  assert.equal(letter.applicationProperties.extra, "more");
  await dead.completeMessage(letter);
  assert.equal((await peekAll(dead)).length, 0);
}

export async function maxDeliveryCount(client) {
  await client.createSender("impatient").sendMessages({ body: "poison" });
  const receiver = client.createReceiver("impatient");
  for (let i = 0; i < 3; i++) {
    const [message] = await take(receiver, 1);
    assert.equal(message.deliveryCount, i);
    await receiver.abandonMessage(message);
  }
  const dead = client.createReceiver("impatient", { subQueueType: "deadLetter" });
  const [letter] = await take(dead, 1);
  assert.equal(letter.deadLetterReason, "MaxDeliveryCountExceeded");
  await dead.completeMessage(letter);
}

export async function scheduleAndCancel(client) {
  const sender = client.createSender("plain");
  const receiver = client.createReceiver("plain");
  const [never] = await sender.scheduleMessages({ body: "never" }, new Date(Date.now() + 300_000));
  assert.equal((await peekAll(receiver))[0].state, "scheduled");
  await sender.cancelScheduledMessages(never);
  assert.equal((await peekAll(receiver)).length, 0);
  const start = Date.now();
  const [soon] = await sender.scheduleMessages({ body: "soon" }, new Date(start + 1500));
  assert.ok(soon.toNumber() > 0);
  const [message] = await take(receiver, 1);
  assert.equal(message.body, "soon");
  assert.ok(Date.now() - start >= 1400, "it came before its time");
  await receiver.completeMessage(message);
  assert.equal((await peekAll(receiver)).length, 0);
}

export async function peek(client) {
  const sender = client.createSender("plain");
  await sender.sendMessages([{ body: 1 }, { body: 2 }, { body: 3 }]);
  const receiver = client.createReceiver("plain");
  const [first, second] = await receiver.peekMessages(2);
  assert.deepEqual([first.body, second.body], [1, 2]);
  assert.deepEqual((await receiver.peekMessages(2)).map((m) => m.body), [3]);
  const again = await receiver.peekMessages(5, { fromSequenceNumber: second.sequenceNumber });
  assert.deepEqual(again.map((m) => m.body), [2, 3]);
  await drainAll(receiver, 3);
}

export async function renewLock(client) {
  await client.createSender("short").sendMessages({ body: "slow" });
  const receiver = client.createReceiver("short", { maxAutoLockRenewalDurationInMs: 0 });
  const [message] = await take(receiver, 1);
  const before = message.lockedUntilUtc;
  const after = await until(async () => {
    const renewed = await receiver.renewMessageLock(message);
    return renewed > before && Date.now() > before.getTime() + 300 ? renewed : undefined;
  });
  assert.ok(after > before);
  await receiver.completeMessage(message);
}

export async function lockExpiry(client) {
  await client.createSender("short").sendMessages({ body: "slow" });
  const receiver = client.createReceiver("short", { maxAutoLockRenewalDurationInMs: 0 });
  const [first] = await take(receiver, 1);
  const [second] = await take(receiver, 1);
  assert.equal(second.deliveryCount, 1);
  await assert.rejects(receiver.completeMessage(first), (e) => e.code === "MessageLockLost");
  await receiver.completeMessage(second);
}

export async function timeToLive(client) {
  const sender = client.createSender("plain");
  await sender.sendMessages([{ body: "brief", timeToLive: 200 }, { body: "lasting" }]);
  const receiver = client.createReceiver("plain");
  await until(async () => (await peekAll(receiver)).length === 1);
  const [message] = await take(receiver, 1);
  assert.equal(message.body, "lasting");
  await receiver.completeMessage(message);

  await client.createSender("expiring").sendMessages({ body: "late", timeToLive: 100 });
  const dead = client.createReceiver("expiring", { subQueueType: "deadLetter" });
  const [letter] = await take(dead, 1);
  assert.equal(letter.deadLetterReason, "TTLExpiredException");
  await dead.completeMessage(letter);
}

export async function duplicateDetection(client) {
  const sender = client.createSender("once");
  await sender.sendMessages({ body: 1, messageId: "same" });
  await sender.sendMessages({ body: 2, messageId: "same" });
  await sender.sendMessages({ body: 3, messageId: "other" });
  const receiver = client.createReceiver("once");
  assert.deepEqual((await peekAll(receiver)).map((m) => m.body), [1, 3]);
  await drainAll(receiver, 2);
}

export async function subscribe(client) {
  const sender = client.createSender("plain");
  const receiver = client.createReceiver("plain");
  const seen = [];
  const subscription = receiver.subscribe(
    { processMessage: async (m) => void seen.push(m.body), processError: async (e) => console.error(e.error) },
    { maxConcurrentCalls: 5 });
  await sender.sendMessages([...Array(100).keys()].map((body) => ({ body })));
  await until(() => seen.length === 100);
  assert.deepEqual([...seen].sort((a, b) => a - b), [...Array(100).keys()]);
  await until(async () => (await peekAll(receiver)).length === 0);
  await subscription.close();
}

export async function emptyReceive(client) {
  const receiver = client.createReceiver("plain");
  assert.deepEqual(await receiver.receiveMessages(5, { maxWaitTimeInMs: 300 }), []);
  await client.createSender("plain").sendMessages({ body: "after the drain" });
  const [message] = await take(receiver, 1);
  assert.equal(message.body, "after the drain");
  await receiver.completeMessage(message);
}

export async function closedReceiver(client) {
  await client.createSender("plain").sendMessages([{ body: 1 }, { body: 2 }]);
  const first = client.createReceiver("plain");
  await take(first, 2);
  await first.close();
  const second = client.createReceiver("plain");
  const received = await take(second, 2);
  assert.deepEqual(received.map((m) => [m.body, m.deliveryCount]), [[1, 0], [2, 0]]);
  await Promise.all(received.map((m) => second.completeMessage(m)));
}

export async function unknownQueue(client) {
  await assert.rejects(client.createSender("missing").sendMessages({ body: 1 }), (e) => e.code === "MessagingEntityNotFound");
}
