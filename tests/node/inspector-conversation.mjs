// The Inspector's command line plays the demo's conversation over HTTP, one process a turn.
// Usage: node inspector-conversation.mjs <address> <samples folder> <token>
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [address, samples, token] = process.argv.slice(2);
const inspector = join(dirname(fileURLToPath(import.meta.url)), 'node_modules', '.bin', 'mcp-inspector');
// The words are the demo's; the pictures are small, for what is tried is the client.
const small = { animate_image: { resolution: '480p' }, batch_variants: { resolution: '480p' } };
const kept = { samples };
const fill = (value) => JSON.parse(JSON.stringify(value).replace(/\{(\w+)\}/g, (all, name) => kept[name] ?? all));
const { turns } = JSON.parse(await readFile(`${samples}/demo.json`, 'utf8'));

function call(tool, given) {
  const args = Object.entries(given).flatMap(([name, value]) => ['--tool-arg', `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`]);
  const run = spawnSync(process.execPath, [inspector, '--cli', address, '--transport', 'http', '--header', `Authorization: Bearer ${token}`, '--method', 'tools/call', '--tool-name', tool, ...args], { encoding: 'utf8' });
  if (run.status !== 0) {
    console.error(run.stdout + run.stderr);
    process.exit(1);
  }
  return JSON.parse(run.stdout);
}

const isOpen = (answer) => answer.batch ? answer.batch.counts.queued + answer.batch.counts.running > 0 : ['queued', 'submitting', 'running', 'fetching'].includes(answer.job?.state);

for (const turn of turns) {
  let result = call(turn.call, { ...fill(turn.arguments), ...small[turn.call], wait_seconds: 30 });
  // What takes longer is looked for again, as an assistant does.
  while (!result.isError && isOpen(result.structuredContent)) {
    result = call('check_job', { id: result.structuredContent.batch?.id ?? result.structuredContent.job.id, wait_seconds: 30 });
  }
  const answer = result.structuredContent;
  console.log(`${turn.say} -> ${result.content[0].text.split('\n')[0]}`);
  if (result.isError) process.exit(1);
  kept[turn.keep] = answer.batch?.id ?? answer.assets[0].handle;
  if (answer.batch && answer.batch.counts.succeeded !== 12) process.exit(1);
}
