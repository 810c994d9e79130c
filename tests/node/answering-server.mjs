// A bare HTTP server of the official Node SDK that answers list_models, find_assets and check_job out of a library as ours
// does: the same queries (better-sqlite3), the same rows, the same JSON, composed anew for every call. What the benchmark of
// composed answers measures against. Usage: node answering-server.mjs <port> <library folder> <file with every model>
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import Database from 'better-sqlite3';
import { z } from 'zod';

const [port, home, file] = process.argv.slice(2);
const { models } = JSON.parse(readFileSync(file, 'utf8'));
const database = new Database(join(home, 'library.db'), { readonly: true });
const told = (table) => `${table}.handle || ' ' || ${table}.title || ' ' || ${table}.operation || ' ' || COALESCE(${table}.prompt, '') || ' ' ||
  COALESCE(${table}.model, '') || ' ' || COALESCE(${table}.note, '') || ' ' || ${table}.texts`;
const search = database.prepare(`SELECT * FROM assets WHERE deleted_at IS NULL AND hidden_at IS NULL
  AND (${told('assets')} LIKE '%' || $words || '%' ESCAPE '\\' OR EXISTS (
    WITH RECURSIVE origin (handle) AS (
      SELECT assets.parent UNION SELECT older.parent FROM assets older JOIN origin ON older.handle = origin.handle)
    SELECT 1 FROM origin JOIN assets older ON older.handle = origin.handle WHERE ${told('older')} LIKE '%' || $words || '%' ESCAPE '\\'))
  ORDER BY created_at DESC, number DESC LIMIT $limit OFFSET 0`);
const spent = database.prepare(`SELECT COALESCE(SUM(CASE entry WHEN 'reserve' THEN amount_micros WHEN 'settle' THEN amount_micros ELSE -amount_micros END), 0) AS micros FROM ledger WHERE day = $day`);
const jobById = database.prepare('SELECT * FROM jobs WHERE id = $id');
const made = database.prepare('SELECT * FROM assets WHERE job = $job AND deleted_at IS NULL ORDER BY number');
const byHandle = database.prepare('SELECT * FROM assets WHERE handle = $handle');

const pathOf = (row) => join(home, 'media', row.file);
const drop = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));
const round = (value) => Math.round(value * 1000) / 1000;

function asset(row) {
  const checks = JSON.parse(row.checks);
  JSON.parse(row.inputs);
  JSON.parse(row.recipe);
  return drop({
    handle: row.handle, kind: row.kind, title: row.title, path: pathOf(row), uri: `i2v://assets/${row.handle}`, mime_type: row.mime_type,
    width: row.width || null, height: row.height || null, duration_seconds: row.duration_ms ? round(row.duration_ms / 1000) : null,
    fps: row.kind === 'clip' ? round(row.fps) : null, has_audio: row.kind === 'clip' ? row.has_audio === 1 : null, has_alpha: row.has_alpha ? true : null,
    bytes: row.bytes, sha256: row.sha256, parent: row.parent, master: row.master, operation: row.operation, model: row.model, seed: row.seed,
    job: row.job ? `job-${row.job}` : null, created_at: `${new Date(row.created_at).toISOString().slice(0, 19)}Z`, cost_usd: row.cost_micros / 1e6,
    checks: checks.length ? checks.map(drop) : null,
  });
}

// Of many.
const inBrief = (row) => {
  const { handle, kind, title, path, uri, mime_type, width, height, duration_seconds, parent, cost_usd } = asset(row);
  return drop({ handle, kind, title, path, uri, mime_type, width, height, duration_seconds, parent, cost_usd: cost_usd || null });
};

function line(row) {
  const seconds = Number((row.duration_ms / 1000).toFixed(2));
  const what = row.kind === 'still' ? `${row.width}x${row.height}`
    : `${Number.isInteger(seconds) ? seconds.toFixed(1) : seconds} s, ${row.width}x${row.height}, ${row.fps} fps${row.has_audio ? ', with sound' : ''}`;
  return `${row.handle} (${what}) ${pathOf(row)}`;
}

const link = (row) => ({ type: 'resource_link', uri: pathToFileURL(pathOf(row)).href, name: row.handle, title: row.title, mimeType: row.mime_type, size: row.bytes });
const withNext = (text, next) => text + next.map((step) => `\nNext: ${step}`).join('');
const picture = (row, count) => ({ type: 'image', mimeType: 'image/jpeg', data: readFileSync(join(home, '.previews', `${row.handle}-${count > 1 ? 60 : 120}.jpg`)).toString('base64') });

// What a picture shows, in words, out of the look that is kept of it: how bright it is, and what changed against what it was made from.
const cells = 12;
const lookOf = (row) => readFileSync(join(home, '.previews', `${row.handle}.look`));
function mean(look) {
  const sums = [0, 0, 0];
  for (let i = 0; i < look.length; i++) sums[i % 3] += look[i];
  return sums.map((sum) => (sum * 3) / look.length / 255);
}
function changed(a, b) {
  const thirds = new Array(9).fill(0);
  for (let y = 0; y < cells; y++) {
    for (let x = 0; x < cells; x++) {
      const at = (y * cells + x) * 3;
      const third = Math.floor(y / 4) * 3 + Math.floor(x / 4);
      thirds[third] += (Math.abs(a[at] - b[at]) + Math.abs(a[at + 1] - b[at + 1]) + Math.abs(a[at + 2] - b[at + 2])) / 765 / 16;
    }
  }
  return thirds;
}
function shows(row) {
  const look = lookOf(row);
  const [red, green, blue] = mean(look);
  const light = `bright (${Math.round((0.2126 * red + 0.7152 * green + 0.0722 * blue) * 100)}%)`;
  const from = row.seen_before ?? row.parent;
  const before = from && byHandle.get({ handle: from });
  if (!before || !existsSync(pathOf(before))) return `Shows: ${light}.`;
  const seen = lookOf(before);
  const warmer = red - blue - mean(seen)[0] + mean(seen)[2];
  const most = changed(look, seen);
  return `Shows: ${light}. Against ${before.handle}: ${warmer > 0.012 ? 'warmer' : 'as warm'}, changed most at third ${most.indexOf(Math.max(...most))}.`;
}

function listModels({ kind }) {
  const found = models.filter((model) => model.kinds.includes(kind));
  const lines = [`${found.length} models:`];
  for (const model of found.filter((m) => m.available)) lines.push(`${model.id} (${model.kinds.join(', ')}), ${model.price_usd_example}. ${model.summary}`);
  const groups = new Map();
  for (const model of found.filter((m) => !m.available)) {
    const key = `\u0000${model.provider}\u0000${model.why_not}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(model);
  }
  for (const group of groups.values()) lines.push(`Not available, ${group[0].provider}: ${group[0].why_not}: ${[...new Set(group.map((m) => m.alias))].join(', ')}`);
  return { content: [{ type: 'text', text: lines.join('\n') }], structuredContent: { models: found.map((model) => ({ ...model })) }, isError: false };
}

function findAssets({ query, limit = 20 }) {
  const rows = search.all({ words: query ?? '', limit: limit + 1 });
  const page = rows.slice(0, limit);
  spent.get({ day: new Date().toISOString().slice(0, 10) });
  const next = rows.length > limit ? [`There are more: offset ${limit} shows the next ${limit}.`] : [];
  const shown = page.filter((row) => existsSync(pathOf(row))).slice(0, 4);
  const text = [`${page.length} found:`, ...page.map((row) => `${line(row)} - "${row.title}"`)].join('\n');
  return {
    content: [{ type: 'text', text: withNext(text, next) }, ...shown.map((row) => picture(row, shown.length)), ...page.map(link)],
    structuredContent: { assets: page.map(page.length > 10 ? inBrief : asset), next },
    isError: false,
  };
}

function checkJob({ id }) {
  const job = jobById.get({ id: Number(id.split('-')[1]) });
  const rows = made.all({ job: job.id });
  const [first] = rows;
  const next = [`If the still is right, lock it: animate_image ${first.handle} with a motion prompt that names the camera and does not retell the scene.`];
  const foremost = JSON.parse(job.foremost);
  const text = [...foremost, `Done: "${job.title}", free (${job.model}, job-${job.id}).`, ...rows.map(line), ...rows.map(shows)].join('\n');
  return {
    content: [{ type: 'text', text: withNext(text, next) }, ...rows.map((row) => picture(row, rows.length)), ...rows.map(link)],
    structuredContent: {
      job: {
        id: `job-${job.id}`, state: job.state, progress: round(job.progress), provider: job.provider, model: job.model,
        estimated_cost_usd: job.estimated_micros / 1e6, cost_usd: job.cost_micros / 1e6,
        attempts: JSON.parse(job.attempts).map(({ Provider, Model, Outcome, Error: error, provider, model, outcome }) =>
          drop({ provider: provider ?? Provider, model: model ?? Model, outcome: outcome ?? Outcome, error })),
      },
      assets: rows.map(asset), warnings: [...foremost, ...JSON.parse(job.warnings)], next,
    },
    isError: false,
  };
}

const sessions = new Map();

function serve() {
  const server = new McpServer({ name: 'answering', version: '1' });
  for (let i = 0; i < 8; i++) {
    server.registerTool(`tool_${i}`, { title: `Tool ${i}`, description: 'Answers.', inputSchema: { prompt: z.string() } }, async () => ({ content: [{ type: 'text', text: 'ok' }] }));
  }
  const tools = { list_models: [listModels, { kind: z.string() }], find_assets: [findAssets, { query: z.string().optional(), limit: z.number().optional() }], check_job: [checkJob, { id: z.string() }] };
  for (const [name, [answer, inputSchema]] of Object.entries(tools)) {
    server.registerTool(name, { title: name, description: 'Answers.', inputSchema }, async (args) => answer(args));
  }
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
