// ElevenLabs' own SDK against the simulated ElevenLabs.
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const client = (apiKey) => new ElevenLabsClient({ apiKey, baseUrl: `${origin}/elevenlabs` });
const eleven = client(key);
const once = { maxRetries: 0 };
const bytes = async (stream) => Buffer.from(await new Response(stream).arrayBuffer());
const sound = (body, seconds) => film(new Response(body), seconds, 'mp3');
const clip = async (seconds) => {
  const folder = await mkdtemp(join(tmpdir(), 'i2v-sdk-'));
  await promisify(execFile)('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=s=180x320:d=${seconds}`, join(folder, 'clip.mp4')]);
  const made = await readFile(join(folder, 'clip.mp4'));
  await rm(folder, { recursive: true });
  return made;
};
const refused = (work, status, code, what) => check.throws(work, (e) => e.statusCode === status && JSON.stringify(e.body).includes(code), what);

const account = await eleven.user.subscription.get();
check(account.tier === 'pro' && account.characterLimit > account.characterCount, 'the account tells its credits');
const voices = (await eleven.voices.search({ search: 'rachel', pageSize: 10 })).voices;
check(voices.length === 1 && voices[0].name === 'Rachel', `voices were ${voices.map((v) => v.name)}`);
const voice = voices[0].voiceId;
const own = (await eleven.voices.search({ voiceType: 'non-default', pageSize: 100 })).voices;
check(own.length === 1 && own[0].name === 'Anna of our shop', `own voices were ${own.map((v) => v.name)}`);

const text = 'Glow, bottled. Out on Friday.';
const spokenFile = () => Buffer.from(spoken.audioBase64, 'base64');
const { data: spoken, rawResponse } = await eleven.textToSpeech.convertWithTimestamps(voice, { text, modelId: 'eleven_v3', outputFormat: 'mp3_44100_128', seed: 7, voiceSettings: { stability: 0.5 } }, once).withRawResponse();
check(rawResponse.headers.get('request-id') && Number(rawResponse.headers.get('character-cost')) === text.length, 'the answer names its request and its credits');
check(spoken.alignment.characters.join('') === text, 'every letter has its time');
check(spoken.alignment.characterEndTimesSeconds.at(-1) > 1.5, 'the last letter ends at the end');
await sound(Buffer.from(spoken.audioBase64, 'base64'), text.length * 0.06);
await sound(await bytes(await eleven.textToSpeech.convert(voice, { text, modelId: 'eleven_flash_v2_5' }, once)), text.length * 0.06);
const kept = (await eleven.history.list({ pageSize: 10, voiceId: voice, modelId: 'eleven_v3', source: 'TTS' })).history;
check(kept.length === 1 && kept[0].text === text && kept[0].requestId === rawResponse.headers.get('request-id'), 'speech is found in the history');
check(kept[0].alignments.alignment.characters.length === text.length, 'with the time of each letter');
await sound(await bytes(await eleven.history.getAudio(kept[0].historyItemId)), text.length * 0.06);
await sound(await bytes(await eleven.textToSoundEffects.convert({ text: 'a cork pops', durationSeconds: 2, loop: false, promptInfluence: 0.3 }, once)), 2);
await sound(await bytes(await eleven.music.compose({ prompt: 'calm piano', musicLengthMs: 4000, modelId: 'music_v2_5', forceInstrumental: true }, once)), 4);
await sound(await bytes(await eleven.music.videoToMusic({ videos: [new File([await clip(3)], 'clip.mp4', { type: 'video/mp4' })], description: 'calm', modelId: 'music_v2_5', addSfx: false }, once)), 3);

const talk = () => ({ data: spokenFile(), filename: 'talk.mp3', contentType: 'audio/mpeg' });
const heard = await eleven.speechToText.convert({ modelId: 'scribe_v2', file: talk(), timestampsGranularity: 'word', tagAudioEvents: false, diarize: false }, once);
check(heard.words.filter((w) => w.type === 'word').map((w) => w.text).join(' ') === heard.text && heard.words.at(-1).end > 1, 'every word that is heard has its time');
const order = await eleven.dubbing.create({ file: talk(), targetLang: 'es', sourceLang: 'auto', numSpeakers: 0, name: 'attempt-7', mode: 'automatic' }, once);
check(order.dubbingId && order.expectedDurationSec > 1, 'a dub is taken');
await refused(() => eleven.dubbing.audio.get(order.dubbingId, 'es', once), 425, 'dubbing_not_ready', 'it is not ready at once');
const dub = await until(() => eleven.dubbing.get(order.dubbingId), (d) => d.status === 'dubbed');
check(dub.name === 'attempt-7' && dub.targetLanguages[0] === 'es', `it was ${JSON.stringify(dub)}`);
check((await eleven.dubbing.list({ pageSize: 10, orderBy: 'created_at' })).dubs[0].name === 'attempt-7', 'the list names it');
await sound(await bytes(await eleven.dubbing.audio.get(order.dubbingId, 'es')), text.length * 0.06);
await refused(() => eleven.dubbing.create({ file: talk() }, once), 400, 'target_lang', 'a dub needs a language');
await refused(() => eleven.dubbing.get('gone', once), 404, 'dubbing_not_found', 'an unknown dub is not found');
await refused(() => eleven.speechToText.convert({ modelId: 'scribe_v0', file: talk() }, once), 400, 'unsupported_model', 'an unknown ear is not here');

const asset = await eleven.assets.create({ asset: new File([await picture()], 'still.png', { type: 'image/png' }), name: 'still.png' });
check(asset.assetId && asset.mimeType === 'image/png', 'a file is taken');
const frame = { type: 'asset', assetId: asset.assetId };
const veo = { modelId: 'veo-3.1-fast-generate-001', prompt: 'slow push in', aspectRatio: '9:16', resolution: '720p', durationSecs: 4, generateAudio: false, enhancePrompt: false, startFrame: frame };
const made = await eleven.flows.video.createAndWait(veo, { minPollIntervalInSeconds: 0.5, maxRetries: 0 });
check(made.status === 'completed' && made.contentMimeType === 'video/mp4', `it was ${made.status}`);
await film(made.contentUrl, 4, 'h264');
check((await eleven.flows.video.get(made.id)).contentUrl !== made.contentUrl, 'each look signs a new address');
const queued = await eleven.flows.video.create({ modelId: 'bytedance-seedance-v2.5', prompt: 'steam rises', aspectRatio: 'auto', resolution: '480p', durationSecs: 5, generateAudio: true, startFrame: frame }, once);
check(queued.status === 'pending', 'it is queued');
const listed = await eleven.flows.video.list({ modelId: 'bytedance-seedance-v2.5' });
check(listed.generations.length === 1 && listed.generations[0].id === queued.id, 'the list names it');

await refused(() => client('wrong').user.subscription.get(once), 401, 'invalid_api_key', 'a wrong key is refused');
await refused(() => eleven.textToSpeech.convert('nobody', { text }, once), 404, 'voice_not_found', 'an unknown voice is not found');
await refused(() => eleven.textToSpeech.convert(voice, { text: 'x'.repeat(2001), modelId: 'eleven_v4' }, once), 400, 'text_too_long', 'a text has a limit');
await refused(() => eleven.textToSpeech.convert(voice, { text, modelId: 'eleven_monolingual_v1' }, once), 400, 'unsupported_model', 'the old models are not here');
await refused(() => eleven.music.compose({ prompt: 'x', seed: 7 }, once), 400, 'seed', 'a prompt takes no seed');
await refused(() => eleven.textToSoundEffects.convert({ text: 'x', durationSeconds: 31 }, once), 422, 'duration_seconds', 'an effect has a limit');
await refused(() => eleven.flows.video.create({ ...veo, images: [{ image: frame, role: 'subject' }] }, once), 422, 'Cannot be combined', 'frames exclude references');
await refused(() => eleven.flows.video.create({ ...veo, durationSecs: 5 }, once), 422, 'duration_secs', 'Veo makes 4, 6 or 8 s');
await refused(() => eleven.flows.video.create({ ...veo, startFrame: { type: 'asset', assetId: 'gone' } }, once), 404, 'asset_not_found', 'an asset must be there');
await refused(() => eleven.flows.video.get('gone', once), 404, 'generation_not_found', 'an unknown generation is not found');

// A webhook as the SDK reads it: our reader takes what it takes (ReceivingAWebhook signs the same way).
const body = JSON.stringify({ id: made.id, status: 'completed', content_url: made.contentUrl });
const now = Math.floor(Date.now() / 1000);
const signed = (at) => `t=${at},v0=${createHmac('sha256', 'a-secret').update(`${at}.${body}`).digest('hex')}`;
check((await eleven.webhooks.constructEvent(body, signed(now), 'a-secret')).id === made.id, 'the SDK takes a signed message');
await check.throws(() => eleven.webhooks.constructEvent(body, signed(now - 3600), 'a-secret'), (e) => /Timestamp/.test(e.message), 'and none that is old');
check.done();
