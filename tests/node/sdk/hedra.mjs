// A client of Hedra's API v3 against the simulated Hedra. The vendor has no client for Node (its own are Python and a Rust program, which
// the registry does not serve): this one makes the requests of its OpenAPI document 3.9.0.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const base = `${origin}/hedra`;
const client = (token, scheme = 'Key') => async (method, path, body) => {
  const isForm = body instanceof FormData;
  const response = await fetch(base + path, { method, headers: { ...(token && { authorization: `${scheme} ${token}` }), ...(body && !isForm && { 'content-type': 'application/json' }) }, body: isForm ? body : body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error.message), { status: response.status, ...answer.error });
  return { ...answer, http: response };
};
const hedra = client(key);
const upload = async (bytes, type) => { const form = new FormData(); form.append('file', new Blob([bytes], { type }), 'a'); return hedra('POST', '/files', form); };
const fault = (step, kind) => fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'hedra', step, kind, times: 1 }) });
const change = (body) => fetch(`${origin}/_sim/hedra`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const over = async (id, states = new Set()) => { await until(() => hedra('GET', `/jobs/${id}/status`), (j) => { states.add(j.status); return ['COMPLETED', 'FAILED'].includes(j.status); }); return hedra('GET', `/jobs/${id}`); };
const refused = (work, status, code, what) => check.throws(work, (e) => e.status === status && e.code === code, what);

check((await client(key, 'Bearer')('GET', '/balance')).currency === 'USD', 'both ways to show a key are taken');
const list = await client()('GET', '/models?modality=video');
check(list.data.some((m) => m.id === 'hedra-avatar') && list.data.every((m) => m.modality === 'video') && list.next_cursor === null, 'the catalogue needs no key');
const model = await client()('GET', '/models/kling-v3');
check(model.input_schema.properties.start_image.oneOf.length === 2 && model.input_schema.description.includes('(1) requires: '), 'a model tells its inputs, and which go together');

const file = await upload(await picture(), 'application/octet-stream');
check(file.http.status === 201 && file.content_type === 'image/png' && new Date(file.expires_at) > new Date(), 'a file is known by its bytes, for an hour');
const image = { source: 'url', url: file.url };
const input = { prompt: 'slow push in', aspect_ratio: '9:16', duration_ms: 3000, quality: 'standard', resolution: '720p', generate_audio: false, start_image: image };
check((await hedra('POST', '/models/kling-v3/estimate', { input })).cost === 0.252, 'the price is told before');
const submit = (body) => hedra('POST', '/models/kling-v3', body);
const ack = await submit({ input, idempotency_key: 'mine-1' });
check(ack.http.status === 202 && ack.http.headers.get('location') === ack.result_url && ack.status === 'IN_QUEUE', 'it is taken');
check((await submit({ input: { ...input, prompt: 'another' }, idempotency_key: 'mine-1' })).job_id === ack.job_id, 'the same key is the same job');
const states = new Set();
const first = await over(ack.job_id, states);
check(states.has('IN_PROGRESS') && first.status === 'COMPLETED' && first.prompt === 'slow push in', `states were ${[...states]}`);
check(first.cost === undefined, 'a finished job is charged a moment later');
const done = await hedra('GET', `/jobs/${ack.job_id}`);
check(done.cost === 0.252 && done.currency === 'USD' && done.outputs[0].url !== first.outputs[0].url, 'what was charged is told, and each look signs anew');
await film(done.outputs[0].url, 3, 'h264');
const voice = await upload(Buffer.from('ID3 a voice'), 'audio/mpeg');
const talk = { prompt: 'she smiles', aspect_ratio: '9:16', resolution: '540p', start_image: image, audio: { source: 'url', url: voice.url } };
await refused(() => hedra('POST', '/models/hedra-avatar/estimate', { input: talk }), 400, 'FAILED_PRECONDITION', 'an avatar is priced once its sound is measured');
check((await hedra('GET', '/jobs?limit=1')).data[0].model === 'kling-v3', 'jobs are listed');

const bad = (patch, reason, what) => check.throws(() => submit({ input: { ...input, ...patch } }), (e) => e.status === 400 && e.code === 'INVALID_ARGUMENT' && e.details[0].reason === reason, what);
await bad({ prompts: 'x' }, 'extra', 'an unknown field is refused');
await bad({ aspect_ratio: '4:5' }, 'enum', 'a value outside the list is refused');
await bad({ resolution: '1080p' }, 'mode', 'fields that do not go together are refused');
await bad({ start_image: { source: 'url', url: 'https://a.example/b.png' } }, 'url', 'an address of one\'s own is refused');
await bad({ start_image: { source: 'url', url: `${file.url}&x=1` } }, 'url', 'an upload\'s address is its name to the letter');
await bad({ start_image: { source: 'url', url: voice.url } }, 'media_type', 'a sound is no picture');
await change({ expire: true });
await bad({}, 'expired', 'an upload ends');
const image2 = { source: 'url', url: (await upload(await picture(), 'image/png')).url };
await refused(() => submit({ input: { ...input, start_image: image2, prompt: 'forbidden' } }), 422, 'MODERATION_FAILED', 'a refusal comes before it runs');
await change({ balance: 0.1 });
await check.throws(() => submit({ input: { ...input, start_image: image2 } }), (e) => e.status === 402 && e.billing.balance === 0.1 && e.billing.required === 0.252, 'an empty wallet says how much');
await change({ balance: 100 });
for (const [fate, state] of [['expired', 'EXPIRED'], ['spoilt', 'FAILED']]) {
  await fault('task', fate);
  const job = await over((await submit({ input: { ...input, start_image: image2 } })).job_id);
  check(job.status === 'COMPLETED' && job.outputs[0].status === state && job.outputs[0].url === null, `an output is ${state}`);
}
await fault('task', 'refuse');
const failed = await over((await submit({ input: { ...input, start_image: image2 } })).job_id);
check(failed.status === 'FAILED' && failed.error.code === 'MODERATION_FAILED' && failed.cost === 0, 'what failed costs nothing');
await check.throws(() => hedra('GET', '/models/sora-2-pro'), (e) => e.code === 'GONE' && e.replaced_by === 'kling-v3', 'a retired model names its successor');
await refused(() => hedra('GET', '/models/nothing'), 404, 'NOT_FOUND', 'an unknown model is not found');
await refused(() => hedra('GET', '/jobs/nothing'), 404, 'NOT_FOUND', 'an unknown job is not found');
await refused(() => client('wrong')('GET', '/balance'), 401, 'UNAUTHORIZED', 'a wrong key is refused');

let server;
const received = new Promise((resolve) => { server = createServer((request, response) => { let body = ''; request.on('data', (d) => { body += d; }); request.on('end', () => { response.end(); resolve({ headers: request.headers, body }); }); }).listen(0, '127.0.0.1'); });
await new Promise((resolve) => { server.on('listening', resolve); });
const named = await submit({ input: { ...input, start_image: image2 }, webhook: `http://127.0.0.1:${server.address().port}/` });
const word = await received;
const { public_key: published } = await client()('GET', '/webhooks/public-key');
const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(published, 'base64')]);
const header = (name) => word.headers[`x-hedra-webhook-${name}`];
const signed = [header('timestamp'), header('id'), header('event'), header('redelivery'), createHash('sha256').update(word.body).digest('hex')].join('\n');
check(verify(null, Buffer.from(signed), createPublicKey({ key: der, format: 'der', type: 'spki' }), Buffer.from(header('signature'), 'hex')), 'word is signed by the published key');
check(JSON.parse(word.body).job_id === named.job_id && header('id') === named.job_id && !('cost' in JSON.parse(word.body)), 'word names its job and no cost');
check.done();
