// Counts the tokens (o200k) of what the official TypeScript client receives in a conversation: text, structure and links, no pictures.
// Usage: node answer-tokens.mjs <server program> <still>; I2V_HOME names the library.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { getEncoding } from 'js-tiktoken';

const [program, still] = process.argv.slice(2);
const transport = new StdioClientTransport({ command: program, args: ['serve'], env: process.env, stderr: 'inherit' });
const client = new Client({ name: 'answer-tokens', version: '1' }, { capabilities: {} });
await client.connect(transport);
const encoding = getEncoding('o200k_base');
const tokens = (value) => encoding.encode(typeof value === 'string' ? value : JSON.stringify(value)).length;

async function call(name, args) {
  const result = await client.callTool({ name, arguments: args }, undefined, { timeout: 400_000 });
  const text = result.content.filter((c) => c.type === 'text').map((c) => c.text).join('\n');
  if (result.isError) throw new Error(text);
  const links = result.content.filter((c) => c.type === 'resource_link');
  return {
    structured: result.structuredContent,
    tokens: tokens(text) + tokens(result.structuredContent) + links.reduce((sum, link) => sum + tokens(link), 0),
    lines: text.split('\n').length,
    links: links.length,
    shows: Math.max(0, ...text.split('\n').filter((l) => l.startsWith('Shows: ')).map(tokens)),
  };
}

// Asks for variants and looks as often as given, as an assistant would; the last look waits for the end, or comes after calling off what
// is still open, which ends it as well and takes no minutes.
async function batch(looks, texts, cameras, callsOff) {
  const small = { images: ['still-1'], duration_seconds: 1, resolution: '480p', quality: 'draft', options: { fps: 24 }, wait_seconds: 0 };
  const hooks = ['Glow, bottled.', 'Your morning, upgraded', 'Skin that says hello', 'Stop scrolling, start glowing', 'Ask for the serum'];
  const answers = [await call('batch_variants', {
    ...small,
    name: `Serum hooks ${texts}`,
    texts: Array.from({ length: texts }, (_, i) => `${hooks[i % hooks.length]} ${i}`),
    cameras,
    aspect_ratios: ['9:16'],
    limit: 200,
  })];
  const id = answers[0].structured.batch.id;
  for (let look = 1; look <= looks; look++) {
    if (look === looks && callsOff) answers.push(await call('cancel_job', { id }));
    answers.push(await call('check_job', { id, wait_seconds: look < looks ? 2 : 300 }));
  }
  const { counts } = answers.at(-1).structured.batch;
  return {
    id,
    succeeded: counts.succeeded,
    ended: counts.succeeded + counts.canceled,
    asked_to_finished: answers.reduce((sum, a) => sum + a.tokens, 0),
    most_lines: Math.max(...answers.map((a) => a.lines)),
    most_links: Math.max(...answers.map((a) => a.links)),
    most_variants: Math.max(...answers.map((a) => a.structured.batch?.variants.length ?? 0)),
    again: (await call('check_job', { id })).tokens,
  };
}

const made = await call('generate_still', { prompt: 'warm', from: [still], options: { look: 'warm' } });
const clip = await call('animate_image', { image: 'still-1', prompt: 'slow push in', duration_seconds: 1, resolution: '480p' });
const edit = await call('edit_clip', { clip: 'clip-1', operations: [{ op: 'text', text: 'Glow, bottled.', position: 'top' }] });
const thirty = await batch(6, 10, ['push_in', 'pan_left', 'orbit_left'], false);
const canceled = await call('cancel_job', { id: thirty.id });
const found = await call('find_assets', { batch: thirty.id });
const models = await call('list_models', {});
const twoHundred = await batch(10, 50, ['push_in', 'pan_left', 'tilt_up', 'pull_out'], true);
await client.close();
console.log(JSON.stringify({
  still: made.tokens,
  clip: clip.tokens,
  edit: edit.tokens,
  shows: Math.max(made.shows, clip.shows, edit.shows),
  batch_of_30: thirty,
  batch_of_200: twoHundred,
  canceled_after_its_end: canceled.tokens,
  find_assets: found.tokens,
  list_models: models.tokens,
}));
