// The official TypeScript client (v2) plays the demo's conversation over HTTP, at one version of the protocol.
// Usage: node conversation.mjs <address> <samples folder> <token> <2025-06-18|2025-11-25|2026-07-28>
import { readFile } from 'node:fs/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const [address, samples, token, version] = process.argv.slice(2);
const options = version === '2026-07-28' ? { versionNegotiation: { mode: { pin: version } } } : { supportedProtocolVersions: [version] };
const client = new Client({ name: 'conversation', version: '1' }, { capabilities: {}, ...options });
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));

let failures = 0;
function check(ok, what) {
  if (!ok) failures++;
  console.log(`${ok ? 'ok' : 'FAILED'} ${what}`);
}

// The words are the demo's; the pictures are small, for what is tried is the client.
const small = { animate_image: { resolution: '480p' }, batch_variants: { resolution: '480p' } };
const kept = { samples };
const fill = (value) => JSON.parse(JSON.stringify(value).replace(/\{(\w+)\}/g, (all, name) => kept[name] ?? all));
const { turns } = JSON.parse(await readFile(`${samples}/demo.json`, 'utf8'));

const negotiated = client.getNegotiatedProtocolVersion();
check(negotiated === version, `speaks ${negotiated}`);
check((await client.listTools()).tools.length === 13, 'lists the tools');
// A file of this machine is sent to the address that the answer names, as an assistant with a shell does.
async function send(upload, path) {
  const sent = await fetch(upload.url, { method: upload.method, body: await readFile(path) });
  check(sent.status === 201, `sends ${path.split('/').at(-1)} (${sent.status})`);
  return upload.reference;
}

for (const turn of turns) {
  let progress = 0;
  const call = (args) => client.callTool({ name: turn.call, arguments: { ...args, wait_seconds: 300 } }, { timeout: 300_000, onprogress: () => progress++ });
  let args = { ...fill(turn.arguments), ...small[turn.call] };
  let result = await call(args);
  const upload = result.structuredContent.error?.upload;
  if (upload) {
    const path = JSON.stringify(args).match(/"([^"]*bottle\.jpg)"/)[1];
    args = JSON.parse(JSON.stringify(args).replace(path, await send(upload, path)));
    result = await call(args);
  }
  const answer = result.structuredContent;
  check(!result.isError, `${turn.say} -> ${result.content[0].text.split('\n')[0]}`);
  check(progress > 0, `${turn.call} told its progress (${progress})`);
  if (result.isError) break;
  kept[turn.keep] = answer.batch?.id ?? answer.assets[0].handle;
  const links = result.content.filter((c) => c.type === 'resource_link').map((c) => c.uri);
  for (const link of links) {
    const file = await fetch(link, { headers: { Range: 'bytes=0-99' } });
    check(file.status === 206 && (await file.arrayBuffer()).byteLength === 100, `fetches ${new URL(link).pathname}`);
  }
  if (answer.batch) check(answer.batch.counts.succeeded === 12, 'twelve variants are there');
}
await client.close();
process.exit(failures ? 1 : 0);
