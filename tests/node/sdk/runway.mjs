// Runway's own client against the simulated Runway.
import RunwayML, { toFile } from '@runwayml/sdk';
import { check, film, picture, begin, until } from './common.mjs';

const { origin, key } = begin();
const runway = new RunwayML({ apiKey: key, baseURL: `${origin}/runway`, maxRetries: 0 });

const { uri } = await runway.uploads.createEphemeral({ file: await toFile(await picture(), 'still.png') });
check(uri.startsWith('runway://'), 'the upload has a name');
const created = await runway.imageToVideo.create({ model: 'gen4.5', promptImage: uri, promptText: 'slow push in', ratio: '720:1280', duration: 4 });
check(created.estimatedCost?.credits === 48 || created.id, 'the estimate is told');
const statuses = new Set();
const done = await until(() => runway.tasks.retrieve(created.id), (t) => { statuses.add(t.status); return ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(t.status); });
check(done.status === 'SUCCEEDED' && statuses.has('RUNNING'), `states were ${[...statuses]}`);
check(done.cost.credits === 48, `it cost ${done.cost.credits}`);
await film(done.output[0], 4, 'h264');
const image = await runway.textToImage.create({ model: 'gen4_image', promptText: '@a on a shelf', ratio: '1080:1920', referenceImages: [{ uri, tag: 'a' }] }).waitForTaskOutput({ timeout: 60_000 });
await film(image.output[0], 0, 'png');
const speech = await runway.textToSpeech.create({ model: 'eleven_v3', promptText: 'hello', voice: { type: 'runway-preset', presetId: 'Leslie' } });
await film((await until(() => runway.tasks.retrieve(speech.id), (t) => t.status === 'SUCCEEDED')).output[0], 0, 'mp3');

const other = await runway.imageToVideo.create({ model: 'gen4.5', promptImage: uri, promptText: 'x', ratio: '720:1280', duration: 4 });
await runway.tasks.delete(other.id);
const canceled = await runway.tasks.retrieve(other.id);
check(canceled.status === 'CANCELLED' && canceled.cost.credits === 0, 'a deleted task is cancelled and costs nothing');
await check.throws(() => runway.imageToVideo.create({ model: 'gen4.5', promptImage: uri, promptText: 'x', ratio: '1:1', duration: 4 }), (e) => e instanceof RunwayML.BadRequestError && e.error.issues[0].path[0] === 'ratio', 'a wrong ratio is told');
await check.throws(() => new RunwayML({ apiKey: 'wrong', baseURL: `${origin}/runway`, maxRetries: 0 }).organization.retrieve(), (e) => e instanceof RunwayML.AuthenticationError, 'a wrong key is refused');
await check.throws(() => runway.tasks.retrieve('00000000-0000-0000-0000-000000000000'), (e) => e instanceof RunwayML.NotFoundError, 'an unknown task is not found');
check.done();
