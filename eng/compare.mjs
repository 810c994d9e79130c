// Compares the catalogue with the vendors' current SDK typings: what is new there, what is gone, what is spelt otherwise.
// With --contracts it writes what the simulators hold requests against. Exit code 1 if a row can't be right.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as typings from './typings.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const rows = (folder) => JSON.parse(readFileSync(join(root, `src/McpI2V.Providers/${folder}/models.json`), 'utf8')).models;
const idOf = (row) => row.id.slice(row.id.indexOf(':') + 1);
const faults = [];
const notes = [];

// Every way a row may be asked: its own wire, and that of each kind with other names.
const waysOf = (row) => {
  const { for: kinds = {}, ...own } = row.wire;
  return row.kinds.map((kind) => ({ kind, wire: { ...own, ...(kinds[kind] ?? {}) } }));
};
const named = ['prompt', 'image', 'images', 'end', 'references', 'clip', 'audio', 'voice', 'language', 'duration', 'ratio', 'resolution', 'size', 'sound', 'seed', 'count', 'quality', 'positions', 'reference_front'];

// What can't be right is a fault; what a client of somebody else's does not know of is noted.
const hold = (id, kind, wire, members, row, into = { members: faults, values: faults }) => {
  // The typings tell a body's own members; a path leads on from one of them.
  const used = new Set([...named.map((n) => wire[n]).filter((m) => typeof m === 'string').map((m) => m.split(/[.[]/)[0]), ...Object.keys(wire.fixed ?? {})]);
  for (const member of used) if (!members[member]) into.members.push(`${id} (${kind}): the wire names ${member}, which the typings do not have`);
  for (const [name, member] of Object.entries(members)) {
    if (member.required && !used.has(name) && !(wire.performance && ['character', 'reference'].includes(name))) faults.push(`${id} (${kind}): ${name} is required and never sent`);
  }
  const known = kind === row.kinds[0];
  const values = (name) => (typeof wire[name] === 'string' ? members[wire[name]]?.values?.map(String) : undefined);
  const durations = values('duration')?.map((d) => Number(d.replace('s', ''))).filter(Number.isFinite);
  const ours = row.durations_seconds?.only;
  if (known && durations?.length && ours) {
    for (const d of ours) if (!durations.includes(d)) faults.push(`${id}: duration ${d} is not in the typings (${durations})`);
    for (const d of durations) if (!ours.includes(d)) notes.push(`${id}: the typings also have duration ${d}`);
  }
  const resolutions = values('resolution');
  for (const r of (resolutions && row.resolutions) || []) if (!resolutions.includes(wire.resolution_values?.[r] ?? r)) into.values.push(`${id} (${kind}): resolution ${wire.resolution_values?.[r] ?? r} is not in the typings (${resolutions})`);
  const ratios = values('ratio');
  const sent = wire.ratio_sizes ? Object.values(wire.ratio_sizes).flatMap((s) => Object.values(s)) : (row.aspect_ratios ?? []).filter((r) => r !== 'source');
  if (wire.ratio !== wire.resolution) for (const r of (ratios && sent) || []) if (!ratios.includes(r)) into.values.push(`${id} (${kind}): ratio ${r} is not in the typings`);
};

const fal = typings.fal();
const falRows = rows('Fal');
const falPaths = new Set();
for (const row of falRows.filter((r) => r.wire)) {
  for (const { kind, wire } of waysOf(row)) {
    const path = wire.path ?? idOf(row);
    falPaths.add(path);
    if (!fal[path]) faults.push(`fal:${path} is gone from the typings`);
    else hold(`fal:${path}`, kind, wire, fal[path].input, row);
  }
}
const runway = typings.runway();
const runwayRows = rows('Runway');
for (const row of runwayRows) {
  for (const { kind, wire } of waysOf(row)) {
    const members = runway[wire.path]?.[wire.fixed.model];
    if (!members) faults.push(`${row.id} (${kind}): ${wire.path} does not take ${wire.fixed.model}`);
    else hold(row.id, kind, wire, members, row);
  }
}

// New: same families as ours, not in the catalogue.
const family = (path) => path.split('/').slice(0, 2).join('/');
const families = new Set([...falPaths].map(family));
const wanted = /(image-to-video|reference-to-video|first-last|transition|text-to-image|edit|extend|avatar|lipsync|upscale)/;
const newer = Object.keys(fal).filter((p) => families.has(family(p)) && wanted.test(p) && !falPaths.has(p));
for (const [path, models] of Object.entries(runway)) {
  for (const model of Object.keys(models)) if (!runwayRows.some((r) => waysOf(r).some((w) => w.wire.path === path && w.wire.fixed.model === model))) notes.push(`runway: ${path} also takes ${model}`);
}
const listed = (folder, known, name, modelOf = idOf) => {
  const ours = rows(folder).map(modelOf);
  for (const id of known) if (!ours.includes(id) && !/\d{4}-\d{2}-\d{2}$/.test(id)) notes.push(`${name}: the typings name ${id}`);
  for (const model of new Set(rows(folder).filter((r) => r.wire).map(modelOf))) if (!known.includes(model)) notes.push(`${name}: ${model} is not named in the typings`);
};
listed('OpenAI', typings.openai(), 'openai');
listed('Gemini', typings.gemini(), 'gemini');
listed('Ark', typings.ark(), 'ark');
const veo = typings.vertex();
for (const row of rows('Vertex')) {
  for (const { wire } of waysOf(row)) {
    const written = [...named.map((n) => wire[n]).filter((m) => typeof m === 'string'), ...Object.keys(wire.fixed.parameters).map((p) => `parameters.${p}`), ...row.options.map((o) => `parameters.${o}`), 'parameters.storageUri'];
    for (const path of written) if (!veo.includes(path)) faults.push(`${row.id}: ${path} is not written by Google's client (${veo})`);
  }
}
const grok = typings.xai();
for (const row of rows('Xai')) {
  for (const { kind, wire } of row.wire ? waysOf(row) : []) hold(row.id, kind, wire, wire.path?.startsWith('videos/') ? grok.clips : grok.stills, row);
}
listed('Xai', grok.models, 'xai', (row) => row.wire?.fixed.model ?? idOf(row));
const flux = typings.bfl();
for (const row of rows('Bfl')) {
  for (const { kind, wire } of waysOf(row)) {
    const path = wire.path ?? idOf(row);
    if (path === 'flux-3-video') hold(row.id, kind, wire, flux.clip, row, { members: faults, values: notes });
    else if (path.startsWith('flux-2-')) hold(row.id, kind, wire, flux.still, row, { members: notes, values: notes });
    else notes.push(`${row.id} (${kind}): Vercel's client does not ask for ${path}`);
  }
}
listed('Bfl', flux.models, 'bfl', (row) => row.wire.path ?? idOf(row));
const eleven = typings.elevenlabs();
for (const row of rows('ElevenLabs')) {
  for (const { kind, wire } of waysOf(row)) {
    const members = eleven[wire.path]?.(wire.fixed.model_id);
    if (!members) faults.push(`${row.id} (${kind}): ${wire.path} does not take ${wire.fixed.model_id}`);
    else hold(row.id, kind, wire, members, row);
  }
}
const firefly = typings.firefly();
for (const row of rows('Firefly')) {
  for (const { kind, wire } of waysOf(row)) {
    hold(row.id, kind, wire, firefly.order, row);
    if (!firefly.versions.includes(wire.path ?? idOf(row))) faults.push(`${row.id}: the typings have ${firefly.versions}`);
    for (const [name, values] of Object.entries(wire.settings)) {
      const known = firefly.settings[name]?.values ?? [];
      for (const value of values) if (!known.includes(value)) faults.push(`${row.id}: ${name} ${value} is not in the typings (${known})`);
      for (const value of known) if (!values.includes(value)) notes.push(`${row.id}: ${name} may also be ${value}`);
    }
  }
}

// The others have no typings on npm: Replicate, Pika, Higgsfield and Hedra tell a model's inputs at run time, and their rows are held
// against that then; Luma's, HeyGen's and Vidu's rows are as old as what was read of them.
const oldest = 90 * 24 * 3600 * 1000;
const folders = readdirSync(join(root, 'src/McpI2V.Providers')).filter((f) => existsSync(join(root, `src/McpI2V.Providers/${f}/models.json`)));
const isOld = (row) => Date.now() - new Date(row.as_of.length === 7 ? `${row.as_of}-28` : row.as_of) > oldest;
const old = folders.flatMap(rows).filter((r) => !r.retired_on && (!r.as_of || isOld(r))).map((r) => `${r.id} (${r.as_of || 'no date'})`);

if (process.argv.includes('--contracts')) {
  const simulators = join(root, 'tests/McpI2V.Simulators');
  const write = (vendor, source, contract) => writeFileSync(join(simulators, vendor, 'contract.json'), `${JSON.stringify({ source, ...contract }, null, 1).replace(/\n {4,}/g, ' ').replace(/ \}/g, ' }')}\n`);
  write('Fal', `@fal-ai/client ${typings.versionOf('@fal-ai/client')}`, { endpoints: Object.fromEntries([...falPaths].filter((p) => fal[p]).sort().map((p) => [p, fal[p]])) });
  write('Runway', `@runwayml/sdk ${typings.versionOf('@runwayml/sdk')}`, { endpoints: runway });
}
console.log(`fal ${Object.keys(fal).length} endpoints in the typings, ${falPaths.size} in the catalogue; Runway ${Object.values(runway).reduce((n, m) => n + Object.keys(m).length, 0)} and ${runwayRows.length} rows.`);
for (const fault of faults) console.log(`WRONG ${fault}`);
for (const note of notes) console.log(`note  ${note}`);
console.log(`new   ${newer.length} fal endpoints of families in the catalogue:\n      ${newer.join('\n      ')}`);
console.log(`old   ${old.length} rows were read more than 90 days ago${old.length ? `:\n      ${old.join('\n      ')}` : ''}`);
process.exitCode = faults.length ? 1 : 0;
