// The official TypeScript client lists and calls every tool over stdio, and every structuredContent is validated against
// the tool's own output schema. Usage: node every-tool.mjs <server program> <samples folder>; I2V_HOME names the library.
// Over HTTP: node every-tool.mjs <address> <samples folder> <token>.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const [program, samples, token] = process.argv.slice(2);
const transport = token ? new StreamableHTTPClientTransport(new URL(program), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }) : new StdioClientTransport({
  command: program,
  args: ['serve'],
  env: { ...process.env, I2V__Inputs__Roots: samples },
  stderr: 'inherit',
});
const client = new Client({ name: 'every-tool', version: '1' }, { capabilities: {} });
await client.connect(transport);

const { tools } = await client.listTools();
const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const validators = new Map(tools.map((tool) => [tool.name, ajv.compile(tool.outputSchema)]));
const called = new Set();
let failures = 0;

function check(ok, what) {
  if (!ok) failures++;
  console.log(`${ok ? 'ok' : 'FAILED'} ${what}`);
}

async function call(name, args, expectError) {
  called.add(name);
  const result = await client.callTool({ name, arguments: args }, undefined, { timeout: 120_000 });
  const valid = validators.get(name)(result.structuredContent);
  const code = result.structuredContent?.error?.code;
  check(valid, `${name}: structuredContent obeys its schema ${valid ? '' : JSON.stringify(validators.get(name).errors)}`);
  check(expectError ? result.isError && code === expectError : !result.isError, `${name}: ${expectError ?? 'succeeds'} ${result.content[0].text.split('\n')[0].slice(0, 140)}`);
  const bytes = result.content.filter((c) => c.type === 'image').reduce((sum, c) => sum + Buffer.from(c.data, 'base64').length, 0);
  check(bytes <= 150_000, `${name}: previews of ${bytes} bytes`);
  return result.structuredContent;
}

check(tools.length === 13, `${tools.length} tools`);
for (const tool of tools) {
  check(tool.title && tool.description && tool.annotations && tool.outputSchema, `${tool.name} is described`);
  const bare = Object.entries(tool.inputSchema.properties).filter(([, schema]) => !schema.description).map(([name]) => name);
  check(bare.length === 0, `${tool.name}: every argument is described ${bare}`);
}

const still = (await call('generate_still', { prompt: 'bottle, warm', from: [`${samples}/bottle.jpg`], aspect_ratio: '9:16', options: { look: 'warm' } })).assets[0].handle;
const clip = (await call('animate_image', { image: still, prompt: 'slow push in', duration_seconds: 2, quality: 'draft', resolution: '480p' })).assets[0].handle;
const edited = (await call('edit_clip', { clip, operations: [{ op: 'trim', start_seconds: 0, end_seconds: 1 }], quality: 'draft' })).assets[0].handle;
await call('generate_audio', { kind: 'voice', text: 'One first sip.' });
await call('generate_audio', { kind: 'music', prompt: 'lofi', duration_seconds: 4 });
await call('generate_audio', { kind: 'effect', prompt: 'rain on a roof' }, 'unsupported_by_model');
await call('edit_clip', { clip, instruction: 'make the sky purple' }, 'unsupported_by_model');
const batch = await call('batch_variants', { name: 'two', images: [still], cameras: ['push_in', 'pan_left'], texts: ['One'], duration_seconds: 1, quality: 'draft', resolution: '480p', wait_seconds: 100 });
check(batch.batch.counts.succeeded === 2, `the batch made ${batch.batch.counts.succeeded} of 2`);
await call('assemble_clips', { clips: [edited, clip], transition: 'crossfade', quality: 'draft' });
await call('export_clip', { clip: edited, platforms: ['meta_feed'], captions: [{ start_seconds: 0, end_seconds: 1, text: 'Hello' }] });
await call('check_job', { id: 'job-1' });
await call('check_job', { id: 'job-9999' }, 'not_found');
await call('cancel_job', { id: 'job-1' });
await call('find_assets', { query: 'push' });
await call('find_assets', { handle: clip, at_seconds: [0, 1] });
await call('save_element', { name: 'bottle', images: [`${samples}/bottle-cutout.png`], description: 'An amber dropper bottle.' });
await call('organize_assets', { items: [clip], action: 'star' });
await call('find_assets', { kind: 'element' });
await call('list_models', {});
await call('animate_image', { image: 'still-999' }, 'not_found');
check(called.size === tools.length, `${called.size} tools were called`);

const { prompts } = await client.listPrompts();
check(prompts.map((p) => p.name).sort().join() === 'ad_variants,still_to_clip,storyboard', 'three prompts');
check((await client.getPrompt({ name: 'still_to_clip', arguments: { image: still } })).messages[0].content.text.includes(still), 'a prompt is filled in');
const { resourceTemplates } = await client.listResourceTemplates();
check(resourceTemplates.length === 4, 'four resource templates');
const read = await client.readResource({ uri: `i2v://assets/${clip}/lineage` });
check(JSON.parse(read.contents[0].text).lineage.length >= 3, 'lineage leads from the clip to the imported photo');
const asset = await client.readResource({ uri: `i2v://assets/${still}` });
check(asset.contents[1].mimeType === 'image/jpeg', 'an asset is read with a preview');
check(JSON.parse((await client.readResource({ uri: 'i2v://presets' })).contents[0].text).presets.length >= 8, 'presets are read');
const completion = await client.complete({ ref: { type: 'ref/resource', uri: 'i2v://assets/{handle}' }, argument: { name: 'handle', value: 'cl' } });
check(completion.completion.values.includes(clip), 'handles are completed');
await client.close();
console.log(`${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
