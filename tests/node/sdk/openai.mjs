// OpenAI's own client against the simulated OpenAI, and its video shape against simulated self-hosted servers.
import OpenAI, { toFile } from 'openai';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const openai = new OpenAI({ apiKey: key, baseURL: `${origin}/openai/v1`, maxRetries: 0 });

const models = [];
for await (const model of openai.models.list()) models.push(model);
check(models.find((m) => m.id === 'gpt-image-1.5').shutdown_date === '2026-12-01', 'the last day is told');
const made = await openai.images.generate({ model: 'gpt-image-2.6-flare', prompt: 'a copper kettle', n: 2, size: '1088x1920', quality: 'medium' });
check(made.data.length === 2 && made.usage.output_tokens > 0, 'two images and their tokens');
await film(new Response(Buffer.from(made.data[0].b64_json, 'base64')), 0, 'png');
const edited = await openai.images.edit({ model: 'gpt-image-2', image: [await toFile(await picture(), 'a.png', { type: 'image/png' }), await toFile(await picture(), 'b.png', { type: 'image/png' })], prompt: 'together' });
check(edited.usage.input_tokens_details.image_tokens === 2000, 'both pictures went in');
await check.throws(() => openai.images.generate({ model: 'gpt-image-2', prompt: 'x', size: '1080x1920' }), (e) => e instanceof OpenAI.BadRequestError && e.param === 'size', 'a size that is no multiple of 16 is refused');
await check.throws(() => openai.images.generate({ model: 'gpt-image-1', prompt: 'x' }), (e) => e instanceof OpenAI.NotFoundError && e.code === 'model_not_found', 'a retired model is not found');
await check.throws(() => openai.videos.create({ model: 'sora-2', prompt: 'x' }), (e) => e.status === 404, 'there are no videos any more');
await check.throws(() => new OpenAI({ apiKey: 'sk-wrong', baseURL: `${origin}/openai/v1`, maxRetries: 0 }).models.list(), (e) => e instanceof OpenAI.AuthenticationError, 'a wrong key is refused');
await fetch(`${origin}/_sim/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ vendor: 'openai', step: 'task', kind: 'refuse', times: 1 }) });
await check.throws(() => openai.images.generate({ model: 'gpt-image-2', prompt: 'x' }), (e) => e.code === 'moderation_blocked', 'a refusal has its code');

for (const flavour of ['vllm', 'sglang']) {
  const own = new OpenAI({ apiKey: 'none', baseURL: `${origin}/${flavour}/v1`, maxRetries: 0 });
  const video = await own.videos.create({ model: 'wan', prompt: 'push in', seconds: '4', size: '720x1280', input_reference: await toFile(await picture(), 'a.png', { type: 'image/png' }) });
  const done = await until(() => own.videos.retrieve(video.id), (v) => v.status === 'completed');
  check(done.progress === 100, 'progress ends at 100');
  await film(await own.videos.downloadContent(video.id), 4, 'h264');
  const listed = [];
  for await (const v of own.videos.list()) listed.push(v.id);
  check(listed.includes(video.id), 'the list has it');
  const other = await own.videos.create({ prompt: 'x' });
  check((await own.videos.delete(other.id)).deleted, 'it is deleted');
  await check.throws(() => own.videos.retrieve('none'), (e) => e.status === 404, 'an unknown id is not found');
}
check.done();
