// Higgsfield's own client against the simulated Higgsfield, unchanged; what it does not speak is asked by the contract sheet's requests.
import { createHiggsfieldClient } from '@higgsfield/client/v2';
import { randomUUID } from 'node:crypto';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const baseURL = `${origin}/higgsfield`;
const credentials = `${key}:secret`;
const client = (c) => createHiggsfieldClient({ credentials: c, baseURL, pollInterval: 100, retryBackoff: 50 });
const higgsfield = client(credentials);
const tell = (path, body) => fetch(`${origin}/_sim/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const fault = (step, kind) => tell('faults', { vendor: 'higgsfield', step, kind, times: 1 });
const ask = async (method, path, body, idempotency) => {
  const response = await fetch(baseURL + path, { method, headers: { authorization: `Key ${credentials}`, 'content-type': 'application/json', ...(idempotency && { 'idempotency-key': idempotency }) }, body: body && JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers };
};
const bill = async () => (await fetch(`${origin}/_sim/bill`)).json();

const place = (await ask('POST', '/files/generate-upload-url', { content_type: 'image/png' })).body;
const put = async (headers) => fetch(place.upload_url, { method: 'PUT', headers, body: await picture() });
// The client's own upload leaves the tag out that the docs ask for.
check((await put({ 'content-type': 'image/png' })).status === 403, 'a signed header may not be left out');
check((await put({ ...place.upload_headers, authorization: `Key ${credentials}` })).status === 403, 'credentials have no business there');
check((await put(place.upload_headers)).ok, 'what was signed is taken');
const image_url = place.public_url;

const kling = 'kling-video/v3.0/std/image-to-video';
const input = { prompt: 'slow push in', image_url, duration: 3, sound: 'off' };
const made = await higgsfield.subscribe(kling, { input, withPolling: true });
check(made.status === 'completed' && made.request_id && made.status_url.endsWith(`/requests/${made.request_id}/status`), `it ended as ${made.status}`);
await film(made.video.url, 3, 'h264');
const still = await higgsfield.subscribe('higgsfield-ai/soul/v2/standard', { input: { prompt: 'a kettle', aspect_ratio: '9:16', resolution: '720p' }, withPolling: true });
await film(still.images[0].url, 0, 'png');
const brief = await higgsfield.subscribe(`/${kling}`, { input, webhook: { url: 'https://ads.example/hook', secret: 'x' }, withPolling: false });
check(['queued', 'in_progress'].includes(brief.status), 'nothing is waited for unless asked');
await until(() => ask('GET', `/requests/${brief.request_id}/status`), (a) => a.body.status === 'completed');
check((await bill()).map((b) => b.usd).sort().join() === [0.006, 0.252, 0.252].join(), `the bill was ${(await bill()).map((b) => b.usd)}`);

await fault('task', 'refuse');
check((await higgsfield.subscribe(kling, { input, withPolling: true })).status === 'nsfw', 'a refusal is nsfw');
await fault('task', 'fail');
check((await higgsfield.subscribe(kling, { input, withPolling: true })).status === 'failed', 'a failure is failed');
check((await bill()).length === 3, 'and neither is charged');
await check.throws(() => higgsfield.subscribe(kling, { input: { ...input, duration: 16 } }), (e) => e.name === 'ValidationError' && e.message.includes('duration'), 'a length out of range is refused');
await check.throws(() => higgsfield.subscribe(kling, { input: { ...input, aspect_ratio: '9:16' } }), (e) => e.name === 'ValidationError' && e.message.includes('aspect_ratio'), 'an unknown input is refused');
await check.throws(() => higgsfield.subscribe('sora-2/text-to-video', { input }), (e) => e.statusCode === 404, 'a model that is gone is not found');
await check.throws(() => client('wrong:secret').subscribe(kling, { input }), (e) => e.name === 'AuthenticationError', 'a wrong key is refused');
await tell(`higgsfield/${kling}`, { at_once: 0 });
await check.throws(() => higgsfield.subscribe(kling, { input }), (e) => e.name === 'BadInputError' && e.message.includes('concurrent'), 'too many at once is a 400 of its own');
await tell(`higgsfield/${kling}`, { at_once: 100 });

const once = randomUUID();
const taken = await ask('POST', `/${kling}`, input, once);
check(taken.headers.get('x-correlation-id'), 'every answer has a correlation id');
check((await ask('POST', `/${kling}`, input, once)).body.request_id === taken.body.request_id, 'the same key and body are the same request');
check((await ask('POST', `/${kling}`, { ...input, duration: 4 }, once)).status === 422, 'the same key with another body is refused');
check((await ask('POST', `/requests/${taken.body.request_id}/cancel`)).status === 400, 'what runs is not canceled');
await tell('settings', { places: 0, job_seconds: 1 });
check((await ask('POST', `/estimate/${kling}`, { ...input, image_url: 'https://example.com/a.jpg' })).body.usd === '0.252', 'an estimate is a text, and fetches no file');
const words = (await ask('POST', '/estimate/bytedance/seedance-2.5/image-to-video', { image_url, duration: 5 })).body;
check(words.type === 'description' && words.usd === undefined, 'some are told in words');
const listed = (await ask('GET', `/models?include_schema=true&search=${kling}`)).body.items;
check(listed.length === 1 && listed[0].slug === kling && listed[0].input_schema.required.includes('image_url'), 'the list has the schema');
check.done();
