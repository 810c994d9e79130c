// A bare stdio server of the official Node SDK with as many tools as ours: what the start-up benchmark measures against.
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';

const server = new McpServer({ name: 'bare', version: '1' });
for (let i = 0; i < 11; i++) {
  server.registerTool(
    `tool_${i}`,
    { title: `Tool ${i}`, description: 'Answers.', inputSchema: { prompt: z.string(), count: z.number().optional(), mode: z.enum(['a', 'b']).optional() } },
    async () => ({ content: [{ type: 'text', text: 'ok' }] }),
  );
}
await server.connect(new StdioServerTransport());
