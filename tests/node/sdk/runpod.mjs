// RunPod's own client against the simulated RunPod.
import runpodSdk from 'runpod-sdk';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const endpoint = runpodSdk(key, { baseUrl: `${origin}/runpod/v2` }).endpoint('wan-2-1-i2v-720');
const image = `data:image/png;base64,${(await picture()).toString('base64')}`;

const { id, status } = await endpoint.run({ input: { prompt: 'slow push in', image, size: '720*1280', duration: 5 } });
check(status === 'IN_QUEUE', `it began as ${status}`);
const done = await until(() => endpoint.status(id), (j) => j.completed);
check(done.succeeded && done.output.cost === 0.3, 'it succeeded and says its cost');
await film(done.output.result, 5, 'h264');
const other = await endpoint.run({ input: { prompt: 'x', image } });
check((await endpoint.cancel(other.id)).status === 'CANCELLED', 'it is cancelled');
check((await endpoint.health()).workers.ready === 1, 'the health is told');
await check.throws(() => endpoint.run({ input: { prompt: 'x' } }), (e) => (e.response?.status ?? e.status) === 400, 'a missing image is refused');
await check.throws(() => runpodSdk('wrong', { baseUrl: `${origin}/runpod/v2` }).endpoint('wan-2-1-i2v-720').run({ input: { prompt: 'x', image } }), (e) => (e.response?.status ?? e.status) === 401, 'a wrong key is refused');
check.done();
