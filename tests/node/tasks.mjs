// The official tasks client (ext-tasks over the TypeScript client, protocol 2026-07-28): begins a clip as a task and lets go
// of it, or takes it up again by its reference, from another process and maybe another server.
// Usage: node tasks.mjs <address> <token> begin <image> <reference file>   |   ... resume <reference file>
import { readFile, writeFile } from 'node:fs/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createTaskSessionFromClient, resultFromTaskOutcome } from '@modelcontextprotocol/ext-tasks/client';

const [address, token, what, ...rest] = process.argv.slice(2);
const version = '2026-07-28';
const clientInfo = { name: 'tasks', version: '1' };
const clientCapabilities = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const client = new Client(clientInfo, { capabilities: clientCapabilities, versionNegotiation: { mode: { pin: version } } });
await client.connect(new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));

// What the client's own coordinator would do: one POST a request, the answer on a stream.
let last = 0;
async function dispatch(request) {
  const name = request.params?.taskId ?? request.params?.name;
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', Authorization: `Bearer ${token}`, 'MCP-Protocol-Version': version, 'Mcp-Method': request.method, ...(name ? { 'Mcp-Name': name } : {}) },
    body: JSON.stringify({ jsonrpc: '2.0', id: ++last, ...request }),
  });
  const text = await response.text();
  const messages = text.startsWith('{') ? [JSON.parse(text)] : text.split('\n').filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice(6)));
  const answer = messages.find((message) => message.id === last);
  return answer.error ? { kind: 'error', error: answer.error } : { kind: 'result', result: answer.result };
}

const session = createTaskSessionFromClient(client, { endpointId: 'mcp-i2v', rawDispatch: dispatch, v2RequestFraming: { protocolVersion: version, clientInfo, clientCapabilities } });
if (what === 'begin') {
  const execution = await session.callTool('animate_image', { image: rest[0], duration_seconds: 1, resolution: '480p' });
  console.log(execution.kind);
  await execution.handoff((reference) => writeFile(rest[1], JSON.stringify(reference)));
} else {
  const execution = await session.resumeTask(JSON.parse(await readFile(rest[0], 'utf8')));
  const { outcome } = await execution.settle();
  const result = resultFromTaskOutcome(outcome);
  console.log(JSON.stringify(result.structuredContent.assets.map((asset) => asset.handle)));
}
await session.close();
await client.close();
process.exit(0);
