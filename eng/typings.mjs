// Reads the vendors' SDK typings: which models there are, and which members each takes.
import ts from 'typescript';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFileSync } from 'node:fs';

const require = createRequire(import.meta.url);
const folderOf = (name) => {
  let folder = dirname(require.resolve(name));
  while (!(() => { try { return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name === name; } catch { return false; } })()) folder = dirname(folder);
  return folder;
};
export const versionOf = (name) => JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8')).version;

const open = (files) => {
  const program = ts.createProgram(files, { noEmit: true, strict: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext });
  return { program, checker: program.getTypeChecker() };
};

// One member: must it be there, which values it takes, of what type it is.
const memberOf = (checker, symbol, node) => {
  const type = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(symbol, node));
  const parts = type.isUnion() ? type.types : [type];
  const literals = parts.filter((p) => p.isStringLiteral() || p.isNumberLiteral()).map((p) => p.value);
  const member = { type: literals.length === parts.length ? (typeof literals[0]) : parts.some((p) => checker.isArrayType(p)) ? 'array' : parts.map((p) => checker.typeToString(p)).includes('number') ? 'number' : parts.every((p) => p.flags & ts.TypeFlags.BooleanLike) ? 'boolean' : parts.some((p) => p.flags & ts.TypeFlags.String) ? 'string' : 'object' };
  if (literals.length === parts.length && literals.length > 0) member.values = literals;
  if (!(symbol.flags & ts.SymbolFlags.Optional)) member.required = true;
  return member;
};
const membersOf = (checker, type, node) => Object.fromEntries(checker.getPropertiesOfType(type).map((p) => [p.getName(), memberOf(checker, p, node)]));
const exported = (program, checker, file, name) => {
  const source = program.getSourceFile(file);
  const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(source)).find((s) => s.getName() === name);
  return { type: checker.getDeclaredTypeOfSymbol(symbol), source };
};

// fal: endpoint -> { input, output }.
export const fal = () => {
  const file = join(folderOf('@fal-ai/client'), 'src/types/endpoints.d.ts');
  const { program, checker } = open([file]);
  const { type, source } = exported(program, checker, file, 'EndpointTypeMap');
  const endpoints = {};
  for (const endpoint of checker.getPropertiesOfType(type)) {
    const shape = checker.getTypeOfSymbolAtLocation(endpoint, source);
    const part = (name) => membersOf(checker, checker.getTypeOfSymbolAtLocation(shape.getProperty(name), source), source);
    endpoints[endpoint.getName()] = { input: part('input'), output: part('output') };
  }
  return endpoints;
};

// Runway: path -> model -> members.
export const runway = () => {
  const folder = join(folderOf('@runwayml/sdk'), 'resources');
  const rooms = { image_to_video: 'ImageToVideo', text_to_image: 'TextToImage', video_to_video: 'VideoToVideo', character_performance: 'CharacterPerformance', video_upscale: 'VideoUpscale', text_to_speech: 'TextToSpeech', sound_effect: 'SoundEffect' };
  const files = Object.keys(rooms).map((p) => join(folder, `${p.replaceAll('_', '-')}.d.ts`));
  const { program, checker } = open(files);
  const paths = {};
  Object.entries(rooms).forEach(([path, name], i) => {
    const { type, source } = exported(program, checker, files[i], `${name}CreateParams`);
    paths[path] = {};
    for (const variant of type.isUnion() ? type.types : [type]) {
      const members = membersOf(checker, variant, source);
      for (const model of members.model.values) paths[path][model] = members;
    }
  });
  return paths;
};

const literalsIn = (file, pattern) => [...new Set(readFileSync(file, 'utf8').match(pattern) ?? [])].map((l) => l.slice(1, -1)).sort();
// OpenAI, Gemini and Ark (whose own SDK is not on npm: Vercel's): the ids that the typings name. They say nothing of what is alive.
export const openai = () => literalsIn(join(folderOf('openai'), 'resources/images.d.ts'), /['"](gpt-image|dall-e|chatgpt-image)[a-z0-9.-]*['"]/g);
export const gemini = () => literalsIn(join(folderOf('@google/genai'), 'dist/genai.d.ts'), /['"]gemini-[a-z0-9.-]*(image|banana|omni)[a-z0-9.-]*['"]/g);
export const ark = () => literalsIn(join(folderOf('@ai-sdk/bytedance'), 'dist/index.d.ts'), /['"][a-z-]*(seedance|seedream)-[a-z0-9-]*['"]/g);

// Vertex: what Google's client writes into a request for a clip, as paths of its body.
export const vertex = () => {
  const code = readFileSync(join(folderOf('@google/genai'), 'dist/node/index.mjs'), 'utf8');
  const parts = ['generateVideosConfigToVertex', 'generateVideosParametersToVertex'].map((name) => code.split(`function ${name}(`)[1].split('\n}\n')[0]).join('\n');
  return [...parts.matchAll(/setValueByPath\(\w+, \[((?:'[^']+'[,\s]*)+)\]/g)].map((m) => m[1].match(/[^',\s]+/g).join('.'));
};

// What a client's code writes into a body: the members of the literal it begins with, those it spreads into it, those it sets afterwards.
const writtenIn = (name, from, to) => {
  const part = readFileSync(join(folderOf(name), 'dist/index.js'), 'utf8').split(from)[1].split(to)[0];
  const literal = part.split('const body = {')[1].split('\n    };')[0];
  const names = [...literal.matchAll(/^ {6}(\w+)(?=[:,]|$)/gm), ...literal.matchAll(/&& \{ (\w+)/g), ...part.matchAll(/\bbody\.(\w+) = /g)].map((m) => m[1]);
  return Object.fromEntries(names.map((n) => [n, {}]));
};
const optionsOf = (name, type) => {
  const file = join(folderOf(name), 'dist/index.d.ts');
  const { program, checker } = open([file]);
  const found = exported(program, checker, file, type);
  const members = (found.type.isUnion() ? found.type.types : [found.type]).map((t) => membersOf(checker, t, found.source));
  return Object.fromEntries(Object.entries(Object.assign({}, ...members)).map(([n, { values }]) => [n.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), { values }]));
};
const knowing = (written, options) => Object.fromEntries(Object.keys(written).map((n) => [n, options[n]?.values ? options[n] : {}]));

// xAI, whose own client for JavaScript is not on npm: path -> what Vercel's writes, the values that it knows; the models it names.
export const xai = () => {
  const name = '@ai-sdk/xai';
  const stills = knowing(writtenIn(name, 'var XaiImageModel = class', 'const baseURL'), optionsOf(name, 'XaiImageModelOptions'));
  const clips = knowing(writtenIn(name, 'async buildRequestBody(options)', 'effectiveMode\n    };'), optionsOf(name, 'XaiVideoModelOptions'));
  return { stills, clips, models: literalsIn(join(folderOf(name), 'dist/index.d.ts'), /'grok-imagine-[a-z0-9.-]*'/g) };
};

// Black Forest Labs, the same way: FLUX 3 clips, and the stills of which it has one body for all. It numbers pictures, and a size is two.
export const bfl = () => {
  const name = '@ai-sdk/black-forest-labs';
  const clip = knowing(writtenIn(name, 'var BlackForestLabsVideoModel = class', 'return { body, warnings };'), optionsOf(name, 'BlackForestLabsVideoModelOptions'));
  const { width, height, ...still } = knowing(writtenIn(name, 'var BlackForestLabsImageModel = class', 'return { body, warnings, bflOptions };'), optionsOf(name, 'BlackForestLabsImageModelOptions'));
  return { clip, still: { ...still, input_image: {}, ...(width && height && { size: {} }) }, models: literalsIn(join(folderOf(name), 'dist/index.d.ts'), /'flux-[a-z0-9.-]*'/g) };
};

// Firefly: the members of an order, the values of its settings, the versions of its model.
export const firefly = () => {
  // Its dist has a package.json of its own.
  const folder = join(folderOf('@adobe/firefly-apis'), 'src');
  const files = { order: 'models/GenerateVideoRequestV3.d.ts', settings: 'models/VideoSettingsV3.d.ts', client: 'Firefly.d.ts' };
  const { program, checker } = open(Object.values(files).map((f) => join(folder, f)));
  const part = (file, name) => { const { type, source } = exported(program, checker, join(folder, file), name); return membersOf(checker, type, source); };
  return { order: part(files.order, 'GenerateVideoRequestV3'), settings: part(files.settings, 'VideoSettingsV3'), versions: literalsIn(join(folder, files.client), /"video[a-z0-9_]+"/g) };
};

// ElevenLabs: path -> the members of its body as they are on the wire, but for the clip that a form holds; for clips of one model each.
export const elevenlabs = () => {
  const folder = join(folderOf('@elevenlabs/elevenlabs-js'), 'api');
  const requests = { 'v1/text-to-speech': ['textToSpeech', 'BodyTextToSpeechFull'], 'v1/sound-generation': ['textToSoundEffects', 'CreateSoundEffectRequest'], 'v1/music': ['music', 'BodyComposeMusicV1MusicPost'], 'v1/music/video-to-music': ['music', 'BodyVideoToMusicV1MusicVideoToMusicPost'], 'v1/speech-to-text': ['speechToText', 'BodySpeechToTextV1SpeechToTextPost'], 'v1/dubbing': ['dubbing', 'BodyDubAVideoOrAnAudioFileV1DubbingPost'] };
  const files = Object.fromEntries(Object.entries(requests).map(([path, [room, name]]) => [path, join(folder, `resources/${room}/client/requests/${name}.d.ts`)]));
  const clips = join(folder, 'types/VideoGenerationRequest.d.ts');
  const { program, checker } = open([...Object.values(files), clips]);
  const snake = (members) => Object.fromEntries(Object.entries(members).map(([name, member]) => [name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`).replace('c2_pa', 'c2pa'), member]));
  const of = (file, name) => exported(program, checker, file, name);
  const paths = Object.fromEntries(Object.entries(requests).map(([path, [, name]]) => { const { type, source } = of(files[path], name); const { videos, ...members } = snake(membersOf(checker, type, source)); return [path, () => members]; }));
  const { type, source } = of(clips, 'VideoGenerationRequest');
  const models = Object.fromEntries(type.types.map((t) => { const members = snake(membersOf(checker, t, source)); return [members.model_id.values[0], members]; }));
  return { ...paths, 'v1/flows/video': (model) => models[model] };
};
