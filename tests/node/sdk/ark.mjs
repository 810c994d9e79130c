// Ark's API against the simulated Ark: by Vercel's client (@ai-sdk/bytedance), unchanged, and by the contract sheet's own requests for
// what that one does not do. ByteDance's own SDKs are for Python, Java and Go.
import { createByteDance } from '@ai-sdk/bytedance';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const base = `${origin}/ark/api/v3`;
const make = (apiKey) => createByteDance({ apiKey, baseURL: base });
const bytedance = make(key);
const still = { type: 'file', mediaType: 'image/png', data: new Uint8Array(await picture()) };
const ask = async (method, path, body) => {
  const response = await fetch(`${base}${path}`, { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error.message), { status: response.status, code: answer.error.code });
  return answer;
};
const create = (body) => ask('POST', '/contents/generations/tasks', body);
const refused = (body, status, code, what) => check.throws(() => create(body), (e) => e.status === status && e.code.startsWith(code), what);

const seedance = bytedance.video('dreamina-seedance-2-0-260128');
const options = { prompt: 'slow push in', n: 1, aspectRatio: '9:16', resolution: '720x1280', duration: 4, seed: 7, providerOptions: { bytedance: { generateAudio: true, watermark: false, pollIntervalMs: 100 } } };
const made = await seedance.doGenerate({ ...options, image: still });
await film(made.videos[0].url, 4, 'h264');
const both = await seedance.doGenerate({ ...options, frameImages: [{ frameType: 'first_frame', image: still }, { frameType: 'last_frame', image: still }] });
await film(both.videos[0].url, 4, 'h264');
await check.throws(() => bytedance.video('seedance-1-5-pro-251215').doGenerate({ ...options, image: still }), (e) => /not activated/.test(e.message), 'a model that is not activated says so');
const seedream = bytedance.image('seedream-5-5-261028');
const drawn = await seedream.doGenerate({ prompt: 'a copper kettle', n: 1, size: '768x1376', files: [still], providerOptions: {} });
await film(new Response(Buffer.from(drawn.images[0], 'base64')), 0, 'png');
await check.throws(() => bytedance.image('seedream-5-0-260128').doGenerate({ prompt: 'x', n: 1, size: '1024x1024', providerOptions: {} }), (e) => e.statusCode === 400 && /3686400/.test(e.message), 'a size below the least is refused');
await check.throws(() => make('wrong').video('dreamina-seedance-2-0-260128').doGenerate({ ...options, image: still }), (e) => e.statusCode === 401, 'a wrong key is refused');

// The sheet's own request, and its answers.
const address = `data:image/png;base64,${Buffer.from(still.data).toString('base64')}`;
const frame = (role) => ({ type: 'image_url', image_url: { url: address }, role });
const clip = { model: 'dreamina-seedance-2-0-260128', content: [{ type: 'text', text: 'camera drifts left, steam rises' }, frame('first_frame'), frame('last_frame')], resolution: '720p', ratio: 'adaptive', duration: 5, generate_audio: true, seed: 7, watermark: false, return_last_frame: true, service_tier: 'default', execution_expires_after: 7200, safety_identifier: 'mine-1' };
const created = await create(clip);
check(Object.keys(created).join() === 'id' && created.id.startsWith('cgt-'), 'the answer is the id and nothing else');
const states = new Set();
const done = await until(() => ask('GET', `/contents/generations/tasks/${created.id}`), (t) => { states.add(t.status); return t.status === 'succeeded'; });
check(states.has('running') && done.usage.completion_tokens === '108000' && done.seed === 7, `states were ${[...states]}, tokens ${done.usage.completion_tokens}`);
await film(done.content.video_url, 5, 'h264');
check((await ask('GET', `/contents/generations/tasks/${created.id}`)).content.video_url === done.content.video_url, 'no look renews the address');
const listed = await ask('GET', '/contents/generations/tasks?page_num=1&page_size=50');
check(listed.total === 3 && listed.items.find((i) => i.id === created.id).safety_identifier === 'mine-1', 'the list has it, with what it carried');
const empty = await ask('GET', '/contents/generations/tasks?page_num=2&page_size=50');
check(empty.items.length === 0 && empty.total === 3, 'the second page is empty');

await fetch(`${origin}/_sim/settings`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ places: 1, job_seconds: 3 }) });
const running = await create(clip);
const waiting = await until(() => create(clip).then((t) => ask('GET', `/contents/generations/tasks/${t.id}`)), (t) => t.status === 'queued', 1);
await check.throws(() => ask('DELETE', `/contents/generations/tasks/${running.id}`), (e) => e.status === 400, 'what runs is not cancelled');
await ask('DELETE', `/contents/generations/tasks/${waiting.id}`);
check((await ask('GET', `/contents/generations/tasks/${waiting.id}`)).status === 'cancelled', 'what waits is');
await ask('DELETE', `/contents/generations/tasks/${created.id}`);
await check.throws(() => ask('GET', `/contents/generations/tasks/${created.id}`), (e) => e.status === 404, 'what is over is deleted, with its result');

await refused({ ...clip, content: [clip.content[0], frame('last_frame')] }, 400, 'InvalidParameter', 'a last frame needs a first');
await refused({ ...clip, content: [...clip.content, frame('reference_image')] }, 400, 'InvalidParameter', 'frames exclude references');
await refused({ ...clip, resolution: '4k', model: 'dreamina-seedance-2-0-fast-260128' }, 400, 'InvalidParameter.resolution', 'Fast makes no 4K');
await refused({ ...clip, duration: 16 }, 400, 'InvalidParameter.duration', 'fifteen seconds are the most');
await refused({ ...clip, duration: 4.5 }, 400, 'InvalidParameter.duration', 'seconds are whole');
await refused({ ...clip, model: 'doubao-seedance-2-0-260128' }, 404, 'InvalidEndpointOrModel', 'the other cloud\'s ids are not here');
await refused({ model: clip.model }, 400, 'MissingParameter', 'the key and the model are tried by this, for nothing');
check.done();
