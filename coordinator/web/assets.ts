import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { type RequestHandler, Router } from 'express';
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import { readIfThere } from '../../shared/node/files.ts';

/** In a release, the output of `buildPage` is next to the bundle that contains this file. */
const folder = join(import.meta.dirname, 'assets');
export const manifestName = 'manifest.json';

const parts = ['app', 'early', 'style', 'plain', 'icon'] as const;
const namesSchema = z.record(z.enum(parts), z.string());
/** URL paths of the page's parts, for its HTML. */
export type AssetPaths = Readonly<Record<(typeof parts)[number], string>>;

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  type: string;
  plain: Uint8Array;
  gzip: Uint8Array;
  br: Uint8Array;
}

interface Loaded {
  paths: AssetPaths;
  files: ReadonlyMap<string, Asset>;
}

export type PageAssets = ReturnType<typeof createAssets>;

/** The page's files: loaded from the release or built from source, compressed on first request. */
export function createAssets() {
  let loading: Promise<Loaded> | null = null;
  const load = () => {
    loading ??= loadAll();
    return loading;
  };

  const send: RequestHandler = async (request, response, next) => {
    const { files } = await load();
    const asset = files.get(String(request.params.name));
    if (asset === undefined) return next();
    const coding = request.acceptsEncodings('br', 'gzip') || 'identity';
    const content = coding === 'br' ? asset.br : coding === 'gzip' ? asset.gzip : asset.plain;
    if (coding !== 'identity') response.set('Content-Encoding', coding);
    // Names contain a content hash, so browsers need not revalidate.
    response.set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'Content-Type': asset.type });
    response.vary('Accept-Encoding').set('Content-Length', String(content.length)).end(content);
  };

  return {
    paths: async () => (await load()).paths,
    routes: (headers: RequestHandler) => Router().get('/assets/:name', headers, send),
  };
}

async function loadAll(): Promise<Loaded> {
  const manifest = await readIfThere(join(folder, manifestName));
  const { names, files } = manifest === null ? await build() : await read(parseJson(namesSchema, manifest));
  const assets = await Promise.all(
    [...files].map(async ([name, plain]) => [name, await pressed(name, plain)] as const),
  );
  const paths = Object.fromEntries(parts.map((part) => [part, `/assets/${names[part]}`])) as Record<
    (typeof parts)[number],
    string
  >;
  return { paths, files: new Map(assets) };
}

async function build() {
  const { buildPage } = await import('./build.ts');
  const { names, files } = await buildPage();
  return { names: namesSchema.parse(names), files };
}

async function read(names: z.infer<typeof namesSchema>) {
  const files = await Promise.all(
    Object.values(names).map(async (name) => [name, await readFile(join(folder, name))] as const),
  );
  return { names, files: new Map<string, Uint8Array>(files) };
}

async function pressed(name: string, plain: Uint8Array): Promise<Asset> {
  const [br, gz] = await Promise.all([promisify(brotliCompress)(plain), promisify(gzip)(plain, { level: 9 })]);
  return { type: types[extname(name)] ?? 'application/octet-stream', plain, gzip: gz, br };
}
