// Waits for a condition by asking again; for messages by receiving until there are enough.
import Long from "long";

const limit = 15_000;

export async function until(condition) {
  const end = Date.now() + limit;
  while (Date.now() < end) {
    const value = await condition();
    if (value) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("waited in vain");
}

export async function take(receiver, count) {
  const taken = [];
  const end = Date.now() + limit;
  while (taken.length < count && Date.now() < end) {
    taken.push(...(await receiver.receiveMessages(count - taken.length, { maxWaitTimeInMs: 5_000 })));
  }
  if (taken.length < count) {
    throw new Error(`${taken.length} of ${count} messages came`);
  }
  return taken;
}

export async function drainAll(receiver, count) {
  for (const message of await take(receiver, count)) {
    await receiver.completeMessage(message);
  }
}

// From the beginning: a receiver by itself goes on where it stopped.
export const peekAll = (receiver) => receiver.peekMessages(100, { fromSequenceNumber: Long.fromNumber(1) });
