// Replicate's own client against the simulated Replicate: files, predictions in every way they are asked for, webhooks, errors.
import Replicate, { validateWebhook } from 'replicate';
import { createServer } from 'node:http';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const baseUrl = `${origin}/replicate`;
const client = (auth) => new Replicate({ auth, baseUrl });
const replicate = client(key);
const bill = async () => (await fetch(`${origin}/_sim/bill`)).json();
const fault = (step, kind) => fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'replicate', step, kind, times: 1 }) });
const status = (code) => (e) => e.response?.status === code;

check((await replicate.accounts.current()).username === 'simulated', 'the account says who it is');
const file = await replicate.files.create(new Blob([await picture()], { type: 'image/png' }), { of: 'a test' });
check(file.urls.get.startsWith(`${baseUrl}/files/`) && new Date(file.expires_at) > new Date(), 'a file has an address and an end');
check((await replicate.files.get(file.id)).id === file.id, 'a file is found');

const model = await replicate.models.get('kwaivgi', 'kling-v3-video');
const schemas = model.latest_version.openapi_schema.components.schemas;
check(model.is_official && schemas.Input.properties.mode.allOf[0].$ref === '#/components/schemas/mode' && schemas.mode.enum.includes('pro'), 'a choice stands apart in the schema');
const open = await replicate.models.get('acme', 'open-dream');
check(!open.is_official && open.latest_version.id.length === 64, 'others have versions');
check((await replicate.models.versions.get('acme', 'open-dream', open.latest_version.id)).openapi_schema, 'a version has its schema');

const states = new Set();
const input = { prompt: 'slow push in', start_image: file.urls.get, duration: 3, mode: 'standard' };
const made = await replicate.run('kwaivgi/kling-v3-video', { input, wait: { mode: 'poll', interval: 100 } }, (p) => states.add(p.status));
check(states.has('processing') && states.has('succeeded'), `states were ${[...states]}`);
// The client wraps https addresses alone; the imitation's are plain.
await film(made, 3, 'h264');
const held = await replicate.predictions.create({ model: 'google/nano-banana-pro', input: { prompt: 'a kettle', image_input: [await picture()], resolution: '1K' }, wait: true });
check(held.status === 'succeeded' && held.input.image_input[0].startsWith(`${baseUrl}/files/`), 'the held answer is the result, and a buffer became a file');
await film(held.output, 0, 'png');
const [still] = await replicate.run('black-forest-labs/flux-2-pro', { input: { prompt: 'a kettle' }, wait: { mode: 'poll', interval: 100 } });
await film(still, 0, 'png');
const brief = await replicate.predictions.create({ model: 'acme/dream', input: { prompt: 'x', first_frame_image: file.urls.get, duration: 4 } });
check(['starting', 'processing'].includes(brief.status), 'nothing is waited for unless asked');
const done = await until(() => replicate.predictions.get(brief.id), (p) => p.status === 'succeeded');
await film(done.output.video, 4, 'h264');
const timed = await replicate.wait(await replicate.predictions.create({ version: open.latest_version.id, input: { prompt: 'x', image: file.urls.get } }), { interval: 100 });
check(timed.status === 'succeeded' && timed.metrics.predict_time === 12.4 && Array.isArray(timed.output), 'a version takes its time');
check(JSON.stringify((await bill()).map((b) => b.usd).sort()) === JSON.stringify([0.01891, 0.06, 0.15, 0.252, 1.6].sort()), `the bill was ${(await bill()).map((b) => b.usd)}`);

const list = await replicate.predictions.list();
check(list.results.length === 5 && list.results[0].id === timed.id && list.results[0].input.image === file.urls.get, 'the list has all, the newest first, with what was asked');
const pages = [];
for await (const page of replicate.paginate(replicate.predictions.list)) pages.push(...page);
check(pages.length === 5, 'pages end');

const stopped = await replicate.predictions.create({ model: 'kwaivgi/kling-v3-video', input });
check((await replicate.predictions.cancel(stopped.id)).status === 'canceled', 'what runs is canceled');
check((await bill()).length === 6, 'and charged');
await fault('task', 'aborted');
check((await replicate.predictions.create({ model: 'kwaivgi/kling-v3-video', input })).status === 'aborted', 'what never began is aborted');
const late = await (await fetch(`${baseUrl}/models/kwaivgi/kling-v3-video/predictions`, { method: 'POST', headers: { authorization: `Token ${key}`, 'content-type': 'application/json', 'cancel-after': '0.2s' }, body: JSON.stringify({ input }) })).json();
check(late.deadline && (await until(() => replicate.predictions.get(late.id), (p) => p.status !== 'processing')).status === 'canceled', 'a deadline stops what runs');
await fault('task', 'erased');
const gone = await replicate.predictions.create({ model: 'wan-video/wan-2.5-i2v', input: { prompt: 'x', image: file.urls.get } });
check((await until(() => replicate.predictions.get(gone.id), (p) => p.status === 'succeeded')).data_removed, 'a result is erased');
await fault('task', 'refuse');
await check.throws(() => replicate.run('wan-video/wan-2.5-i2v', { input: { prompt: 'x', image: file.urls.get }, wait: { mode: 'poll', interval: 100 } }), (e) => e.message.includes('flagged as sensitive'), 'a refusal is a failed prediction');

let delivery;
const received = new Promise((resolve) => { delivery = createServer((request, response) => { let body = ''; request.on('data', (d) => { body += d; }); request.on('end', () => { response.end(); resolve({ headers: request.headers, body }); }); }).listen(0, '127.0.0.1'); });
await new Promise((resolve) => { delivery.on('listening', resolve); });
const named = await replicate.predictions.create({ model: 'wan-video/wan-2.5-i2v', input: { prompt: 'y', image: file.urls.get }, webhook: `http://127.0.0.1:${delivery.address().port}/`, webhook_events_filter: ['completed'] });
const word = await received;
const secret = (await replicate.webhooks.default.secret.get()).key;
check(await validateWebhook(word, secret) && JSON.parse(word.body).id === named.id, 'word is signed by the account\'s secret');
check(!(await validateWebhook({ ...word, body: word.body.replace('succeeded', 'failed') }, secret)), 'and nothing else is');

await check.throws(() => replicate.predictions.create({ model: 'kwaivgi/kling-v3-video', input: { ...input, image: file.urls.get } }), status(422), 'an unknown input is refused');
await check.throws(() => replicate.predictions.create({ model: 'kwaivgi/kling-v3-video', input: { ...input, duration: 16 } }), status(422), 'a length out of range is refused');
await check.throws(() => replicate.predictions.create({ model: 'acme/open-dream', input: { prompt: 'x', image: file.urls.get } }), status(404), 'only an official model is asked for by its name');
await check.throws(() => replicate.predictions.create({ version: '0'.repeat(64), input: {} }), status(422), 'an unknown version is refused');
await check.throws(() => replicate.models.get('acme', 'nothing'), status(404), 'an unknown model is not found');
await check.throws(() => client('wrong').accounts.current(), status(401), 'a wrong key is refused');
check.done();
