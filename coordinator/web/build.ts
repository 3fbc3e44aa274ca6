import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const app = join(import.meta.dirname, 'app');

export interface BuiltPage {
  /** Part -> file name with a content hash. */
  names: Record<string, string>;
  files: Map<string, Uint8Array>;
  /** The bundled source files, relative to the repository's root. */
  inputs: string[];
}

/** Bundles the page's source for browsers. Only works in a source tree: a release contains the result. */
export async function buildPage(): Promise<BuiltPage> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: app,
    entryPoints: { app: 'main.tsx', early: 'early.ts', style: 'style/index.css', plain: 'style/plain.css' },
    entryNames: '[name]-[hash]',
    outdir: 'assets',
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome109', 'firefox115', 'safari16'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  files.set('icon.svg', await readFile(join(app, 'icon.svg')));
  const names = Object.entries(metafile.outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined ? [] : [[partOf(path), basename(path)]],
  );
  const inputs = Object.keys(metafile.inputs).map((path) => relative(root, join(app, path)));
  return { names: { ...Object.fromEntries(names), icon: 'icon.svg' }, files, inputs };
}

/** `assets/app-ABCDEF.js` is the part `app`. */
function partOf(path: string): string {
  return basename(path).replace(/-[A-Z0-9]+\.\w+$/, '');
}
