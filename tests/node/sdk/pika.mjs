// A client of Pika's API by the contract sheet's own requests against the simulated Pika: the vendor publishes no SDK.
import { randomUUID } from 'node:crypto';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const base = `${origin}/pika`;
const client = (token) => async (method, path, body, idempotency) => {
  const response = await fetch(base + path, { method, headers: { 'x-api-key': token, 'content-type': 'application/json', ...(idempotency && { 'idempotency-key': idempotency }) }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.message), { status: response.status });
  return answer;
};
const pika = client(key);
const fault = (step, kind) => fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'pika', step, kind, times: 1 }) });
const submit = (id, body, idempotency = randomUUID()) => pika('POST', `/v1/media/${id}`, body, idempotency);
const over = (id, states = new Set()) => until(() => pika('GET', `/v1/media/jobs/${id}`), (j) => { states.add(j.status); return ['completed', 'failed'].includes(j.status); });
const refused = (id, body, status, words, what) => check.throws(() => submit(id, body), (e) => e.status === status && e.message.includes(words), what);

const all = await (await fetch(`${base}/catalog/apis`)).json();
check(all.apis.some((a) => a.api_id === 'pika/pika-2.5/image-to-video' && a.display_pricing.components[0].price_tiers[0].micro_usd === 40000), 'the price list is readable without a key');
const looked = await fetch(`${base}/catalog/apis/minimax/h3/image-to-video?expand=inputs`);
const record = await looked.json();
check(looked.headers.get('cache-control') === 'no-store' && record.call.path === '/v1/media/minimax/h3/image-to-video' && record.input_schema.properties.first_frame_image.media_kinds[0] === 'image', 'an operation tells its inputs');
check(all.apis.find((a) => a.api_id === 'acme/no-call/text-to-image').call === null, 'some can not be called');

const bytes = await picture();
const place = await pika('POST', '/v1/media/uploads', { content_type: 'image/png', size_bytes: bytes.length });
const put = (headers) => fetch(place.upload_url, { method: 'PUT', headers, body: bytes });
check((await put({ 'content-type': 'image/png' })).status === 403, 'a signed header may not be left out');
check((await put({ ...place.headers, 'x-api-key': key })).status === 403, 'the key has no business there');
check((await put(place.headers)).ok, 'what was signed is taken');
await check.throws(() => pika('POST', '/v1/media/uploads', { content_type: 'image/png', size_bytes: 20_000_001 }), (e) => e.status === 413, 'a picture has at most 20 MB');

const own = 'pika/pika-2.5/image-to-video';
const body = { prompt: 'slow push in', image: place.url, duration_s: 5, resolution: '720p' };
const once = randomUUID();
const taken = await submit(own, body, once);
check(taken.id.startsWith('media_') && taken.output === null && taken.error === null, 'what is not there is null');
check((await submit(own, body, once)).id === taken.id, 'the same key and body are the same job');
await check.throws(() => submit(own, { ...body, seed: 7 }, once), (e) => e.status === 409, 'the same key with another body is refused');
await check.throws(() => pika('GET', `/v1/media/jobs/${taken.id}/content`), (e) => e.status === 409, 'content is asked for too early');
const states = new Set();
const done = await over(taken.id, states);
check(states.has('running') && done.status === 'completed' && done.output.media_type === 'video' && done.output.images === null, `states were ${[...states]}`);
await film(done.output.video.url, 5, 'h264');
check((await pika('GET', `/v1/media/jobs/${taken.id}/content`)).url.includes(taken.id), 'content has the address');
check((await submit(own, body, once)).status === 'completed', 'what has ended keeps its key');
const frames = await over((await submit('pika/pikaframes/image-to-video', { images: [place.url, place.url], transition_duration_s: 3, resolution: '720p' })).id);
await film(frames.output.video.url, 3, 'h264');
const still = await over((await submit('google/gemini-3-pro-image/image-to-image', { prompt: 'on slate', image_urls: [place.url], resolution: '2K' })).id);
await film(still.output.images[0].url, 0, 'png');
const bill = await (await fetch(`${origin}/_sim/bill`)).json();
check(bill.map((b) => b.usd).sort().join() === [0.12, 0.15, 0.2].join(), `the bill was ${bill.map((b) => b.usd)}`);
const balance = await pika('GET', '/billing/balance');
check(balance.balance_micro_usd === 99_530_000 && balance.postpaid.active === false, `the balance was ${balance.balance_micro_usd}`);

await fault('admission', 'insufficient_balance');
const poor = randomUUID();
const unpaid = await submit(own, body, poor);
check(unpaid.status === 'failed' && unpaid.error.code === 'insufficient_balance', 'a refusal for money is a job that has failed');
check((await submit(own, body, poor)).status === 'failed' && (await submit(own, body)).status !== 'failed', 'and its key stays failed');
await fault('task', 'refuse');
const flagged = await over((await submit(own, body)).id);
check(flagged.error.code === 'content_moderation' && flagged.output === null, 'a refusal is a failed job');

await refused(own, { prompt: 'x' }, 422, 'image is required', 'an input is needed');
await refused(own, { ...body, duration_s: 7 }, 422, 'duration_s', 'a length is one of two');
await refused(own, { ...body, aspect_ratio: '9:16' }, 422, 'aspect_ratio', 'the ratio is the picture\'s');
await refused(own, { ...body, image: 'data:image/png;base64,AAAA' }, 422, 'https', 'a file is an address');
await refused('pika/pika-1.0/image-to-video', body, 404, 'Unknown', 'an unknown operation is not found');
await check.throws(() => pika('GET', '/v1/media/jobs/media_nothing'), (e) => e.status === 404, 'an unknown job is not found');
await check.throws(() => client('wrong')('GET', '/billing/balance'), (e) => e.status === 401, 'a wrong key is refused');
check.done();
