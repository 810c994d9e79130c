// A client of Luma's Agents API against the simulated Luma. The vendor's own (luma-agents) could not be had from the registry, and the
// older lumaai speaks another API: this one follows the API reference.
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const client = (token) => async (method, path, body) => {
  const response = await fetch(`${origin}/luma/v1${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': 'mine-1' }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail), { status: response.status });
  return { ...answer, status: response.status, headers: response.headers };
};
const luma = client(key);
const create = (body) => luma('POST', '/generations', body);
const over = (id, states = new Set()) => until(() => luma('GET', `/generations/${id}`), (g) => { states.add(g.state); return ['completed', 'failed'].includes(g.state); });
const refused = (body, status, words, what) => check.throws(() => create(body), (e) => e.status === status && e.message.includes(words), what);

const still = { data: (await picture()).toString('base64'), media_type: 'image/png' };
const clip = { model: 'ray-3.2', type: 'video', prompt: 'slow push in', aspect_ratio: '9:16' };
const created = await create({ ...clip, video: { resolution: '540p', duration: '5s', start_frame: still } });
check(created.status === 201 && created.state === 'processing', 'it is taken');
check(created.headers.get('x-request-id') === 'mine-1' && created.headers.get('x-api-version') === '2026-04-01', 'the request id comes back');
const states = new Set();
const done = await over(created.id, states);
check(states.has('processing') && done.state === 'completed' && done.output.length === 1 && done.output[0].type === 'video', `states were ${[...states]}`);
await film(done.output[0].url, 5, 'h264');
check((await luma('GET', `/generations/${created.id}`)).output[0].url !== done.output[0].url, 'each look signs a new address');
const long = await over((await create({ ...clip, video: { duration: '10s', keyframes: [still, still], keyframe_indexes: [0, 240] } })).id);
await film(long.output[0].url, 10, 'h264');
const source = Buffer.from(await (await fetch(done.output[0].url)).arrayBuffer()).toString('base64');
const edited = await over((await create({ model: 'ray-3.2', type: 'video_edit', prompt: 'make it snow', source: { data: source, media_type: 'video/mp4' }, video: { resolution: '720p', edit: { auto_controls: true } } })).id);
await film(edited.output[0].url, 5, 'h264');
await film((await over((await create({ prompt: 'a kettle' })).id)).output[0].url, 0, 'png');
await film((await over((await create({ prompt: 'on slate', type: 'image_edit', model: 'uni-1-max', source: still, image_ref: [still] })).id)).output[0].url, 0, 'png');
const bill = await (await fetch(`${origin}/_sim/bill`)).json();
check(bill.map((b) => b.usd).sort().join() === [0.0404, 0.106, 0.15, 0.9, 1.08].join(), `the bill was ${bill.map((b) => b.usd)}`);

await refused({ ...clip, video: { duration: '10s', start_frame: still } }, 400, '10s', 'ten seconds take no start_frame');
await refused({ ...clip, video: { keyframes: [still], keyframe_indexes: [121] } }, 400, '120', 'an index is on the grid');
await refused({ ...clip, video: { start_frame: still, keyframes: [still], keyframe_indexes: [0] } }, 400, 'exclude', 'keyframes exclude start_frame');
await refused({ ...clip, seed: 7 }, 400, 'seed', 'there is no seed');
await refused({ ...clip, model: 'ray-2' }, 400, 'Unknown model', 'the old models are not here');
await refused({ ...clip, video: { start_frame: { ...still, url: 'https://a.example/a.png' } } }, 422, 'exactly one', 'a reference is one thing');
await refused({ ...clip, video: { start_frame: { data: still.data } } }, 422, 'media_type', 'bytes need a media type');
await refused({ ...clip, video: { start_frame: { data: '%%%', media_type: 'image/png' } } }, 422, 'base64', 'bytes are base64');
await refused({ ...clip, type: 'video_edit' }, 400, 'source', 'an edit needs a source');
await check.throws(() => client('wrong')('GET', '/generations/00000000-0000-0000-0000-000000000000'), (e) => e.status === 401, 'a wrong key is refused');
await check.throws(() => luma('GET', '/generations/00000000-0000-0000-0000-000000000000'), (e) => e.status === 404, 'an unknown generation is not found');
check.done();
