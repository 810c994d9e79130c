// fal's own client against the simulated fal: upload, submit, poll, fetch, cancel, errors.
import { createFalClient, ApiError, ValidationError } from '@fal-ai/client';
import { check, film, picture, begin } from './common.mjs';

const { origin, key } = begin('fal');
// The client knows no base URL: its requests are sent to the imitation, and are otherwise untouched.
const hosts = { 'queue.fal.run': 'fal', 'rest.fal.ai': 'fal', 'rest.alpha.fal.ai': 'fal' };
const redirect = (url) => { const u = new URL(url); return hosts[u.host] ? `${origin}/fal${u.pathname}${u.search}` : url; };
const client = (credentials) => createFalClient({ credentials, fetch: (url, options) => fetch(typeof url === 'string' ? redirect(url) : url, options) });
const fal = client(key);

const url = await fal.storage.upload(new File([await picture()], 'still.png', { type: 'image/png' }));
check(url.startsWith(`${origin}/fal/files/`), 'the upload has an address');
const large = await fal.storage.upload(new File([Buffer.alloc(95 * 1024 * 1024)], 'large.bin', { type: 'video/mp4' }));
check((await (await fetch(large)).arrayBuffer()).byteLength === 95 * 1024 * 1024, 'parts are put together');

const seen = new Set();
const result = await fal.subscribe('fal-ai/kling-video/v3/standard/image-to-video', {
  input: { prompt: 'slow push in', start_image_url: url, duration: '3', generate_audio: true },
  pollInterval: 100, logs: true, onQueueUpdate: (update) => seen.add(update.status),
});
check(seen.has('IN_PROGRESS') && seen.has('COMPLETED'), `states were ${[...seen]}`);
await film(result.data.video.url, 3, 'h264');
const still = await fal.subscribe('fal-ai/nano-banana-2/edit', { input: { prompt: 'add steam', image_urls: [url], num_images: 2 }, pollInterval: 100 });
check(still.data.images.length === 2, 'two images');

const { request_id: requestId } = await fal.queue.submit('fal-ai/wan-i2v', { input: { prompt: 'x', image_url: url } });
await fal.queue.cancel('fal-ai/wan-i2v', { requestId });
await check.throws(() => fal.queue.result('fal-ai/wan-i2v', { requestId }), (e) => e instanceof ApiError && e.status === 499, 'a cancelled run has no result');
await check.throws(() => fal.queue.submit('fal-ai/wan-i2v', { input: { prompt: 'x' } }), (e) => e instanceof ValidationError && e.fieldErrors[0].loc.includes('image_url'), 'a missing member is a validation error');
await check.throws(() => client('wrong').queue.submit('fal-ai/wan-i2v', { input: { prompt: 'x', image_url: url } }), (e) => e.status === 401, 'a wrong key is refused');
await check.throws(() => fal.queue.submit('fal-ai/nothing', { input: {} }), (e) => e.status === 404, 'an unknown endpoint is refused');
await fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'fal', step: 'task', kind: 'refuse', times: 1 }) });
await check.throws(() => fal.subscribe('fal-ai/wan-i2v', { input: { prompt: 'x', image_url: url }, pollInterval: 100 }), (e) => e.status === 422 && e.body.detail[0].type === 'content_policy_violation', 'a refusal is a 422 of the result');
check.done();
