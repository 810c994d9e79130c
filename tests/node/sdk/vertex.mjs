// Google's own client in its Vertex mode against the simulated Agent Platform, unchanged: its API is told by baseUrl; where its library
// asks for a token is compiled in, so that its own fetch is given one that takes it to the simulator. It has no calls for Cloud Storage:
// those are the requests of the JSON API.
import { GoogleGenAI, ApiError } from '@google/genai';
import { generateKeyPairSync } from 'node:crypto';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const asked = [];
const toSimulator = (address, options) => {
  const { host, pathname } = new URL(address);
  if (host === 'oauth2.googleapis.com') asked.push(pathname);
  return fetch(host === 'oauth2.googleapis.com' ? `${origin}/vertex${pathname}` : address, options);
};
const account = await (await fetch(`${origin}/_sim/vertex/key`)).json();
const make = (credentials, project = account.project_id) => new GoogleGenAI({
  vertexai: true,
  project,
  location: 'us-central1',
  googleAuthOptions: { credentials, clientOptions: { transporterOptions: { fetchImplementation: toSimulator } }, scopes: ['https://www.googleapis.com/auth/cloud-platform'] },
  httpOptions: { baseUrl: `${origin}/vertex`, apiVersion: 'v1' },
});
const ai = make(account);
const generate = ({ model, prompt, image, config }, client = ai) => client.models.generateVideos({ model, source: { prompt, image }, config });
const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const tell = (path, body) => fetch(`${origin}/_sim/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const bill = async () => (await fetch(`${origin}/_sim/bill`)).json();
const over = async (begun) => until(() => ai.operations.getVideosOperation({ operation: begun }), (o) => o.done);
const still = { imageBytes: Buffer.from(await picture()).toString('base64'), mimeType: 'image/png' };
const order = { model: 'veo-3.1-fast-generate-001', prompt: 'slow push in', image: still, config: { numberOfVideos: 1, durationSeconds: 4, aspectRatio: '9:16', resolution: '720p', generateAudio: true, personGeneration: 'allow_adult', seed: 7 } };

const begun = await generate({ ...order, config: { ...order.config, lastFrame: still, negativePrompt: 'cars', resizeMode: 'CROP', compressionQuality: 'OPTIMIZED', enhancePrompt: true } });
check(/^projects\/.*\/operations\//.test(begun.name) && !begun.done, `it began as ${begun.name}`);
const done = await over(begun);
const [made] = done.response.generatedVideos;
check(made.video.mimeType === 'video/mp4' && done.response.raiMediaFilteredCount === 0, 'the clip is in the answer');
await film(new Response(Buffer.from(made.video.videoBytes, 'base64')), 4, 'h264');
check(asked.length === 1, `the client keeps its token: ${asked}`);

const bearer = { authorization: `Bearer ${(await (await fetch(`${origin}/vertex/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'no.jwt' }) })).json()).access_token}` };
check(bearer.authorization === 'Bearer undefined', 'what is not signed gets no token');
const token = (await (await ai.apiClient.clientOptions.auth.googleAuth.getClient()).getAccessToken()).token;
const mine = { authorization: `Bearer ${token}` };
const objects = `${origin}/vertex/storage/v1/b/simulated-bucket/o`;
const list = async (prefix) => (await (await fetch(`${objects}?prefix=${encodeURIComponent(prefix)}`, { headers: mine })).json()).items?.map((i) => i.name) ?? [];
const put = await (await fetch(`${origin}/vertex/upload/storage/v1/b/simulated-bucket/o?uploadType=media&name=${encodeURIComponent('in/still.png')}`, { method: 'POST', headers: { ...mine, 'content-type': 'image/png' }, body: await picture() })).json();
check(put.name === 'in/still.png' && (await list('in/')).length === 1, 'what is put into the bucket is listed');
const delivered = await generate({ ...order, image: { gcsUri: 'gs://simulated-bucket/in/still.png', mimeType: 'image/png' }, config: { ...order.config, generateAudio: false, outputGcsUri: 'gs://simulated-bucket/out/one/' } });
check((await list('out/one/')).length === 0, 'nothing is delivered before it is done');
const uri = (await over(delivered)).response.generatedVideos[0].video.uri;
check(uri.startsWith('gs://simulated-bucket/out/one/') && (await list('out/one/'))[0] === uri.slice('gs://simulated-bucket/'.length), 'the clip is listed where it was delivered');
await film(`${objects}/${encodeURIComponent(uri.slice('gs://simulated-bucket/'.length))}?alt=media`, 4, 'h264', mine);
await over(await generate({ model: 'veo-3.1-generate-001', prompt: 'a kettle', config: { ...order.config, durationSeconds: 8, resolution: '4k', referenceImages: [{ image: still, referenceType: 'asset' }] } }));
check((await bill()).map((b) => b.usd).join() === [0.4, 0.32, 4.8].join(), `the bill was ${(await bill()).map((b) => b.usd)}`);

await tell('faults', { vendor: 'vertex', step: 'task', kind: 'refuse', times: 1 });
const refused = await over(await generate(order));
check(!refused.response.generatedVideos && refused.response.raiMediaFilteredCount === 1 && /usage guidelines/.test(refused.response.raiMediaFilteredReasons[0]), 'what was taken out is told');
await tell('faults', { vendor: 'vertex', step: 'task', kind: 'fail', times: 1 });
check((await over(await generate(order))).error.code === 13, 'a failure is told');
check((await bill()).length === 3, 'and neither is charged');

const wrong = (change, words, what) => check.throws(() => generate({ ...order, ...change, config: { ...order.config, ...change.config } }), (e) => e instanceof ApiError && words.test(e.message), what);
await wrong({ config: { durationSeconds: 5 } }, /durationSeconds/, 'lengths are 4, 6 and 8 s');
await wrong({ config: { aspectRatio: '1:1' } }, /aspectRatio/, 'there are two ratios');
await wrong({ image: undefined, config: { lastFrame: still } }, /lastFrame/, 'a last frame needs a first');
await wrong({ model: 'veo-3.1-lite-generate-001', config: { resolution: '4k' } }, /4k/, 'lite has no 4k');
await wrong({ config: { outputGcsUri: 'gs://another/out/' } }, /bucket/, 'the bucket is there');
await wrong({ image: { gcsUri: 'gs://simulated-bucket/in/gone.png', mimeType: 'image/png' } }, /could not be read/, 'a picture is there');
await wrong({ model: 'veo-3.0-generate-001' }, /was not found/, 'a retired model is not found');
await check.throws(() => generate(order, make(account, 'another-project')), (e) => e.status === 403, 'another project is refused');
await check.throws(() => generate(order, make({ ...account, private_key: another })), (e) => /Invalid JWT Signature/.test(JSON.stringify(e.response?.data ?? e.message)), 'a key that is not the account\'s gets no token');
check((await fetch(`${origin}/vertex/storage/v1/b/another/o`, { headers: mine })).status === 404, 'another bucket is not found');
await tell('vertex', { revoke: true });
check((await fetch(objects, { headers: mine })).status === 401, 'a token may be taken back');
check.done();
