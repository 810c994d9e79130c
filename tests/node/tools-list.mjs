// Counts the tokens (o200k) of what the official TypeScript client receives when it lists the tools over stdio.
// Usage: node tools-list.mjs <server program>; I2V_HOME names the library.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { getEncoding } from 'js-tiktoken';

const transport = new StdioClientTransport({ command: process.argv[2], args: ['serve'], env: process.env, stderr: 'inherit' });
const client = new Client({ name: 'tools-list', version: '1' }, { capabilities: {} });
await client.connect(transport);
const result = await client.listTools();
await client.close();

const encoding = getEncoding('o200k_base');
const tokens = (value) => encoding.encode(JSON.stringify(value)).length;
const part = (choose) => result.tools.reduce((sum, tool) => sum + tokens(choose(tool)), 0);
console.log(JSON.stringify({
  whole: tokens(result),
  asked: tokens(result.tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))),
  inputs: part((tool) => tool.inputSchema),
  outputs: part((tool) => tool.outputSchema),
}));
