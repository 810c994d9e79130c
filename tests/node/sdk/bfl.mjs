// Black Forest Labs' API against the simulated one: by Vercel's client (@ai-sdk/black-forest-labs), unchanged, and by the contract sheet's
// own requests for what that one does not do. Black Forest Labs publishes no client of its own for JavaScript.
import { createBlackForestLabs } from '@ai-sdk/black-forest-labs';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const base = `${origin}/bfl/v1`;
const make = (apiKey) => createBlackForestLabs({ apiKey, baseURL: base, pollIntervalMillis: 100, pollTimeoutMillis: 60000 });
const bfl = make(key);
const still = { type: 'file', mediaType: 'image/png', data: new Uint8Array(await picture()) };
const bare = Buffer.from(still.data).toString('base64');
const ask = async (method, path, body, apiKey = key) => {
  const address = path.startsWith('http') ? path : `${base}${path}`;
  const response = await fetch(address, { method, headers: { 'x-key': apiKey, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(JSON.stringify(answer.detail ?? answer.status)), { status: response.status });
  return answer;
};
const video = bfl.video('flux-3-video');
const start = (more, options) => video.doStart({ prompt: 'slow push in', n: 1, duration: 5, aspectRatio: '9:16', ...more, providerOptions: { blackForestLabs: { resolution: 'hd', ...options } } });
const done = async (started) => {
  const over = await until(() => video.doStatus({ operation: started.operation }), (s) => s.status !== 'pending');
  return over.status === 'completed' ? Object.assign(over, { told: over.providerMetadata.blackForestLabs.videos[0] }) : over;
};

// Clips: from a picture, to a last one, through several, silent, drafted and drawn again, continued.
const first = await start({ image: still, generateAudio: true });
check(first.warnings.length === 0, `warnings: ${JSON.stringify(first.warnings)}`);
check(Math.abs(first.operation.cost - 85) < 1e-9, `it is told to cost ${first.operation.cost} credits`);
const made = await done(first);
check(Math.abs(made.told.cost - 85) < 1e-9, `it cost ${made.told.cost} credits`);
await film(made.videos[0].url, 5, 'aac');
const both = await done(await start({ frameImages: [{ frameType: 'first_frame', image: still }, { frameType: 'last_frame', image: still }], generateAudio: false }, { resolution: 'fhd' }));
check(Math.abs(both.told.cost - 145) < 1e-9, `it cost ${both.told.cost} credits`);
const timed = await done(await start({ duration: 12 }, { keyframes: [[0, bare], [4.5, bare], [9, bare]] }));
check(timed.status === 'completed', 'pictures stand at their seconds');
const draft = await done(await start({ image: still }, { resolution: undefined, draft: true }));
check(Math.abs(draft.told.cost - 30) < 1e-9 && /^http/.test(draft.told.draftCache), `a draft cost ${draft.told.cost} credits and leaves ${draft.told.draftCache}`);
const again = await video.doStart({ prompt: '', n: 1, providerOptions: { blackForestLabs: { draftCache: draft.told.draftCache } } });
check((await done(again)).status === 'completed', 'a draft is drawn again at full quality');
const source = { type: 'file', mediaType: 'video/mp4', data: new Uint8Array(await (await fetch(made.videos[0].url)).arrayBuffer()) };
const longer = await done(await start({ inputReferences: [source], aspectRatio: undefined }));
check(Math.abs(longer.told.cost - 205) < 1e-9, `going on cost ${longer.told.cost} credits`);

// Stills: from words, from several pictures.
const image = (id) => bfl.image(id);
const drawn = await image('flux-2-pro').doGenerate({ prompt: 'a copper kettle', n: 1, seed: 7, providerOptions: { blackForestLabs: { width: 1088, height: 1920, outputFormat: 'png' } } });
check(Math.abs(drawn.providerMetadata.blackForestLabs.images[0].cost - 6) < 1e-9, `it cost ${JSON.stringify(drawn.providerMetadata)}`);
await film(new Response(drawn.images[0]), 0, 'png');
const edited = await image('flux-2-klein-4b').doGenerate({ prompt: 'at dusk', n: 1, files: [still, still], providerOptions: {} });
check(edited.images.length === 1, 'two pictures are edited into one');

// The sheet's own requests: FLUX 3 stills, edits and enlargements of clips.
const over = async (task) => until(() => ask('GET', task.polling_url), (s) => !['Pending', 'Reasoning', 'Generating'].includes(s.status));
const clip = Buffer.from(source.data).toString('base64');
const flux3 = await over(await ask('POST', '/flux-3-image', { prompt: 'a kettle', images: [bare], aspect_ratio: 'auto', resolution: '2k', grounding: false }));
check(flux3.status === 'Ready' && Math.abs(flux3.cost - 10) < 1e-9, `a still of 2k: ${JSON.stringify(flux3)}`);
const snow = await over(await ask('POST', '/flux-tools/video-edit-v1', { prompt: 'make it snow', video: clip }));
await film(snow.result.sample, 5, 'h264');
const larger = await over(await ask('POST', '/flux-tools/video-upscale-v1', { input_video: clip, upscale_factor: 1.5, creativity: 0 }));
check(larger.status === 'Ready' && larger.cost > 0, 'a clip is enlarged');

// What is refused, and where a task is not known.
const submitted = await ask('POST', '/flux-3-video', { mode: 'i2v', prompt: 'x', keyframes: [bare], duration: 5 });
check(new URL(submitted.polling_url).pathname !== '/bfl/v1/get_result', 'a cluster took it');
await check.throws(() => ask('GET', `/get_result?id=${submitted.id}`), (e) => e.status === 404 && /Task not found/.test(e.message), 'nobody else knows it');
const clipOf = (more) => () => ask('POST', '/flux-3-video', { mode: 'i2v', prompt: 'x', keyframes: [bare], ...more });
await check.throws(clipOf({ seed: 7 }), (e) => e.status === 422 && /seed/.test(e.message), 'there is no seed');
await check.throws(clipOf({ duration: 4 }), (e) => e.status === 422, 'five seconds are the least');
await check.throws(clipOf({ duration: 5.5 }), (e) => e.status === 422, 'seconds are whole');
await check.throws(clipOf({ draft: true, resolution: 'hd' }), (e) => e.status === 422, 'a draft has one resolution');
await check.throws(clipOf({ keyframes: [bare, bare, bare] }), (e) => e.status === 422, 'three pictures need a length');
await check.throws(clipOf({ keyframes: [`data:image/png;base64,${bare}`] }), (e) => e.status === 422, 'pictures are bare base64');
await check.throws(() => ask('POST', '/flux-2-pro', { prompt: 'x', width: 1080, height: 1920 }), (e) => e.status === 422, 'sides are sixteens');
await check.throws(() => ask('POST', '/flux-3-image', { prompt: 'x', seed: 7 }), (e) => e.status === 422, 'FLUX 3 stills have no seed');
await check.throws(() => make('wrong').video('flux-3-video').doStart({ prompt: 'x', n: 1, providerOptions: {} }), (e) => e.statusCode === 403, 'a wrong key is refused');
check((await ask('GET', '/credits')).credits === 1234.5, 'the account tells its credits');
const refused = await done(await start({ image: still, prompt: 'forbidden things' }));
check(refused.status === 'error' && /Content Moderated.*Protected Content/.test(refused.error), `moderation stops it: ${refused.error}`);
check.done();
