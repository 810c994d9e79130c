// A client of HeyGen's API v3 against the simulated HeyGen. The vendor has no client for Node (its own is a command line in Go): this one
// makes the requests of that command line and of the clients of /v3/models/videos.
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const client = (token) => async (method, path, body, headers = {}) => {
  const isForm = body instanceof FormData;
  const response = await fetch(`${origin}/heygen/v3${path}`, { method, headers: { 'x-api-key': token, ...headers, ...(body && !isForm && { 'content-type': 'application/json' }) }, body: isForm ? body : body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error.message), { status: response.status, code: answer.error.code });
  return { ...answer, http: response.status };
};
const heygen = client(key);
const upload = async (bytes, name) => { const form = new FormData(); form.append('file', new Blob([bytes]), name); return (await heygen('POST', '/assets', form)).data.asset_id; };
const fault = (kind) => fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'heygen', step: 'task', kind, times: 1 }) });
const bill = async () => (await (await fetch(`${origin}/_sim/bill`)).json()).map((b) => b.usd);
const over = (path, states = new Set()) => until(async () => { const a = await heygen('GET', path); const v = a.data ?? a; return { ...v, isWrapped: !!a.data }; }, (v) => { states.add(v.status); return ['completed', 'failed'].includes(v.status); });

check((await heygen('GET', '/users/me')).data.wallet.currency === 'usd', 'the account says what is left');
const asset = await upload(await picture(), 'still.png');
const image = { type: 'asset_id', asset_id: asset };
const clip = { model: 'heygen-video-1', mode: 'image_to_video', prompt: 'slow push in', image, duration: 5, resolution: '480p', prompt_enhancement: 'disabled' };
const made = await heygen('POST', '/models/videos', clip, { 'idempotency-key': 'mine-1' });
check(made.http === 202 && made.data.status === 'pending', 'a clip is taken');
check((await heygen('POST', '/models/videos', clip, { 'idempotency-key': 'mine-1' })).data.video_id === made.data.video_id, 'the same key is the same clip');
const states = new Set();
const done = await over(`/models/videos/${made.data.video_id}`, states);
check(states.has('processing') && done.status === 'completed' && done.duration === 5, `states were ${[...states]}`);
await film(done.video_url, 5, 'h264');
check((await heygen('GET', `/models/videos/${made.data.video_id}`)).video_url !== done.video_url, 'each look signs a new address');
const voice = await upload(Buffer.from(await (await fetch(done.video_url)).arrayBuffer()), 'voice.mp3');
const talk = { type: 'image', image, audio_asset_id: voice, title: 'attempt-7', aspect_ratio: 'auto', resolution: '720p' };
const talking = await heygen('POST', '/videos', talk);
check(talking.data.status === 'waiting', 'a talking picture is taken');
const listed = await heygen('GET', '/videos?title=attempt-7&limit=10');
check(listed.data.length === 1 && listed.data[0].id === talking.data.video_id && listed.data[0].title === 'attempt-7', 'a video is found by its title');
check((await heygen('GET', '/videos?title=nobody')).data.length === 0, 'and no other is');
const spoken = await over(`/videos/${talking.data.video_id}`);
check(spoken.isWrapped && spoken.status === 'completed' && Math.abs(spoken.duration - 5) < 0.2, `it lasts ${spoken.duration}`);
await film(spoken.video_url, 5, 'h264');
const usd = await bill();
check(usd.length === 2 && usd.includes(0.1) && Math.abs(usd.find((u) => u !== 0.1) - 0.25) < 0.02, `the bill was ${usd}`);

const kept = { model: 'heygen-video-1', mode: 'reference_to_video', prompt: 'the bottle of <Picture 1> on a beach', reference_images: [image, image], aspect_ratio: '9:16', duration: 5, resolution: '480p', prompt_enhancement: 'disabled' };
const beach = await over(`/models/videos/${(await heygen('POST', '/models/videos', kept)).data.video_id}`);
await film(beach.video_url, 5, 'h264');
check((await bill()).includes(0.2), `references cost double: ${await bill()}`);

const bad = (path, body, what) => check.throws(() => heygen('POST', path, body), (e) => e.status === 400 && e.code === 'validation_error', what);
await bad('/models/videos', { ...clip, title: 'x' }, 'an unknown field is refused');
await bad('/models/videos', { ...clip, duration: 4 }, 'a length outside the range is refused');
await bad('/models/videos', { ...clip, resolution: '720p' }, 'a resolution outside the list is refused');
await bad('/models/videos', { ...clip, aspect_ratio: '9:16' }, 'a clip follows its picture');
await bad('/models/videos', { ...clip, image: undefined }, 'a first frame is needed');
await bad('/models/videos', { ...kept, image }, 'references stand in the place of a first frame');
await bad('/models/videos', { ...kept, reference_images: [] }, 'a reference is needed');
await bad('/videos', { ...talk, script: 'hello', voice_id: 'v' }, 'a script and a sound exclude each other');
await bad('/videos', { ...talk, audio_asset_id: undefined, script: 'hello' }, 'a script needs a voice');
await bad('/videos', { ...talk, audio_asset_id: 'nothing' }, 'an unknown asset is refused');
await fault('refuse');
const refused = await over(`/models/videos/${(await heygen('POST', '/models/videos', clip)).data.video_id}`);
check(refused.status === 'failed' && refused.failure_code === 'content_moderation' && (await bill()).length === 3, 'what failed is told with a code and costs nothing');
await check.throws(() => heygen('GET', '/videos/nothing'), (e) => e.status === 404 && e.code === 'not_found', 'an unknown video is not found');
await check.throws(() => client('wrong')('GET', '/users/me'), (e) => e.status === 401 && e.code === 'unauthorized', 'a wrong key is refused');
check.done();
