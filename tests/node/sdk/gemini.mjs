// Google's own client against the simulated Gemini API.
import { GoogleGenAI, ApiError } from '@google/genai';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const make = (apiKey) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: `${origin}/gemini` } });
const ai = make(key);

const file = await ai.files.upload({ file: new Blob([await picture()], { type: 'image/png' }), config: { mimeType: 'image/png' } });
check(file.uri && file.state === 'ACTIVE', 'the upload is active');
const answer = await ai.models.generateContent({
  model: 'gemini-nano-banana-2.1',
  contents: [{ role: 'user', parts: [{ text: 'a copper kettle' }, { fileData: { fileUri: file.uri, mimeType: 'image/png' } }] }],
  config: { responseModalities: ['TEXT', 'IMAGE'], imageConfig: { aspectRatio: '9:16', imageSize: '1K' } },
});
const inline = answer.candidates[0].content.parts.find((p) => p.inlineData);
check(answer.usageMetadata.candidatesTokenCount === 1120, 'tokens are told');
await film(new Response(Buffer.from(inline.inlineData.data, 'base64')), 0, 'png');

const format = { type: 'video', aspect_ratio: '9:16', resolution: '720p', duration: '4s', delivery: 'uri' };
const begun = await ai.interactions.create({ model: 'gemini-omni-1.2-flash', input: [{ type: 'image', mime_type: 'image/png', uri: file.uri }, { type: 'text', text: 'slow push in' }], response_format: format, background: true, store: true });
check(begun.id && ['queued', 'in_progress'].includes(begun.status), `it began as ${begun.status}`);
const done = await until(() => ai.interactions.get(begun.id), (i) => i.status === 'completed');
const video = done.steps.at(-1).content.find((c) => c.type === 'video');
check(done.usage.output_tokens_by_modality[0].tokens === 4 * 5792, 'video tokens are told');
await film(`${video.uri}?alt=media`, 4, 'h264', { 'x-goog-api-key': key });
const turn = await ai.interactions.create({ model: 'gemini-omni-1.2-flash', previous_interaction_id: begun.id, input: 'make it snow', response_format: { type: 'video', delivery: 'uri' }, background: true, store: true });
await until(() => ai.interactions.get(turn.id), (i) => i.status === 'completed');
const other = await ai.interactions.create({ model: 'gemini-omni-1.2-flash', input: 'x', response_format: format, background: true, store: true });
check((await ai.interactions.cancel(other.id)).status === 'cancelled', 'it is cancelled');

await check.throws(() => ai.interactions.create({ model: 'gemini-omni-1.2-flash', input: 'x', response_format: { ...format, duration: '40s' }, background: true, store: true }), (e) => e.status === 400, 'a wrong length is refused');
await check.throws(() => ai.models.generateContent({ model: 'gemini-3.1-flash-image', contents: 'x' }), (e) => e instanceof ApiError && e.status === 404, 'a retired model is not found');
await check.throws(() => make('wrong').models.generateContent({ model: 'gemini-nano-banana-2.1', contents: 'x' }), (e) => e.status === 400 && /API key not valid/.test(e.message), 'a wrong key is refused');
check.done();
