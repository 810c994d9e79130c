// A bare HTTP server of the official Node SDK with as many tools as ours and the same answer to list_models: what the
// throughput benchmark measures against. Usage: node bare-http-server.mjs <port> <file with the answer>
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const [port, file] = process.argv.slice(2);
const answer = JSON.parse(readFileSync(file, 'utf8'));
const sessions = new Map();

function serve() {
  const server = new McpServer({ name: 'bare', version: '1' });
  for (let i = 0; i < 10; i++) {
    server.registerTool(
      `tool_${i}`,
      { title: `Tool ${i}`, description: 'Answers.', inputSchema: { prompt: z.string(), count: z.number().optional(), mode: z.enum(['a', 'b']).optional() } },
      async () => ({ content: [{ type: 'text', text: 'ok' }] }),
    );
  }
  server.registerTool('list_models', { title: 'List models', description: 'Answers.', inputSchema: { kind: z.string().optional() } }, async () => answer);
  return server;
}

const http = createServer(async (request, response) => {
  let transport = sessions.get(request.headers['mcp-session-id']);
  if (!transport) {
    transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: (id) => sessions.set(id, transport) });
    await serve().connect(transport);
  }
  await transport.handleRequest(request, response);
});
// Connections rest while the other server has its turn.
http.keepAliveTimeout = 600_000;
http.listen(Number(port), '127.0.0.1', () => console.error('Serving'));
