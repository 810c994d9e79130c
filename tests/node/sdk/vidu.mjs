// A client of Vidu's API against the simulated one. Vidu publishes no client in the npm registry: this one makes the contract sheet's own
// requests, reads its answers, and checks a callback's signature as the page on callbacks says.
import { createHmac } from 'node:crypto';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const client = (authorization) => async (method, path, body) => {
  const response = await fetch(`${origin}/vidu/ent/v2${path}`, { method, headers: { authorization, ...(body && { 'content-type': 'application/json' }) }, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.message), { status: response.status, reason: answer.reason });
  return answer;
};
const vidu = client(`Token ${key}`);
const fault = (kind) => fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'vidu', step: 'task', kind, times: 1 }) });
const bill = async () => (await (await fetch(`${origin}/_sim/bill`)).json()).map((b) => b.usd);
const over = (task, states = new Set()) => until(() => vidu('GET', `/tasks/${task.task_id}/creations`), (t) => { states.add(t.state); return ['success', 'failed'].includes(t.state); });
const still = `data:image/png;base64,${(await picture()).toString('base64')}`;
const clip = { model: 'viduq3-turbo', images: [still], prompt: 'slow push in', duration: 5, resolution: '720p', audio: false, is_rec: false, off_peak: false, watermark: false };

const account = await vidu('GET', '/credits');
check(account.remains[0].credit_remain > 0 && account.remains[0].concurrency_limit === 5, 'the account tells its credits and its places');

// From a picture, to a last one, from the subject, from words: credits are known at once.
const began = new Date(Date.now() - 1000).toISOString();
const made = await vidu('POST', '/img2video', { ...clip, payload: 'attempt-7', seed: 7 });
check(made.state === 'created' && made.credits === 55 && made.payload === 'attempt-7' && made.seed === 7, `it was answered ${JSON.stringify(made)}`);
const states = new Set();
const done = await over(made, states);
check(states.has('processing') && done.credits === 55 && done.err_code === '', `states were ${[...states]}`);
check(done.creations[0].video.duration === 5 && done.creations[0].video.resolution.height === 1280, 'the clip follows its picture');
await film(done.creations[0].url, 5, 'h264');
check((await vidu('GET', `/tasks/${made.task_id}/creations`)).creations[0].url !== done.creations[0].url, 'each look signs a new address');
const both = await vidu('POST', '/start-end2video', { ...clip, model: 'viduq3-pro', images: [still, still], resolution: '1080p', audio: undefined });
check(both.credits === 120, `to a last frame it costs ${both.credits}`);
await film((await over(both)).creations[0].url, 5, 'aac');
const kept = await vidu('POST', '/reference2video', { model: 'viduq3', images: [still, still], prompt: 'the bottle on a beach', duration: 5, resolution: '540p', aspect_ratio: '9:16', audio: true });
check(kept.credits === 35, `from the subject it costs ${kept.credits}`);
check((await over(kept)).creations[0].video.resolution.width === 540, 'the ratio is that which was asked for');
const told = await vidu('POST', '/text2video', { model: 'viduq3-turbo', prompt: 'a copper kettle', duration: 3, aspect_ratio: '4:3' });
check((await over(told)).state === 'success', 'words alone make one');
const old = await vidu('POST', '/img2video', { ...clip, model: 'viduq2-pro-fast', duration: 5 });
check(old.credits === 16, `Q2 is paid by its length: ${old.credits}`);
const heard = await vidu('POST', '/img2video', { ...clip, model: 'viduq2-turbo', duration: 2, audio: true });
check(heard.credits === 25, 'Q2 has sound for 15 credits');
const theirs = await vidu('POST', '/img2video', { ...clip, is_rec: true });
check(theirs.credits === 65, 'their own prompt costs 10 credits');
for (const task of [old, heard, theirs]) await over(task);

// A request whose answer was lost is found by what was sent along.
const list = async (query) => (await vidu('GET', `/tasks?created_at.from=${encodeURIComponent(began)}&pager.pagesz=100&${query}`)).tasks;
const mine = (await list('pager.page=0')).filter((t) => t.payload === 'attempt-7');
check(mine.length === 1 && mine[0].id === made.task_id, 'the list shows the payload');
check((await list('pager.page=1')).length === 0, 'it has pages');
check((await vidu('GET', `/tasks?created_at.from=${encodeURIComponent(new Date(Date.now() + 60000).toISOString())}`)).tasks.length === 0, 'it has a window');

// What waits for a cheap hour costs half, and can be canceled.
const cheap = await vidu('POST', '/img2video', { ...clip, off_peak: true });
check(cheap.credits === 28 && cheap.off_peak, `at a cheap hour it costs ${cheap.credits}`);
check((await vidu('GET', `/tasks/${cheap.task_id}/creations`)).state === 'queueing', 'it waits');
await check.throws(() => vidu('POST', `/tasks/${cheap.task_id}/cancel`, {}), (e) => e.reason === 'FieldLacking', 'the id is wanted again');
await vidu('POST', `/tasks/${cheap.task_id}/cancel`, { id: cheap.task_id });
const stopped = await vidu('GET', `/tasks/${cheap.task_id}/creations`);
check(stopped.state === 'failed' && stopped.err_code === 'UserCancelled', 'it is canceled');
await check.throws(() => vidu('POST', `/tasks/${made.task_id}/cancel`, { id: made.task_id }), (e) => e.status === 400, 'what is made is made');

const bad = (path, body, reason, what) => check.throws(() => vidu('POST', path, body), (e) => e.status === 400 && e.reason === reason, what);
await bad('/img2video', { ...clip, mood: 'dark' }, 'FieldUnwanted', 'an unknown field is refused');
await bad('/img2video', { ...clip, aspect_ratio: '9:16' }, 'FieldUnwanted', 'a clip follows its picture');
await bad('/img2video', { ...clip, images: [still, still] }, 'FieldItemCountOutOfRange', 'one picture is wanted');
await bad('/img2video', { ...clip, images: [still.split(',')[1]] }, 'ImageFormatInvalid', 'bare base64 is refused');
await bad('/img2video', { ...clip, duration: 17 }, 'FieldInvalid', 'a length outside the range is refused');
await bad('/img2video', { ...clip, model: 'viduq4-preview', duration: 2 }, 'FieldInvalid', 'Q4 begins at three seconds');
await bad('/img2video', { ...clip, resolution: '480p' }, 'FieldInvalid', 'a resolution outside the list is refused');
await bad('/img2video', { ...clip, seed: 2 ** 31 }, 'FieldInvalid', 'a seed has 31 bits');
await bad('/img2video', { ...clip, model: 'vidu2.0' }, 'ModelUnavailable', 'an ended model is not there');
await bad('/start-end2video', { ...clip, images: [still, still], model: 'viduq3-pro-fast' }, 'ModelUnavailable', 'not every model takes a last frame');
await bad('/reference2video', { ...clip, is_rec: undefined, images: [] }, 'FieldItemCountOutOfRange', 'a picture is needed');
await bad('/img2video', { ...clip, prompt: 'forbidden things' }, 'TaskPromptPolicyViolation', 'the prompt is moderated');
await check.throws(() => client(`Bearer ${key}`)('GET', '/credits'), (e) => e.status === 401 && e.reason === 'Unauthorized', 'a bearer is refused');
await check.throws(() => client('Token wrong')('POST', '/img2video', clip), (e) => e.status === 401, 'a wrong key is refused');
await check.throws(() => vidu('GET', '/tasks/nothing/creations'), (e) => e.status === 404, 'an unknown task is not found');
const before = (await bill()).length;
await fault('refuse');
const refused = await over(await vidu('POST', '/img2video', { ...clip, prompt: 'once more' }));
check(refused.state === 'failed' && refused.err_code === 'CreationPolicyViolation' && refused.creations.length === 0, 'what was made is moderated');
check((await bill()).length === before, 'what failed costs nothing');
const usd = await bill();
check(usd.includes(0.275) && usd.includes(0.6) && usd.includes(0.175) && usd.includes(0.08), `the bill was ${usd}`);

// The signature of a callback, made by the page's own words: the same bytes are accepted by the server's unit test.
const date = 'Wed, 18 Nov 2026 09:00:00 GMT';
const signed = ['POST', '/webhooks/vidu', '', 'vidu', date, 'x-request-nonce:n-1\n'].join('\n');
check(createHmac('sha256', 'a-key-of-tests').update(signed).digest('base64') === 'nP8GI3Gzet5xlFS8aTPeBuXk8Ee6hb5wlQGOkX81Bo0=', 'a callback is signed by the key');
check.done();
