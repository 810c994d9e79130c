// What the SDK runs share: a picture, a look at a film, checks that count.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
let checks = 0;

export const begin = () => ({ origin: process.argv[2], key: process.argv[3] });

export const check = (ok, what) => {
  if (!ok) throw new Error(`not so: ${what}`);
  checks += 1;
};
check.throws = async (work, isRight, what) => {
  let error;
  try { await work(); } catch (e) { error = e; }
  if (!error || !isRight(error)) throw new Error(`not so: ${what}: ${error?.status} ${error?.message}`);
  checks += 1;
};
check.done = () => { console.log(`${checks} checks passed`); process.exit(0); };

export const picture = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'i2v-sdk-'));
  const path = join(folder, 'still.png');
  await run('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=360x640', '-frames:v', '1', path]);
  const bytes = await readFile(path);
  await rm(folder, { recursive: true });
  return bytes;
};

// Real media: decodes, lasts as long as it should.
export const film = async (source, seconds, codec, headers = {}) => {
  const response = source instanceof Response ? source : await fetch(source, { headers });
  check(response.ok, `the download answered ${response.status}`);
  const folder = await mkdtemp(join(tmpdir(), 'i2v-sdk-'));
  const path = join(folder, 'result');
  await writeFile(path, Buffer.from(await response.arrayBuffer()));
  const { stdout } = await run('ffprobe', ['-v', 'error', '-count_packets', '-show_entries', 'stream=codec_name,nb_read_packets:format=duration', '-of', 'json', path]);
  await rm(folder, { recursive: true });
  const probe = JSON.parse(stdout);
  check(probe.streams.some((s) => s.codec_name === codec && Number(s.nb_read_packets) > 0), `codecs were ${probe.streams.map((s) => s.codec_name)}`);
  if (seconds) check(Math.abs(Number(probe.format.duration) - seconds) < 0.3, `it lasts ${probe.format.duration} s`);
};

export const until = async (look, isOver, every = 100) => {
  for (let i = 0; i < 600; i += 1) {
    const now = await look();
    if (isOver(now)) return now;
    await new Promise((resolve) => { setTimeout(resolve, every); });
  }
  throw new Error('never over');
};
