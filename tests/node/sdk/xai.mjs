// xAI's REST API against the simulated xAI: by Vercel's client (@ai-sdk/xai), unchanged, and by the contract sheet's own requests for what
// that one does not do. xAI's own SDK speaks gRPC, for Python.
import { createXai } from '@ai-sdk/xai';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const base = `${origin}/xai/v1`;
const make = (apiKey) => createXai({ apiKey, baseURL: base });
const xai = make(key);
const still = { type: 'file', mediaType: 'image/png', data: new Uint8Array(await picture()) };
const headers = { authorization: `Bearer ${key}` };
const ask = async (method, path, body) => {
  const response = await fetch(`${base}${path}`, { method, headers: { ...headers, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw Object.assign(new Error(answer.error), { status: response.status, code: answer.code });
  return Object.assign(answer, { http: response.status });
};
const start = (model, more, options) => xai.video(model).doStart({ prompt: 'slow push in', n: 1, duration: 4, ...more, providerOptions: { xai: { resolution: '720p', ...options } } });
const done = async (model, started) => {
  const seen = new Set();
  const over = await until(() => xai.video(model).doStatus({ operation: started.operation }), (s) => { seen.add(s.status); return s.status !== 'pending'; });
  check(seen.has('pending'), `states were ${[...seen]}`);
  return over;
};

// Clips: from a picture, to a last one, from references, edited, extended.
const lite = 'grok-imagine-video-1.5-lite';
const first = await start(lite, { image: still, generateAudio: true }, { storageOptions: { filename: 'mine-1.mp4', expiresAfter: 86400 } });
check(first.warnings.length === 0, `warnings: ${JSON.stringify(first.warnings)}`);
const made = await done(lite, first);
check(made.status === 'completed' && made.providerMetadata.xai.costInUsdTicks === 1_300_000_000, `it cost ${made.providerMetadata?.xai.costInUsdTicks}`);
await film(made.videos[0].url, 4, 'h264');
check(made.providerMetadata.xai.fileOutput.filename === 'mine-1.mp4', 'it is kept under its name');
const v15 = 'grok-imagine-video-1.5';
const both = await done(v15, await start(v15, { frameImages: [{ frameType: 'first_frame', image: still }, { frameType: 'last_frame', image: still }] }));
check(both.providerMetadata.xai.costInUsdTicks === 5_800_000_000, `it cost ${both.providerMetadata.xai.costInUsdTicks}`);
const referenced = await done(v15, await start(v15, { image: still, inputReferences: [still, still] }, { mode: 'reference-to-video', referenceImageUrls: ['https://a.example/x.png'] }));
check(referenced.status === 'completed', 'references go with a first frame');
const old = 'grok-imagine-video';
const source = `data:video/mp4;base64,${Buffer.from(await (await fetch(made.videos[0].url)).arrayBuffer()).toString('base64')}`;
const edited = await done(old, await xai.video(old).doStart({ prompt: 'make it snow', n: 1, providerOptions: { xai: { mode: 'edit-video', videoUrl: source } } }));
await film(edited.videos[0].url, 4, 'h264');
const longer = await done(old, await xai.video(old).doStart({ prompt: 'on and on', n: 1, duration: 3, providerOptions: { xai: { mode: 'extend-video', videoUrl: source } } }));
await film(longer.videos[0].url, 7, 'h264');

// Stills.
const image = xai.image('grok-imagine-image-2.0');
const drawn = await image.doGenerate({ prompt: 'a copper kettle', n: 2, aspectRatio: '9:16', providerOptions: { xai: { resolution: '2k', quality: 'low' } } });
check(drawn.images.length === 2 && drawn.providerMetadata.xai.costInUsdTicks === 1_200_000_000, `they cost ${drawn.providerMetadata.xai.costInUsdTicks}`);
await film(new Response(Buffer.from(drawn.images[0], 'base64')), 0, 'png');
const redrawn = await image.doGenerate({ prompt: 'at dusk', n: 1, files: [still, still], providerOptions: {} });
check(redrawn.images.length === 1, 'two pictures are edited into one');

// Files: what goes in, and what was kept.
const put = await xai.files().uploadFile({ data: { type: 'data', data: Buffer.from(source.split(',')[1], 'base64') }, mediaType: 'video/mp4', filename: 'clip.mp4', providerOptions: { xai: { expiresAfter: 86400 } } });
const byFile = await ask('POST', '/videos/edits', { model: old, prompt: 'make it rain', video: { file_id: put.providerReference.xai } });
check(Object.keys(byFile).filter((k) => k !== 'http').join() === 'request_id', 'the answer is the id and nothing else');
const listed = await ask('GET', `/files?limit=100&order=desc&sort_by=created_at&filter=${encodeURIComponent('name = "mine-1.mp4"')}`);
check(listed.data.length === 1 && listed.data[0].filename === 'mine-1.mp4', 'a kept clip is found by its name');
const kept = await xai.files().downloadFile({ file: { xai: listed.data[0].id } });
await film(new Response(kept.content), 4, 'h264');
check((await ask('GET', '/files?filter=name%20%3D%20%22nobody.mp4%22')).data.length === 0, 'what is not there is not found');

// What is refused, and what a refusal costs.
const look = await ask('GET', `/videos/${(await ask('POST', '/videos/generations', { model: lite, prompt: 'x', duration: 1 })).request_id}`);
check(look.http === 202, 'what is at work is answered 202');
const generation = (more) => () => ask('POST', '/videos/generations', { model: lite, prompt: 'x', duration: 4, resolution: '720p', ...more });
await check.throws(generation({ last_frame: { url: source } }), (e) => e.status === 400 && e.code === 'invalid_argument', 'Lite takes no last frame');
await check.throws(generation({ duration: 16 }), (e) => e.status === 400, 'fifteen seconds are the most');
await check.throws(generation({ duration: 4.5 }), (e) => e.status === 400, 'seconds are whole');
await check.throws(generation({ model: old, resolution: '1080p' }), (e) => e.status === 400 && e.code === 'failed_precondition', 'the first one makes no 1080p');
await check.throws(generation({ seed: 7 }), (e) => e.status === 400, 'there is no seed');
await check.throws(generation({ model: 'grok-2-image' }), (e) => e.status === 404 && /does not exist/.test(e.message), 'what is gone is not there');
await check.throws(() => start(lite, { prompt: 'forbidden things', image: still }), (e) => e.statusCode === 400 && /moderation/.test(e.message), 'moderation refuses at once');
await check.throws(() => make('wrong').video(lite).doStart({ prompt: 'x', n: 1, providerOptions: {} }), (e) => e.statusCode === 400 && /API key/.test(e.message), 'a wrong key is refused');
await check.throws(() => ask('GET', '/videos/nobody'), (e) => e.status === 404, 'an unknown request is');
check((await ask('GET', '/api-key')).team_blocked === false, 'a key tells of itself');
const fate = (kind) => fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'xai', step: 'task', kind, times: 1, every: 1 }) });
await fate('refuse');
const heldBack = await done(lite, await start(lite, { image: still }));
check(heldBack.status === 'error' && /content policy/.test(heldBack.error), `moderation holds back: ${heldBack.error}`);
await fate('expired');
check((await done(lite, await start(lite, { image: still }))).error === 'Video generation request expired.', 'a request expires');
check.done();
