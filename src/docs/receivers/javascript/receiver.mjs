// Takes notifications. Node 18 or newer and nothing else: SIGNATURE_KEY=… PORT=8081 node receiver.mjs
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

// The key, and while it is being replaced the one before it too.
const KEYS = [process.env.SIGNATURE_KEY, process.env.SIGNATURE_KEY_BEFORE].filter(Boolean);
const TOLERANCE = 5 * 60; // seconds, for webhook-timestamp
const LARGEST = 32 * 1024 * 1024;
if (KEYS.length === 0) {
  console.error('set SIGNATURE_KEY to what the instance has as event.notification.signature.key');
  process.exit(1);
}

function sign(key, ...parts) {
  const hmac = createHmac('sha256', key);
  parts.forEach((part) => hmac.update(part));
  return hmac.digest('base64');
}

/** In constant time; the length is no secret. */
function same(wanted, given) {
  const [one, other] = [Buffer.from(wanted), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function standardKey(key) {
  return key.startsWith('whsec_') ? Buffer.from(key.slice('whsec_'.length), 'base64') : key;
}

/** Either key will do: for a day after a change both signatures are sent. */
function standardWebhooks(headers, body) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = headers;
  if (!(Math.abs(Date.now() / 1000 - Number(time)) <= TOLERANCE)) {
    return false; // also for what is no number
  }
  return KEYS.some((key) => {
    const wanted = 'v1,' + sign(standardKey(key), `${id}.${time}.`, body);
    return signatures.split(' ').some((given) => same(wanted, given));
  });
}

/** As Open Connectors signs: neither time nor headers, and the new key's only. */
function elements(headers, body) {
  const given = headers['elements-webhook-signature'] ?? '';
  return KEYS.some((key) => same('sha256=' + sign(key, body), given));
}

function genuine(headers, body) {
  return 'webhook-signature' in headers ? standardWebhooks(headers, body) : elements(headers, body);
}

/** Stands for your database: insert … on conflict (id) do nothing, committed before it returns. */
const rows = new Map();

async function store(id, body) {
  const isNew = !rows.has(id);
  if (isNew) {
    rows.set(id, body);
  }
  return isNew;
}

/** An objectId is Id|SyncToken, or the bare Id. */
function events(notification) {
  if ('specversion' in notification) { // a CloudEvent: quickbooks.invoices.created
    const [, resource, word] = notification.type.split('.');
    return [[word, resource, notification.subject]];
  }
  return notification.message.events.map((each) => [each.eventType, each.objectType, each.objectId.split('|')[0]]);
}

/** The bytes as they came: parsed and written again they would be others. */
async function read(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length > LARGEST) {
      return null;
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function receive(request, answer) {
  if (request.method !== 'POST') {
    return answer(405);
  }
  const body = await read(request);
  if (body === null) {
    return answer(413);
  }
  if (!genuine(request.headers, body)) {
    return answer(401);
  }
  const notification = JSON.parse(body);
  const id = 'specversion' in notification ? notification.id : notification.message.eventId;
  if (id !== request.headers['elements-webhook-id']) { // the one in the body is signed in any case
    return answer(401);
  }
  const isNew = await store(id, body);
  answer(200); // only now: what is not answered 2xx is sent again
  if (isNew) { // the work itself, in a worker of yours
    events(notification).forEach((event) => console.log(...event));
  }
}

const server = createServer((request, response) => {
  const answer = (status) => response.writeHead(status).end();
  receive(request, answer).catch((error) => {
    console.error(error);
    if (!response.headersSent) {
      answer(500); // it is sent again
    }
  });
});
server.listen(Number(process.env.PORT ?? 8081), '127.0.0.1', () => console.log('listening on', server.address().port));
