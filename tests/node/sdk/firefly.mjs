// Adobe's own client and its own token provider against the simulated Firefly, unchanged: their hosts are compiled in, so fetch takes what
// goes to Adobe's hosts to the simulator. The client has no call for looking and canceling: those are the requests of Adobe's OpenAPI.
import firefly from '@adobe/firefly-apis';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const simulated = globalThis.fetch;
const asked = [];
globalThis.fetch = (address, options) => {
  const { host, pathname } = new URL(address);
  if (!/\.(adobe\.io|adobelogin\.com)$/.test(host)) return simulated(address, options);
  asked.push(`${options?.method ?? 'GET'} ${host}${pathname.replace(/urn:.*/, '')}`);
  return simulated(`${origin}/firefly${pathname}`, options);
};

const clientId = 'simulated-client';
const scopes = 'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis';
const client = (clientSecret) => new firefly.FireflyClient({ clientId, clientSecret, scopes });
const adobe = client(key);
const tell = (path, body) => simulated(`${origin}/_sim/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const bill = async () => (await simulated(`${origin}/_sim/bill`)).json();
const token = async () => (await (await fetch('https://ims-na1.adobelogin.com/ims/token/v3', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: key, scope: scopes }) })).json()).access_token;
const mine = await token();
const ask = async (method, address, headers = {}) => {
  const response = await fetch(address, { method, headers: { authorization: `Bearer ${mine}`, 'x-api-key': clientId, ...headers } });
  return { status: response.status, body: await response.json() };
};
const over = async (job, states = new Set()) => (await until(() => ask('GET', job.statusUrl), (a) => { states.add(a.body.status); return a.status !== 200 || !['pending', 'running'].includes(a.body.status); }));
const refused = (body, status, words, what) => check.throws(() => adobe.generateVideoV3(body), (e) => e.status === status && JSON.stringify(e.body ?? '').includes(words), what);

const uploaded = (await adobe.upload(new Blob([await picture()], { type: 'image/png' }))).result;
check(uploaded.images[0].id, 'an upload has an id');
const keyframe = (position) => ({ source: { uploadId: uploaded.images[0].id }, placement: { position } });
const clip = { prompt: 'slow push in', image: { conditions: [keyframe(0), keyframe(1)] }, sizes: [{ width: 720, height: 1280 }], seeds: [1842533538], videoSettings: { cameraMotion: 'camera zoom in', promptStyle: 'cinematic', shotAngle: 'eye_level shot', shotSize: 'medium shot' }, bitRateFactor: 18 };
const job = (await adobe.generateVideoV3(clip)).result;
check(job.jobId.startsWith('urn:ff:jobs:') && new URL(job.statusUrl).host !== 'firefly-api.adobe.io', 'a job is looked at on a host of its own');
const states = new Set();
const done = await over(job, states);
check(states.has('running') && done.body.status === 'succeeded', `states were ${[...states]}`);
const [made] = done.body.result.outputs;
check(made.seed === 1842533538 && done.body.result.size.height === 1280, 'seed and size are told');
await film(made.video.url, 5, 'h264');
check((await ask('GET', job.statusUrl)).body.result.outputs[0].video.url !== made.video.url, 'each look signs a new address');
await over((await adobe.generateVideoV3({ prompt: 'a kettle', sizes: [{ width: 540, height: 540 }] })).result);
await over((await adobe.generateVideoV3({ prompt: 'a kettle' })).result);
check((await bill()).map((b) => b.usd).sort().join() === [0.2, 0.5, 1].join(), `the bill was ${(await bill()).map((b) => b.usd)}`);
check(asked.filter((a) => a.includes('/ims/token/')).length === 2, 'the client keeps its token');

await tell('faults', { vendor: 'firefly', step: 'task', kind: 'refuse', times: 1 });
const unsafe = await over((await adobe.generateVideoV3(clip)).result);
check(unsafe.status === 451 && unsafe.body.error_code === 'output_media_unsafe', 'a look at what was refused is answered with the refusal');
await tell('faults', { vendor: 'firefly', step: 'task', kind: 'fail', times: 1 });
check((await over((await adobe.generateVideoV3(clip)).result)).body.status === 'failed', 'a failure is told');
const stopped = (await adobe.generateVideoV3(clip)).result;
check((await ask('PUT', stopped.cancelUrl)).status === 200 && (await over(stopped)).body.status === 'canceled', 'a job is canceled');
check((await ask('PUT', job.cancelUrl)).status === 409, 'one that has ended is not');
check((await bill()).length === 3, 'and none of these is charged');

await refused({ ...clip, sizes: [{ width: 1280, height: 721 }] }, 400, 'Unsupported size', 'there are nine sizes');
await refused({ ...clip, seeds: [1, 2] }, 400, 'seeds', 'one seed');
await refused({ ...clip, bitRateFactor: 64 }, 400, 'bitRateFactor', 'the factor has a range');
await refused({ ...clip, videoSettings: { cameraMotion: 'zoom in' } }, 400, 'cameraMotion', 'each motion has the word camera');
await refused({ ...clip, durationSeconds: 10 }, 400, 'durationSeconds', 'there is no length');
await refused({ ...clip, image: { conditions: [{ source: { uploadId: 'gone' }, placement: { position: 0 } }] } }, 400, 'uploadId', 'an upload is known');
await check.throws(() => adobe.upload(new Blob(['x'], { type: 'image/gif' })), (e) => e.message.includes('MIME'), 'a type that is not taken');
await check.throws(() => client('wrong').generateVideoV3(clip), (e) => e.status === 401, 'wrong credentials get no token');
check((await ask('GET', 'https://firefly-api.adobe.io/v3/status/none')).body.error_code === 'unknown_job_id', 'a job that never was is not found');
check((await ask('GET', 'https://firefly-api.adobe.io/v3/status/none', { 'x-api-key': 'another' })).status === 403, 'the client id belongs to the token');
await tell('firefly', { revoke: true });
check((await ask('GET', job.statusUrl)).status === 401, 'a token may be taken back');
check.done();
